package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot be written to. */
class OutputTest {
    private static final String SMALL = TestFiles.path("uniform_1025B.bin");
    private static final String LARGE = TestFiles.path("uniform_1MB.bin");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$1\"",
                "-t --debug=2 \"$1\"",
                "\"$1\" \"$1\" \"$1\"",
                "compare --runs=1 --modes=single \"$1\"",
                "compare --help",
                "--help",
                "--version",
            })
    void aFullDiskIsOneLineAndExitCodeOne(String arguments) throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(Cli.sh("huffhash " + arguments + " >/dev/full", SMALL).run())
                .isEqualTo(Outcome.failed("standard output: No space left on device"));
    }

    @Test
    void aFullDiskWhileBlocksAreListedEndsTheRun() throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(Cli.sh("huffhash --debug=1 \"$1\" >/dev/full", LARGE).run())
                .isEqualTo(Outcome.failed("standard output: No space left on device"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t", "-T2"})
    void aReaderThatHasGoneEndsTheRunQuietly(String mode) throws Exception {
        Outcome outcome =
                Cli.sh(
                                "{ huffhash \"$2\" --debug=1"
                                        + " \"$1\"".repeat(8) // more than a pipe holds
                                        + "; echo $? >code; } | head -n 1",
                                LARGE,
                                mode)
                        .in(folder)
                        .run();

        assertThat(outcome).isEqualTo(Outcome.printed("Block 0 hash: 836592035"));
        assertThat(folder.resolve("code")).hasContent("141");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$1\"",
                "--json \"$1\" \"$1\"",
                "compare --runs=1 --modes=single \"$1\"",
                "--help"
            })
    void aReaderThatNeverWasEndsTheRunQuietly(String arguments) throws Exception {
        Outcome outcome =
                Cli.sh(
                                "mkfifo gone && { { read line <gone; huffhash "
                                        + arguments
                                        + "; echo $? >code; } | { exec <&-; echo >gone; }; }",
                                SMALL)
                        .in(folder)
                        .run();

        assertThat(outcome).isEqualTo(Outcome.printed());
        assertThat(Files.readString(folder.resolve("code"))).isEqualTo("141\n");
    }

    @Test
    void aSignatureComesOutWhereStandardErrorCannotBeWrittenTo() throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(Cli.sh("huffhash -t --time \"$1\" 2>/dev/full", SMALL).run().out())
                .isEqualTo("Final signature: 815763391\n");
    }

    @Test
    void aFailureIsAFailureWhereStandardErrorCannotBeWrittenTo() throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(Cli.sh("huffhash nobody \"$1\" 2>/dev/full", SMALL).run())
                .isEqualTo(new Outcome(1, "Final signature: 815763391  " + SMALL + "\n", ""));
    }

    @Test
    void aSignatureIsWrittenBeforeTheNextFileIsRead() throws Exception {
        try (Running running = Cli.huffhash(SMALL, "-").start()) {
            String first = "Final signature: 815763391  " + SMALL + "\n";

            assertThat(running.awaitOut(first::equals)).isEqualTo(first);

            running.endInput();
            assertThat(running.await().out()).isEqualTo(first + "Final signature: 0  -\n");
        }
    }
}
