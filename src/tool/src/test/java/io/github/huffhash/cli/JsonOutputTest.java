package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutputTest {
    private static final String FILE = TestFiles.path("uniform_1KB.bin");
    private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final List<String> NUMBERS =
            List.of(
                    "bytes",
                    "blocks",
                    "blockSize",
                    "signature",
                    "wallNanos",
                    "cpuNanos",
                    "lockAcquisitions",
                    "contendedAcquisitions",
                    "lockWaitNanos",
                    "heapPeakBytes",
                    "poolAllocations",
                    "poolFallbacks",
                    "workers");

    @TempDir private Path folder;

    @Test
    void theHashesOfTheBlocksAskedForAreThere() throws Exception {
        JsonObject one = run("--json", "--debug=1", "-B", "512", FILE);
        JsonObject two = run("--json", "--debug=2", "-t", "-B", "512", FILE);

        assertThat(run("--json", FILE).keySet()).doesNotContain("blockHashes", "blockProcesses");
        assertThat(one.get("blockHashes").getAsJsonArray()).hasSize(2);
        assertThat(one.keySet()).doesNotContain("blockProcesses");
        assertThat(two.get("blockHashes")).isEqualTo(one.get("blockHashes"));
        assertThat(two.get("blockProcesses")).hasToString("[0,0]");
        assertThat(Cli.huffhash("--debug=1", "-B", "512", FILE).run().out())
                .contains("Block 1 hash: " + one.get("blockHashes").getAsJsonArray().get(1) + "\n");
    }

    @ParameterizedTest
    @CsvSource({"-s,single", "-t,threads", "-e,pools", "--json,fast"})
    void everyModeGivesAllFiguresAsNumbers(String flag, String mode) throws Exception {
        JsonObject report = run("--json", flag, FILE);

        assertThat(report.keySet()).contains("file", "mode").containsAll(NUMBERS);
        assertThat(report.get("file").getAsString()).isEqualTo(FILE);
        assertThat(report.get("mode").getAsString()).isEqualTo(mode);
        for (String name : NUMBERS) {
            JsonElement value = report.get(name);
            assertThat(value.getAsJsonPrimitive().isNumber()).as(name).isTrue();
            assertThat(value.toString()).as(name).matches("[0-9]+");
        }
        assertThat(number(report, "signature")).isEqualTo(1247180175);
        assertThat(number(report, "bytes")).isEqualTo(1024);
        assertThat(number(report, "blocks")).isEqualTo(1);
        assertThat(number(report, "blockSize")).isEqualTo(1024);
        assertThat(number(report, "wallNanos")).isPositive();
        assertThat(number(report, "workers")).isPositive();
    }

    @Test
    void whatFastModeDoesNotHaveIsZero() throws Exception {
        assertThat(figures(run("--json", FILE))).isEqualTo(new Figures(0, 0, 0, 0, 0, 0));
    }

    @Test
    void singleModeHasOnlyTheHeapsPeak() throws Exception {
        // 251 symbols: the block, the queue and its array, and 501 nodes, all with their headers
        assertThat(figures(run("--json", "-s", FILE))).isEqualTo(new Figures(0, 0, 0, 27184, 0, 0));
    }

    @Test
    void threadsModeHasLocksAndTheHeapsPeakAndNoPools() throws Exception {
        Figures figures = figures(run("--json", "-t", FILE));

        assertThat(figures.lockAcquisitions()).isEqualTo(1008);
        assertThat(figures.heapPeakBytes()).isEqualTo(27184);
        assertThat(figures.poolAllocations() + figures.poolFallbacks()).isZero();
        assertThat(figures.contendedAcquisitions()).isLessThanOrEqualTo(1008);
    }

    @Test
    void poolsModeHasPoolsAndFewerLocks() throws Exception {
        Figures figures = figures(run("--json", "-e", FILE));

        assertThat(figures.lockAcquisitions()).isEqualTo(110);
        assertThat(figures.poolAllocations()).isEqualTo(449);
        assertThat(figures.poolFallbacks()).isEqualTo(54);
        assertThat(figures.heapPeakBytes()).isGreaterThan(16 << 10);
    }

    @Test
    void thePeakOfPoolsModeHasAllPoolsThatWereUsed() throws Exception {
        JsonObject report = run("--json", "-e", TestFiles.path("uniform_100KB.bin"));

        assertThat(number(report, "heapPeakBytes")).isBetween(50L * (16 << 10), 2L << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theWorkersAskedForAreTheWorkersReported(int workers) throws Exception {
        JsonObject report = run("-T", Integer.toString(workers), "--json", FILE);

        assertThat(number(report, "workers")).isEqualTo(workers);
    }

    @Test
    void standardInputIsCalledByItsDash() throws Exception {
        Outcome outcome = Cli.huffhash("--json", "-").withInput(new byte[2000]).run();
        JsonObject report = object(outcome.out());

        assertThat(report.get("file").getAsString()).isEqualTo("-");
        assertThat(number(report, "bytes")).isEqualTo(2000);
        assertThat(number(report, "blocks")).isEqualTo(2);
        assertThat(number(report, "signature")).isEqualTo(2000);
    }

    @Test
    void anEmptyInputIsAllZeros() throws Exception {
        JsonObject report = run("--json", "-t", "-");

        for (String name : List.of("bytes", "blocks", "signature", "lockAcquisitions")) {
            assertThat(number(report, name)).as(name).isZero();
        }
    }

    @Test
    void severalFilesGiveOneObjectALineAndNothingElse() throws Exception {
        String other = TestFiles.path("one_byte.bin");
        Outcome outcome = Cli.huffhash("--json", "-e", "--debug=2", FILE, other, FILE).run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().map(line -> object(line).get("file").getAsString()))
                .containsExactly(FILE, other, FILE);
    }

    @Test
    void aFileThatFailsGivesNoObject() throws Exception {
        Outcome outcome = Cli.huffhash("--json", FILE, "nobody", FILE).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("huffhash: nobody: no such file\n");
        assertThat(outcome.out().lines().map(JsonOutputTest::object)).hasSize(2);
    }

    @Test
    void anyFileNameComesBackAsItIs() throws Exception {
        String[] names = {"two\nlines", "\"quoted\" \\ <&>=", "tab\tand\u0001"};
        for (String name : names) {
            Files.writeString(folder.resolve(name), "a");
        }
        List<String> arguments = new ArrayList<>(List.of("--json"));
        arguments.addAll(List.of(names));

        Outcome outcome = Cli.huffhash(arguments.toArray(String[]::new)).in(folder).run();

        assertThat(outcome.out().lines().map(line -> object(line).get("file").getAsString()))
                .containsExactly(names);
    }

    private static JsonObject run(String... arguments) throws Exception {
        Outcome outcome = Cli.huffhash(arguments).run();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).endsWith("}\n").containsOnlyOnce("\n");
        return object(outcome.out());
    }

    private static JsonObject object(String line) {
        return GSON.fromJson(line, JsonObject.class);
    }

    private static long number(JsonObject report, String name) {
        return report.get(name).getAsLong();
    }

    private record Figures(
            long lockAcquisitions,
            long contendedAcquisitions,
            long lockWaitNanos,
            long heapPeakBytes,
            long poolAllocations,
            long poolFallbacks) {}

    private static Figures figures(JsonObject report) {
        return new Figures(
                number(report, "lockAcquisitions"),
                number(report, "contendedAcquisitions"),
                number(report, "lockWaitNanos"),
                number(report, "heapPeakBytes"),
                number(report, "poolAllocations"),
                number(report, "poolFallbacks"));
    }
}
