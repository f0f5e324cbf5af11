package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different on a terminal. Skipped where there is no script(1) of util-linux. */
class TerminalTest {
    @TempDir private Path folder;

    @BeforeAll
    static void findScript() throws Exception {
        assumeTrue(
                Cli.sh("script --version").run().out().contains("util-linux"),
                "needs script of util-linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s -", "-t nobody -", "compress", "hzstd -d"})
    void standardInputIsNotReadFromATerminal(String arguments) throws Exception {
        try (Running running = onTerminal("", arguments.split(" ", -1)).start()) {
            var outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out())
                    .matches(
                            "huffhash: standard input is a terminal; usage: (huffhash|hzstd \\[)"
                                    + "[^\r\n]+\r\n");
        }
    }

    @Test
    void coloursCanBeTurnedOff() throws Exception {
        try (Running running = onTerminal("", "--help").with("NO_COLOR", "1").start()) {
            assertThat(running.await().out()).contains("Usage: ").doesNotContain("\u001b");
        }
    }

    @Test
    void longWorkOnAFileShowsItsProgress() throws Exception {
        Path file = folder.resolve("long");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 36); // takes no room, and long to read
        }
        try (Running running = onTerminal("", "-s", file.toString()).start()) {
            assertThat(running.awaitOut(out -> out.contains(" left\u001b[K\u001b[?7h")))
                    .as("a narrow terminal cuts it")
                    .matches("(\u001b\\[\\?7l\r[^\r\n]+ MB/s[^\r\n]*\u001b\\[K\u001b\\[\\?7h)+")
                    .contains(" %  ", " MB/s  ");
        }
    }

    @Test
    void progressAskedForIsShown() throws Exception {
        try (var _ = openFifo();
                Running running = onTerminal(" <fifo", "--progress", "-").in(folder).start()) {
            assertThat(running.awaitOut(out -> out.contains("MB/s"))).contains("\r0 bytes ");
            running.expectProgressThread(true);
        }
    }

    @Test
    void progressCanBeTurnedOff() throws Exception {
        RandomAccessFile open = openFifo();
        try (open;
                Running running = onTerminal(" <fifo", "--no-progress", "-").in(folder).start()) {
            open.write(new byte[1 << 20]); // no pipe takes so much: the work has begun
            running.expectProgressThread(false);
            open.close();
            assertThat(running.await().out()).isEqualTo("Final signature: 1048576\r\n");
        }
    }

    @Test
    void comparingForLongShowsItsProgressToo() throws Exception {
        String file = TestFiles.path("uniform_1MB.bin");
        Cli program = onTerminal(" >/dev/null", "compare", "--modes=single", "--runs=1000", file);
        try (Running running = program.start()) {
            assertThat(running.awaitOut(out -> out.contains(" %"))).contains("\r");
        }
    }

    /** How long the warm-up takes is not known. */
    @Test
    void whatWarmsUpIsNoShareOfTheRunsMeasured() throws Exception {
        Path file = folder.resolve("ten");
        byte[] content = Files.readAllBytes(Path.of(TestFiles.path("uniform_1MB.bin")));
        for (int i = 0; i < 10; i++) {
            Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Cli program =
                onTerminal(" >/dev/null", "compare", "--modes=single", "--runs=1", file.toString());
        try (Running running = program.start()) {
            assertThat(running.awaitOut(out -> out.contains(",")))
                    .containsPattern("[0-9],[0-9]{3} bytes  ")
                    .doesNotContain("100 %");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-s --debug=1 -, '', false",
        "-s --debug=1 -, ' >/dev/null', true",
        "compress -fc -, '', false",
        "compress -fc -, ' >/dev/null', true"
    })
    void progressIsNotShownInTheMidstOfOutputOnTheSameTerminal(
            String arguments, String redirection, boolean isShown) throws Exception {
        try (var open = openFifo();
                Running running =
                        onTerminal(" <fifo" + redirection, arguments.split(" "))
                                .in(folder)
                                .start()) {
            open.write(new byte[1 << 20]); // no pipe takes so much: the work has begun
            running.expectProgressThread(isShown);
        }
    }

    /** As zstd, which is silent in pipes. */
    @ParameterizedTest
    @CsvSource({
        "hzstd -fc f, ''",
        "hzstd -fvc f, 'f: 0 bytes => 17 bytes\r\n'",
        "compress -fc f, 'f: 0 bytes => 17 bytes\r\n'",
        "hzstd -fk f, 'f: 0 bytes => 17 bytes, f.zst\r\n'"
    })
    void inZstdsPlaceNothingIsSaidOfWhatGoesToStandardOutput(String arguments, String said)
            throws Exception {
        Files.createFile(folder.resolve("f"));
        try (Running running = onTerminal(" >/dev/null", arguments.split(" ")).in(folder).start()) {
            assertThat(running.await().out()).isEqualTo(said.translateEscapes());
        }
    }

    @ParameterizedTest
    @CsvSource({"hzstd -fc -, false", "hzstd -fc --progress -, true", "hzstd -fo f -, true"})
    void inZstdsPlaceThereIsNoProgressInPipes(String arguments, boolean isShown) throws Exception {
        try (var open = openFifo();
                Running running =
                        onTerminal(" <fifo >/dev/null", arguments.split(" ")).in(folder).start()) {
            open.write(new byte[1 << 20]); // no pipe takes so much: the work has begun
            running.expectProgressThread(isShown);
        }
    }

    @Test
    void aTerminalThatCannotWriteOverALineHasNoProgress() throws Exception {
        try (var open = openFifo();
                Running running =
                        onTerminal(" <fifo", "-").with("TERM", "dumb").in(folder).start()) {
            open.write(new byte[1 << 20]); // no pipe takes so much: the work has begun
            running.expectProgressThread(false);
        }
    }

    /**
     * A pipe with a name: there is work as long as it is open. It is open for reading, too, so that
     * nobody has to wait for the program to open it.
     */
    private RandomAccessFile openFifo() throws IOException, InterruptedException {
        assertThat(Cli.of("mkfifo", "fifo").in(folder).run().exitCode()).isZero();
        return new RandomAccessFile(folder.resolve("fifo").toFile(), "rw");
    }

    /** The program with a terminal; what it shows there is what script writes. */
    private static Cli onTerminal(String redirection, String... arguments) {
        return Cli.of("script", "-qec", Cli.commandLine(arguments) + redirection, "/dev/null");
    }
}
