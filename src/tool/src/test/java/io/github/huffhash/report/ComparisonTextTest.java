package io.github.huffhash.report;

import static io.github.huffhash.report.ComparisonTest.comparison;
import static io.github.huffhash.report.ComparisonTest.one;
import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.heap;
import static io.github.huffhash.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTextTest {
    private static final Runs SINGLE =
            new Runs(
                    Mode.SINGLE,
                    Map.of(),
                    List.of(run(Mode.SINGLE, 674073439, 90 * MILLI, heap(0, 0, 0), 27664)));
    private static final Runs THREADS =
            new Runs(
                    Mode.THREADS,
                    Map.of(),
                    List.of(
                            run(
                                    Mode.THREADS,
                                    674073439,
                                    180 * MILLI,
                                    heap(1_033_272, 103_327, 12_345_678),
                                    55_328)));
    private static final Runs FAST =
            new Runs(Mode.FAST, Map.of(), List.of(run(Mode.FAST, 674073439, 30 * MILLI)));

    @Test
    void theFirstLineSaysWhatWasCompared() {
        assertThat(comparison(SINGLE).text())
                .first()
                .isEqualTo(
                        "file.bin: 2,000,000 bytes, 1,954 blocks of 1,024 bytes; median of 1 run");
        Runs three =
                new Runs(
                        Mode.FAST,
                        Map.of(),
                        List.of(run(Mode.FAST, 7, 1), run(Mode.FAST, 7, 2), run(Mode.FAST, 7, 3)));
        assertThat(comparison(three).text()).first().asString().endsWith("; median of 3 runs");
    }

    @Test
    void blocksOfSeveralSizesAreNotCountedAsThoseOfTheFirst() {
        Runs runs =
                new Runs(Mode.FAST, Map.of("block-size", "1K"), List.of(run(Mode.FAST, 7, MILLI)));

        assertThat(new Comparison("f", List.of("block-size"), List.of(runs), "#").text())
                .first()
                .isEqualTo("f: 2,000,000 bytes; median of 1 run");
    }

    @Test
    void aSingleBlockIsNotCalledBlocks() {
        var report =
                new RunReport(
                        "file.bin",
                        Mode.FAST,
                        1024,
                        7,
                        MILLI,
                        MILLI,
                        new RunStatistics(
                                1,
                                1,
                                2,
                                Counters.NONE,
                                0,
                                OptionalDouble.empty(),
                                Map.of(),
                                List.of(),
                                0,
                                List.of()),
                        ProcessUsage.NONE);

        assertThat(comparison(new Runs(Mode.FAST, Map.of(), List.of(report))).text())
                .first()
                .isEqualTo("file.bin: 1 byte, 1 block of 1,024 bytes; median of 1 run");
    }

    @Test
    void eachModeHasARowWithItsFiguresInOrder() {
        List<String> lines = comparison(SINGLE, THREADS, FAST).text();

        assertThat(cells(lines, "single"))
                .containsExactly(
                        "single", "2", "90.0", "1.00", "x", "22.2", "-", "-", "27.0", "674073439");
        assertThat(cells(lines, "threads"))
                .containsExactly(
                        "threads",
                        "2",
                        "180.0",
                        "0.50",
                        "x",
                        "11.1",
                        "-",
                        "1,033,272",
                        "54.0",
                        "674073439");
        assertThat(cells(lines, "fast"))
                .containsExactly(
                        "fast", "2", "30.0", "3.00", "x", "66.7", "-", "-", "-", "674073439");
        assertThat(cells(lines.subList(10, 11), "threads"))
                .containsExactly(
                        "threads",
                        "1,033,272",
                        "103,327",
                        "12.3",
                        "0.1",
                        "6.2",
                        "-",
                        "-",
                        "0",
                        "0");
    }

    @Test
    void theColumnsAreNamedAndTheirUnitsGiven() {
        String table = String.join("\n", comparison(SINGLE, THREADS).text());

        assertThat(table)
                .contains("wall time", "speed-up", "vs single", "MB/s", "waiting", "acquisitions")
                .contains("heap peak", "KiB", "signature", "holds", "contended", "lock wait")
                .contains("mean wait", "µs", "longest", "held", "steps a", "faults", "growth");
    }

    /** As of a gigabyte of random bytes. */
    @Test
    void noLineIsWiderThan100ColumnsWithLargeFiguresEither() {
        Counters heap = heap(1_057_216_716, 312_345_678, 345_678 * MILLI);
        Runs slow =
                new Runs(
                        Mode.PROCESSES,
                        Map.of(),
                        List.of(run(Mode.PROCESSES, 2147483646, 545_678 * MILLI, heap, 2 << 20)));

        assertThat(comparison(SINGLE, slow, FAST).text())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void headAndRowsEndInTheSameColumns() {
        List<String> lines = comparison(SINGLE, THREADS, FAST).text();

        String head = lines.get(3);
        for (String row : lines.subList(4, 7)) {
            assertThat(row.indexOf("674073439")).isEqualTo(head.indexOf("signature"));
        }
    }

    @Test
    void theLongestBarIsTheSlowestModesAndTheOthersAreInProportion() {
        List<String> lines = comparison(SINGLE, THREADS, FAST).text();

        assertThat(lines.subList(lines.size() - 3, lines.size()))
                .containsExactly(
                        "single    " + "#".repeat(30) + " 90.0 ms",
                        "threads   " + "#".repeat(60) + " 180.0 ms",
                        "fast      " + "#".repeat(10) + " 30.0 ms");
    }

    @Test
    void theQuickestModeHasABarTooHoweverQuick() {
        List<Runs> modes = List.of(one(Mode.SINGLE, 7, 1_000_000), one(Mode.FAST, 7, 1));
        List<String> lines = new Comparison("file.bin", List.of(), modes, "=").text();

        assertThat(lines).last().isEqualTo("fast      = 1.0 ms");
    }

    @Test
    void signaturesThatDifferAreAllShown() {
        List<String> lines = comparison(one(Mode.SINGLE, 7, 2), one(Mode.FAST, 8, 1)).text();

        assertThat(cells(lines, "single")).last().isEqualTo("7");
        assertThat(cells(lines, "fast")).last().isEqualTo("8");
    }

    private static List<String> cells(List<String> lines, String mode) {
        return lines.stream()
                .filter(line -> line.startsWith(mode))
                .findFirst()
                .map(line -> List.of(line.split(" +", -1)))
                .orElseThrow();
    }
}
