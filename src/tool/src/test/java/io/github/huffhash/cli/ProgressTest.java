package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final Pattern UNKNOWN_LENGTH =
            Pattern.compile("\r1,048,576 bytes  [01]\\.[0-9] MB/s\u001b\\[K");

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "500 | 1000 | 1 | \" 50 %  0.0 MB/s  0:01 left\"",
                "1000000 | 100000000 | 1 | \"  1 %  1.0 MB/s  1:39 left\"",
                "1000000000 | 4000000000 | 2 | \" 25 %  500.0 MB/s  0:06 left\"",
                "1000 | 1000 | 1 | \"100 %  0.0 MB/s  0:00 left\"",
                "1000000 | 3601000000 | 1 | \"  0 %  1.0 MB/s  60:00 left\"",
                "5000000000 | 5000000000 | 2 | \"100 %  2,500.0 MB/s  0:00 left\""
            })
    void aKnownLengthGivesPercentRateAndTimeLeft(long done, long total, long seconds, String line) {
        assertThat(Progress.line(done, total, seconds * 1_000_000_000)).isEqualTo(line);
    }

    @Test
    void anUnknownLengthGivesBytesAndRate() {
        assertThat(Progress.line(12_345_678, 0, 2_000_000_000))
                .isEqualTo("12,345,678 bytes  6.2 MB/s");
    }

    @Test
    void aFileThatGrewIsNeverMoreThanDone() {
        assertThat(Progress.line(3000, 1000, 1_000_000_000))
                .isEqualTo("100 %  0.0 MB/s  0:00 left");
    }

    @Test
    void nothingDoneYetIsNoDivisionByZero() {
        assertThat(Progress.line(0, 1000, 1_000_000_000)).isEqualTo("0 bytes  0.0 MB/s");
        assertThat(Progress.line(0, 0, 0)).isEqualTo("0 bytes  0.0 MB/s");
    }

    @Test
    void progressIsShownInAPipeWhenAskedForAndRemovedAtTheEnd() throws Exception {
        try (Running running = Cli.huffhash("--progress", "-").start()) {
            running.feed(new byte[1 << 20]);
            running.awaitErr(err -> UNKNOWN_LENGTH.matcher(err).find());
            running.expectProgressThread(true);

            running.endInput();
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).isEqualTo("Final signature: 1048576\n");
            assertThat(outcome.err()).endsWith("\r\u001b[K");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s -", "--progress --no-progress -"})
    void longWorkShowsNothingInAPipeOtherwise(String options) throws Exception {
        try (Running running = Cli.huffhash(options.split(" ", -1)).start()) {
            running.feed(new byte[1 << 20]); // no pipe takes so much: the work has begun
            running.expectProgressThread(false);
            running.endInput();

            assertThat(running.await().err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-T2"})
    void shortWorkShowsNothing(String mode) throws Exception {
        String file = TestFiles.path("uniform_100KB.bin");
        Outcome outcome = Cli.huffhash("--progress", mode, file).run();

        assertThat(outcome.out()).isEqualTo("Final signature: 885197386\n");
        assertThat(outcome.err()).doesNotContain("MB/s");
    }

    @Test
    void aFileHasAPercentage() throws Exception {
        Path file = folder.resolve("long");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 36); // takes no room, and long to read
        }
        try (Running running = Cli.huffhash("--progress", "-s", file.toString()).start()) {
            String shown = running.awaitErr(err -> err.contains("left"));

            assertThat(shown)
                    .matches(
                            "\u001b\\[\\?7l\r {1,2}[0-9]+ %  [0-9,]+\\.[0-9] MB/s  [0-9]+:[0-9]{2}"
                                    + " left\u001b\\[K(?s:.*)");
        }
    }
}
