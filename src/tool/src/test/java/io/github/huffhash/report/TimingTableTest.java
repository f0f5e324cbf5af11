package io.github.huffhash.report;

import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingTableTest {
    private static final Map<Phase, Long> PHASES =
            Map.of(
                    Phase.READ, 10 * MILLI,
                    Phase.COUNT, 20 * MILLI,
                    Phase.TREE, 30 * MILLI,
                    Phase.HASH, 40 * MILLI);

    @Test
    void poolsModeHasAllFigures() {
        var heap =
                new Counters(
                        50_402,
                        0,
                        50_402,
                        new LockUse(11_204, 11_100, 56, 1_500_000, 400_000),
                        0,
                        44_900,
                        5_502,
                        0,
                        0,
                        100_804);

        assertThat(TimingTable.of(timed(Mode.POOLS, 2, heap, 826_944, PHASES)))
                .containsExactly(
                        "mode                         pools  2 threads",
                        "bytes                    2,000,000",
                        "blocks                       1,954  of 1,024 bytes",
                        "wall time                 500.0 ms  4.0 MB/s",
                        "CPU time                  800.0 ms",
                        "  read                     10.0 ms  10.0 %",
                        "  count                    20.0 ms  20.0 %",
                        "  tree                     30.0 ms  30.0 %",
                        "  hash                     40.0 ms  40.0 %",
                        "lock acquisitions           11,204",
                        "  holds                     11,100  one for a block's first requests",
                        "  had to wait                   56  0.5 %",
                        "  total wait                1.5 ms",
                        "  mean wait                26.8 µs",
                        "  longest wait              0.4 ms",
                        "heap peak                  826,944  bytes",
                        "pool hits                   44,900  89.1 %",
                        "pool fallbacks               5,502  10.9 %",
                        "steps walked               100,804  2.0 a request");
    }

    @Test
    void singleModeHasAHeapAndNoLock() {
        assertThat(TimingTable.of(timed(Mode.SINGLE, 1, Counters.NONE, 27_664, PHASES)))
                .contains("mode                        single  1 thread")
                .endsWith("heap peak                   27,664  bytes")
                .noneMatch(line -> line.matches("lock.*|pool.*|  total wait.*"));
    }

    @Test
    void fastModeHashesWhileItBuildsTheTree() {
        Map<Phase, Long> phases =
                Map.of(Phase.READ, MILLI, Phase.COUNT, MILLI, Phase.TREE, 2 * MILLI);

        assertThat(TimingTable.of(timed(Mode.FAST, 4, Counters.NONE, 0, phases)))
                .contains("mode                          fast  4 threads")
                .endsWith(
                        "  read                      1.0 ms  25.0 %",
                        "  count                     1.0 ms  25.0 %",
                        "  tree and hash             2.0 ms  50.0 %");
    }

    @Test
    void phasesThatWereNotMeasuredAreLeftOut() {
        assertThat(TimingTable.of(timed(Mode.FAST, 4, Counters.NONE, 0, Map.of())))
                .hasSize(5)
                .last()
                .asString()
                .startsWith("CPU time");
    }

    @Test
    void thoseThatHadToWaitAreAShareOfTheHolds() {
        var lock = new LockUse(200, 100, 25, 0, 0);
        var heap = new Counters(0, 0, 0, lock, 0, 0, 0, 0, 0, 0);

        assertThat(TimingTable.of(timed(Mode.THREADS, 2, heap, 0, Map.of())))
                .contains("  had to wait                   25  25.0 %");
    }

    @Test
    void nothingDoneIsZeroPercent() {
        Map<Phase, Long> phases = Map.of(Phase.READ, 0L);

        assertThat(TimingTable.of(timed(Mode.POOLS, 2, Counters.NONE, 0, phases)))
                .contains(
                        "  read                      0.0 ms  0.0 %",
                        "  had to wait                    0  0.0 %",
                        "pool hits                        0  0.0 %");
    }
}
