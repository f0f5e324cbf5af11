package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompareTest {
    private static final String FILE = TestFiles.path("uniform_100KB.bin");

    @TempDir private Path folder;

    @Test
    void theTableHasEveryModeWithTheSameSignatureWithin100Columns() throws Exception {
        Outcome outcome = Cli.huffhash("compare", "--runs=1", FILE).run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(FILE + ": 102,400 bytes, 100 blocks of 1,024 bytes; median of 1 run");
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        for (String mode : List.of("single", "threads", "processes", "pools", "fast")) {
            assertThat(row(lines, mode)).as(mode).last().isEqualTo("885197386");
        }
        assertThat(row(lines, "single")).contains("1.00").contains("27.0");
        assertThat(row(lines, "threads")).contains("101,004");
        assertThat(row(lines, "pools")).contains("11,204");
    }

    @Test
    void modesAndRunsCanBeChosen() throws Exception {
        Outcome outcome = Cli.huffhash("compare", "--modes=pools,fast", "--runs=1", FILE).run();

        assertThat(outcome.exitCode()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(row(lines, "pools")).contains("1.00").last().isEqualTo("885197386");
        assertThat(row(lines, "fast")).last().isEqualTo("885197386");
        assertThat(outcome.out()).doesNotContain("single").doesNotContain("threads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare --modes=single,fast --runs=30",
                "lab huffman --allocators=slab --workers=1 --rounds=30"
            })
    void aFileThatChangesMeanwhileIsNoBug(String command) throws Exception {
        Path file = Files.copy(Path.of(FILE), folder.resolve("file"));
        Cli program = Cli.huffhash((command + " file").split(" ", -1)).in(folder);
        try (var open = new RandomAccessFile(file.toFile(), "rw");
                Running running = program.start()) {
            for (int value = 0; running.isAlive(); value++) {
                open.seek(0);
                open.write(value);
            }
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .isEqualTo(
                            "huffhash: file: changed while it was read: the signatures differ\n");
        }
    }

    @Test
    void thereAreFiveRunsUnlessAskedOtherwise() throws Exception {
        assertThat(Cli.huffhash("compare", "--modes=fast", FILE).run().out())
                .contains("; median of 5 runs\n");
    }

    @Test
    void theLastListOfModesCounts() throws Exception {
        Outcome outcome =
                Cli.huffhash("compare", "--modes=single", "--modes=fast", "--runs=1", FILE).run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("fast").doesNotContain("single");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "single,", ""})
    void anUnknownModeIsAnError(String modes) throws Exception {
        Outcome outcome = Cli.huffhash("compare", "--runs=1", "--modes=" + modes, FILE).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("huffhash: --modes: there is no mode '")
                .endsWith("; see huffhash compare --help\n");
    }

    @Test
    void aListOfNothingIsNotAllModes() throws Exception {
        Outcome outcome = Cli.huffhash("compare", "--runs=1", "--modes=,", FILE).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void theNumberOfRunsHasBounds(int runs) throws Exception {
        assertThat(Cli.huffhash("compare", "--runs=" + runs, FILE).run())
                .isEqualTo(
                        failed(
                                "--runs must be from 1 to 1000, not "
                                        + runs
                                        + "; see huffhash compare --help"));
    }

    @Test
    void jsonIsOneObjectWithTheMedianAndAllTimesOfEachMode() throws Exception {
        Outcome outcome =
                Cli.huffhash("compare", "--json", "--runs=3", "--modes=single,pools,fast", FILE)
                        .run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).endsWith("}\n").containsOnlyOnce("\n");
        JsonObject comparison = new Gson().fromJson(outcome.out(), JsonObject.class);
        assertThat(comparison.get("file").getAsString()).isEqualTo(FILE);
        assertThat(comparison.get("runs").getAsInt()).isEqualTo(3);
        assertThat(comparison.get("agree").getAsBoolean()).isTrue();
        List<JsonElement> modes = comparison.getAsJsonArray("modes").asList();
        assertThat(modes.stream().map(mode -> median(mode).get("mode").getAsString()))
                .containsExactly("single", "pools", "fast");
        for (JsonElement mode : modes) {
            assertThat(median(mode).get("signature").getAsLong()).isEqualTo(885197386);
            List<Long> times =
                    mode.getAsJsonObject().getAsJsonArray("wallNanos").asList().stream()
                            .map(JsonElement::getAsLong)
                            .sorted()
                            .toList();
            assertThat(times).hasSize(3);
            assertThat(median(mode).get("wallNanos").getAsLong()).isEqualTo(times.get(1));
        }
        assertThat(modes.getFirst().getAsJsonObject().get("speedup").getAsDouble()).isEqualTo(1.0);
    }

    @Test
    void theSizesOfTheHeapAreThoseAskedFor() throws Exception {
        Outcome outcome =
                Cli.sh(
                                "huffhash compare --runs=1 -B 4K --heap-size=64K --batch-size=2"
                                        + " --modes=threads,pools \"$1\"",
                                FILE)
                        .run();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith(FILE + ": 102,400 bytes, 25 blocks of 4,096 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "--allocator=slab, 'pools,fast', --single and --threads",
        "--pool-size=1K, 'single,threads', --pools",
        "-T1, single, 'the default mode, --threads, --pools and --processes'"
    })
    void whatMeansNothingInAnyOfTheModesIsRefused(String option, String modes, String meant)
            throws Exception {
        Outcome outcome = Cli.huffhash("compare", option, "--modes=" + modes, FILE).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .endsWith(" goes with " + meant + " only; see huffhash compare --help\n");
    }

    @Test
    void aNameIsPrintedOnOneLineAndAValueGivenTwiceIsOneValue() throws Exception {
        Path file = Files.writeString(folder.resolve("a\nb"), "abc");
        Outcome outcome =
                Cli.huffhash(
                                "compare",
                                "--runs=1",
                                "--modes=threads",
                                "--workers=2,2",
                                file.toString())
                        .run();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith(folder + "/a\\nb: 3 bytes, 1 block ")
                .contains("vs threads");
        assertThat(outcome.out().lines().filter(line -> line.startsWith("threads ")))
                .as("a row in each of two tables, and a bar")
                .hasSize(3);
    }

    @Test
    void anEmptyFileCanBeCompared() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        Outcome outcome = Cli.huffhash("compare", "--runs=1", empty.toString()).run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith(empty + ": 0 bytes, 0 blocks")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @ParameterizedTest
    @CsvSource({"nobody,no such file", ".,is a directory"})
    void aFileThatCannotBeReadIsOneLine(String name, String reason) throws Exception {
        assertThat(Cli.huffhash("compare", name).in(folder).run())
                .isEqualTo(failed(name + ": " + reason));
    }

    @Test
    void whatCannotBeReadManyTimesIsRefused() throws Exception {
        Outcome outcome = Cli.sh("mkfifo fifo && huffhash compare fifo").in(folder).run();

        assertThat(outcome).isEqualTo(failed("fifo: only a regular file can be read many times"));
    }

    @Test
    void standardInputIsRefusedBeforeItIsRead() throws Exception {
        Outcome outcome = Cli.huffhash("compare", "-").withInput(new byte[100]).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .matches("huffhash: [^\n]+: only a regular file can be read many times\n");
    }

    @ParameterizedTest
    @CsvSource({"compare,FILE", "compare a b,unexpected argument b"})
    void exactlyOneFileIsCompared(String arguments, String reason) throws Exception {
        Outcome outcome = Cli.huffhash(arguments.split(" ", -1)).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("huffhash: ")
                .contains(reason)
                .endsWith("; see huffhash compare --help\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void aHeapTooSmallForOneBlockIsOneLine() throws Exception {
        Outcome outcome = Cli.huffhash("compare", "--heap-size=1K", FILE).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .matches("huffhash: [^\n]+ is too small: [^\n]+; see --heap-size\n");
    }

    private static JsonObject median(JsonElement mode) {
        return mode.getAsJsonObject().getAsJsonObject("median");
    }

    /** The cells of a mode's row in the table, which comes before its bar. */
    private static List<String> row(List<String> lines, String mode) {
        return lines.stream()
                .filter(line -> line.startsWith(mode))
                .findFirst()
                .map(line -> Arrays.asList(line.split(" +", -1)))
                .orElseThrow();
    }
}
