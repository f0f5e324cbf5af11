package io.github.huffhash.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.cli.Cli.Outcome;
import io.github.huffhash.run.process.Processes;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What compress and decompress do on a terminal. Skipped where there is no script(1) of util-linux.
 */
class TerminalFilesTest {
    private static final String QUESTION = "huffhash: a.zst already exists; overwrite (y/n)? ";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeAll
    static void findScript() throws Exception {
        assumeTrue(
                Cli.sh("script --version").run().out().contains("util-linux"),
                "needs script of util-linux");
    }

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a", "b");
        Files.writeString(path.resolve("a.zst"), "old");
    }

    @ParameterizedTest
    @CsvSource({"y, true", "Y, true", "yes, true", "n, false", "'', false", "no, false"})
    void whetherToOverwriteIsAsked(String answer, boolean overwritten) throws Exception {
        try (Running running = onTerminal("", "compress", "a", "b").start()) {
            running.awaitOut(out -> out.contains(QUESTION));
            running.feed((answer + "\n").getBytes(UTF_8));
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(overwritten ? 0 : 1);
            assertThat(outcome.out().contains("huffhash: a.zst: not overwritten"))
                    .isEqualTo(!overwritten);
        }
        assertThat(folder.read("a.zst"))
                .isEqualTo(overwritten ? Folder.compressed() : "old".getBytes(UTF_8));
        assertThat(folder.read("b.zst")).isEqualTo(Folder.compressed());
        assertThat(folder.names()).containsExactly("a", "a.zst", "b", "b.zst");
    }

    @Test
    void whoWantsQuietIsNotAsked() throws Exception {
        try (Running running = onTerminal("", "compress", "-q", "a").start()) {
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out())
                    .isEqualTo(
                            "huffhash: a.zst: already exists; not overwritten (-f"
                                    + " overwrites)\r\n");
        }
    }

    @Test
    void ctrlCAtTheQuestionLeavesEverythingAsItWas() throws Exception {
        Processes.assumeHeard("INT");
        try (Running running = onTerminal("", "compress", "a").start()) {
            running.awaitOut(out -> out.contains(QUESTION));
            running.feed(new byte[] {3});

            assertThat(running.await().exitCode()).isEqualTo(130);
        }
        assertThat(folder.names()).containsExactly("a", "a.zst", "b");
        assertThat(folder.read("a.zst")).asString().isEqualTo("old");
    }

    @Test
    void ctrlDAtTheQuestionIsANoThatEndsTheLine() throws Exception {
        try (Running running = onTerminal("", "compress", "a").start()) {
            running.awaitOut(out -> out.contains(QUESTION));
            running.feed(new byte[] {4});
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("? \r\nhuffhash: a.zst: not overwritten");
        }
        assertThat(folder.read("a.zst")).asString().isEqualTo("old");
    }

    @Test
    void aSummaryIsShown() throws Exception {
        try (Running running = onTerminal("", "compress", "b").start()) {
            assertThat(running.await().out()).matches("b: 1.7 kB => \\d+ bytes [^\n]+, b.zst\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"compress -o /dev/null long, ' %  '", "compress --progress -q - <long, '\r'"})
    void longWorkShowsItsProgress(String command, String sign) throws Exception {
        try (var sparse = new RandomAccessFile(path.resolve("long").toFile(), "rw")) {
            sparse.setLength(1L << 36); // takes no room, and long to read
        }
        try (Running running = onTerminal(" " + command + " >/dev/null").start()) {
            assertThat(running.awaitOut(out -> out.contains(" MB/s"))).contains(sign);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c b", "- <b"})
    void compressedDataDoesNotGoToATerminal(String arguments) throws Exception {
        try (Running running = onTerminal(" " + arguments, "compress").start()) {
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out())
                    .isEqualTo(
                            "huffhash: standard output: is a terminal; -f writes compressed data"
                                    + " to it\r\n");
        }
    }

    @Test
    void itDoesIfForced() throws Exception {
        try (Running running = onTerminal(" <b", "compress", "-f", "-q").start()) {
            assertThat(running.await().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "decompress", "test -", "compress -f a -"})
    void aTerminalIsNotReadFrom(String arguments) throws Exception {
        try (Running running = onTerminal("", arguments.split(" ", -1)).start()) {
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out())
                    .contains("is a terminal; usage: huffhash " + arguments.split(" ", -1)[0]);
        }
        assertThat(folder.names()).containsExactly("a", "a.zst", "b");
    }

    /** The program in the folder with a terminal; what it shows there is what script writes. */
    private Cli onTerminal(String redirection, String... arguments) {
        return Cli.of("script", "-qec", Cli.commandLine(arguments) + redirection, "/dev/null")
                .in(path);
    }
}
