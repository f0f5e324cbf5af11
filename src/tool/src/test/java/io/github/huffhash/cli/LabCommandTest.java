package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.huffhash.cli.Cli.Outcome;
import io.github.huffhash.memory.strategy.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabCommandTest {
    private static final String FILE = TestFiles.path("uniform_100KB.bin");

    /** FILE, compressed without an allocator. */
    private static byte[] usual = {};

    @TempDir private Path folder;

    @BeforeAll
    static void compress(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("usual.zst");
        Outcome outcome = Cli.huffhash("compress", "-t", "-o", target.toString(), FILE).run();
        assertThat(outcome.exitCode()).isZero();
        usual = Files.readAllBytes(target);
        assertThat(usual).isNotEmpty();
    }

    @Test
    void withoutArgumentsItExplainsItselfOnOneScreen() throws Exception {
        Outcome outcome = Cli.huffhash("lab").run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(24)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(outcome.out())
                .contains("  latency ", "  contention ", "  larson ", "  huffman ")
                .contains("  lookup ", "  faults ", "  tiers ", "  startup ", "  channels ");
        for (Strategy strategy : Strategy.values()) {
            assertThat(outcome.out()).contains("\n  " + strategy.label() + " ");
        }
    }

    @Test
    void aWorkloadIsMeasuredWithTheAllocatorsAndWorkersAskedFor() throws Exception {
        Outcome outcome =
                Cli.huffhash(
                                "lab",
                                "contention",
                                "--allocators=arena,slab",
                                "--workers=1,2",
                                "--rounds=1",
                                "--ops=1000",
                                "--heap-size=1M")
                        .run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith(
                        "contention: 1,000 operations, requests of 8 to 1,024 bytes, seed 1\n"
                                + "heap of 1,024 KiB, median of 1 round, ")
                .contains("\narena ", "\nslab ", "1 worker ", "2 workers")
                .doesNotContain("\nfirst-fit ", "4 workers");
    }

    /** Workers are more than one, so that there would be a speed-up. */
    @ParameterizedTest
    @CsvSource({"latency, --json", "contention, --csv", "larson, --json", "larson, --rounds=1"})
    void whereEveryRequestFailsThereIsNoSpeed(String workload, String format) throws Exception {
        Outcome outcome =
                Cli.huffhash(
                                "lab",
                                workload,
                                "--allocators=first-fit,slab,malloc,arena",
                                "--workers=1,2",
                                "--rounds=1",
                                "--ops=10",
                                "--heap-size=1K",
                                "--sizes=5000-5K",
                                format)
                        .run();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).doesNotContain("NaN", "Infinity");
        switch (format) {
            case "--json" -> {
                List<String> figures =
                        List.of("nanosPerOperation", "operationsPerSecond", "speedUp");
                var report = new Gson().fromJson(outcome.out(), JsonObject.class);
                assertThat(report.getAsJsonArray("measurements"))
                        .filteredOn(each -> !isMalloc(each.getAsJsonObject()))
                        .isNotEmpty()
                        .allSatisfy(each ->
                                assertThat(figures)
                                        .allMatch(name ->
                                                each.getAsJsonObject().get(name).isJsonNull()));
            }
            case "--csv" ->
                    assertThat(outcome.out().lines().skip(1).filter(row -> !row.contains("malloc")))
                            .isNotEmpty()
                            .allMatch(row -> row.contains(",0,,,,"));
            default -> assertThat(outcome.out()).contains("all failed");
        }
    }

    private static boolean isMalloc(JsonObject measurement) {
        return measurement.get("allocator").getAsString().equals("malloc");
    }

    @Test
    void theSignatureOfAFileIsMeasuredAndTheSameWithAllAllocators() throws Exception {
        Outcome outcome =
                Cli.huffhash("lab", "huffman", FILE, "--rounds=1", "--workers=2", "--json").run();

        assertThat(outcome.exitCode()).isZero();
        JsonObject report = new Gson().fromJson(outcome.out(), JsonObject.class);
        var measurements = report.getAsJsonArray("measurements");
        assertThat(measurements).hasSize(Strategy.values().length);
        assertThat(measurements)
                .allSatisfy(each ->
                        assertThat(each.getAsJsonObject().get("operations").getAsLong())
                                .isEqualTo(50_502));
        assertThat(measurements.get(0).getAsJsonObject().get("lockAcquisitions").getAsLong())
                .isEqualTo(101_004);
    }

    @Test
    void whatCannotBeMeasuredIsAnError() throws Exception {
        Map<String, String> messages =
                Map.ofEntries(
                        Map.entry("--json", "--json needs a WORKLOAD"),
                        Map.entry("--html=page", "--html needs a WORKLOAD"),
                        Map.entry("--workers=2 --csv", "--workers needs a WORKLOAD"),
                        Map.entry("latency --html=", "--html needs a name"),
                        Map.entry("larson --force", "--force goes with --html only"),
                        Map.entry("foo", "there is no workload 'foo'"),
                        Map.entry("latency file", "latency takes no file"),
                        Map.entry("huffman file other", "unexpected argument other"),
                        Map.entry("huffman", "huffman takes a file"),
                        Map.entry("lookup --workers=2", "--workers does not go with lookup"),
                        Map.entry("faults --rounds=2", "--rounds does not go with faults"),
                        Map.entry("latency --objects=300", "--objects does not go with latency"),
                        Map.entry(
                                "larson --objects=255",
                                "--objects must be from 256 to 1000000, not 255"),
                        Map.entry(
                                "latency --workers=0",
                                "--workers must be numbers from 1 to 1024, not '0'"),
                        Map.entry(
                                "latency --workers=1,",
                                "--workers must be numbers from 1 to 1024, not ''"),
                        Map.entry(
                                "latency --sizes=9-8",
                                "--sizes must go up from 1 or more, to 1G at most"),
                        Map.entry(
                                "latency --sizes=0-8",
                                "--sizes must go up from 1 or more, to 1G at most"),
                        Map.entry(
                                "latency --sizes=8-2G",
                                "--sizes must go up from 1 or more, to 1G at most"),
                        Map.entry(
                                "latency --sizes=8",
                                "--sizes must be two numbers such as 8-1024 or 1K-64K, not '8'"),
                        Map.entry(
                                "latency --sizes=8-9x",
                                "--sizes must be two numbers such as 8-1024 or 1K-64K, not '8-9x'"),
                        Map.entry("larson --remote=101", "--remote must be from 0 to 100, not 101"),
                        Map.entry("larson --rounds=0", "--rounds must be from 1 to 1000, not 0"),
                        Map.entry("latency --remote=1", "--remote does not go with latency"),
                        Map.entry("huffman f --ops=1", "--ops does not go with huffman"),
                        Map.entry("startup --workers=2", "--workers does not go with startup"),
                        Map.entry(
                                "channels --workers=65",
                                "--workers must be numbers from 1 to 64, not '65'"),
                        Map.entry(
                                "channels --allocators=slab",
                                "--allocators does not go with channels"),
                        Map.entry("tiers --sizes=8-9", "--sizes does not go with tiers"),
                        Map.entry("tiers --allocators=slab", "--allocators does not go with tiers"),
                        Map.entry("larson --csv --json", "choose one of --json and --csv"),
                        Map.entry("larson --ops=0", "--ops must be from 1 to 100000000, not 0"));
        List<String> all = List.copyOf(messages.keySet());
        for (int from = 0; from < all.size(); from += 4) {
            List<String> some = all.subList(from, Math.min(from + 4, all.size()));
            List<Outcome> outcomes =
                    runTogether(
                            some.stream()
                                    .map(arguments -> Cli.huffhash(("lab " + arguments).split(" ")))
                                    .toArray(Cli[]::new));
            for (int i = 0; i < some.size(); i++) {
                assertThat(outcomes.get(i))
                        .as(some.get(i))
                        .isEqualTo(failed(messages.get(some.get(i)) + "; see huffhash lab --help"));
            }
        }
    }

    @Test
    void aFileWithoutABlockIsAnError() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThat(Cli.huffhash("lab", "huffman", empty.toString()).run())
                .isEqualTo(failed(empty + ": is empty: there is no block"));
    }

    @Test
    void aFileThatIsNotThereIsAnError() throws Exception {
        Outcome outcome = Cli.huffhash("lab", "huffman", "nobody").run();

        assertThat(outcome).isEqualTo(failed("nobody: no such file"));
    }

    @ParameterizedTest
    @EnumSource
    void theSignatureAndTheCompressedBytesDoNotDependOnTheAllocator(Strategy strategy)
            throws Exception {
        String option = "--allocator=" + strategy.label();
        String compressed = folder.resolve("compressed.zst").toString();
        List<Outcome> outcomes =
                runTogether(
                        Cli.huffhash("-s", option, FILE),
                        Cli.huffhash("-t", option, FILE),
                        Cli.huffhash("compress", "-t", option, "-o", compressed, FILE));
        assertThat(outcomes).extracting(Outcome::exitCode).containsOnly(0);
        for (Outcome signature : outcomes.subList(0, 2)) {
            assertThat(signature.out()).isEqualTo("Final signature: 885197386\n");
        }
        assertThat(Path.of(compressed)).hasBinaryContent(usual);
    }

    /** Several processes at once, each of which takes most of its time to start. */
    private static List<Outcome> runTogether(Cli... commands) throws Exception {
        List<Running> processes = new ArrayList<>();
        try {
            for (Cli command : commands) {
                processes.add(command.start());
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Running process : processes) {
                outcomes.add(process.await());
            }
            return outcomes;
        } finally {
            processes.forEach(Running::close);
        }
    }

    @Test
    void firstFitIsTheReferenceLockForLock() throws Exception {
        assertThat(Cli.huffhash("-t", "--allocator=first-fit", FILE).run())
                .isEqualTo(
                        printed("Final signature: 885197386").andSaid("Lock acquisitions: 101004"));
    }

    @Test
    void anAllocatorThatIsUnknownOrGoesWithNoHeapIsAnError() throws Exception {
        assertThat(Cli.huffhash("-t", "--allocator=foo", FILE).run())
                .isEqualTo(
                        failed(
                                "--allocator: there is no allocator 'foo'; huffhash lab lists them;"
                                        + " see huffhash --help"));
        for (String mode : List.of("-e", "-m", "--json")) {
            assertThat(Cli.huffhash(mode, "--allocator=slab", FILE).run())
                    .isEqualTo(
                            failed(
                                    "--allocator goes with --single and --threads only;"
                                            + " see huffhash --help"));
        }
    }
}
