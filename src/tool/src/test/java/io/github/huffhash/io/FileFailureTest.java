package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Failures of the system, which not every user of a test can bring about, in words. */
class FileFailureTest {
    private static String said(IOException cause) {
        return String.valueOf(new FileFailure("secret", cause).getMessage());
    }

    @Test
    void everyKnownFailureHasItsReason() {
        assertThat(said(new AccessDeniedException("/a/secret")))
                .isEqualTo("secret: permission denied");
        assertThat(said(new NoSuchFileException("/a/secret"))).isEqualTo("secret: no such file");
        assertThat(said(new FileSystemLoopException("/a/secret")))
                .isEqualTo("secret: too many symbolic links");
        assertThat(said(new ClosedByInterruptException())).isEqualTo("secret: interrupted");
    }

    @Test
    void anyOtherFailureSaysWhatTheSystemSaid() {
        assertThat(said(new FileSystemException("/a/secret", null, "Too many open files")))
                .isEqualTo("secret: Too many open files");
        assertThat(said(new IOException("Input/output error")))
                .isEqualTo("secret: Input/output error");
    }

    @Test
    void aFailureWithoutAWordIsCalledByItsKind() {
        assertThat(said(new IOException())).isEqualTo("secret: IOException");
    }
}
