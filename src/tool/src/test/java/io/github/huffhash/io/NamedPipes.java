package io.github.huffhash.io;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** Named pipes, where there are any. */
public final class NamedPipes {
    private NamedPipes() {}

    /** Makes a named pipe; a test is skipped where that cannot be done. */
    public static Path make(Path file) throws InterruptedException {
        assumeTrue(made(file), "there is no mkfifo");
        return file;
    }

    private static boolean made(Path file) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
