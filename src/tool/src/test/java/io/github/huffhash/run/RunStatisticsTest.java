package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.PhaseClock.Phase;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RunStatisticsTest {
    private static final byte[] INPUT = TestBytes.uniform(100_001);
    private static final Expected EXPECTED = Expected.of(INPUT, 1024);

    @EachMode
    void bytesAndBlocksAreCounted(Mode mode) throws IOException {
        var statistics = TestRun.of(mode, INPUT).statistics();
        assertThat(statistics.bytes()).isEqualTo(100_001);
        assertThat(statistics.blocks()).isEqualTo(98);
        assertThat(statistics.workers()).isPositive();
    }

    @EachHeapMode
    void everyRequestIsAnAllocationWhereverItIsServed(Mode mode) throws IOException {
        var heap = TestRun.of(mode, INPUT).statistics().heap();
        assertThat(heap.allocations()).isEqualTo(EXPECTED.requests());
    }

    @EachHeapMode
    void thePeakIsMoreThanNothingAndAtMostTheHeap(Mode mode) throws IOException {
        var statistics = TestRun.of(mode, INPUT).statistics();
        assertThat(statistics.heapPeakBytes()).isBetween(1024L, RunSettings.DEFAULT_HEAP_BYTES);
        assertThat(statistics.heap().frees()).isEqualTo(statistics.heap().allocations());
    }

    @Test
    void oneThreadAloneNeverHoldsMoreThanOneBlock() throws IOException {
        var statistics = TestRun.of(Mode.SINGLE, INPUT).statistics();
        var heap = statistics.heap();
        int mostSymbols = Arrays.stream(EXPECTED.symbols()).max().orElseThrow();
        assertThat(statistics.heapPeakBytes())
                .isEqualTo(1040 + 32 + 2064 + 48L * (2 * mostSymbols - 1));
        assertThat(heap.allocations()).isEqualTo(heap.frees());
        assertThat(heap.lock().contended()).isZero();
        assertThat(heap.lock().waitNanos()).isZero();
    }

    @Test
    void poolsCountWhatTheyServeAndWhatTheyDoNot() throws IOException {
        var heap = TestRun.of(Mode.POOLS, INPUT).statistics().heap();
        long fallbacks = EXPECTED.poolFallbacks(16 << 10);
        assertThat(heap.cacheMisses()).isEqualTo(fallbacks).isPositive();
        assertThat(heap.cacheHits())
                .isEqualTo(EXPECTED.requests() - EXPECTED.hashes().length - fallbacks);
    }

    @Test
    void onlyTheModeWithPoolsHasPools() throws IOException {
        for (Mode mode : new Mode[] {Mode.SINGLE, Mode.THREADS}) {
            var heap = TestRun.of(mode, INPUT).statistics().heap();
            assertThat(heap.cacheHits()).isZero();
            assertThat(heap.cacheMisses()).isZero();
        }
    }

    @Test
    void theFastModeHasNoHeap() throws IOException {
        assertThat(TestRun.of(Mode.FAST, INPUT).statistics().heap()).isEqualTo(Counters.NONE);
    }

    @EachHeapMode
    void waitsAreConsistent(Mode mode) throws IOException {
        var heap = TestRun.of(mode, INPUT).statistics().heap();
        assertThat(heap.lock().contended()).isBetween(0L, heap.lockAcquisitions());
        assertThat(heap.lock().waitNanos() > 0).isEqualTo(heap.lock().contended() > 0);
    }

    @EachMode
    void phasesAreMeasuredIfAskedForAndNotOtherwise(Mode mode) throws IOException {
        assertThat(TestRun.of(mode, INPUT).statistics().phaseNanos()).isEmpty();

        var timed =
                new RunSettings(2, true, 2 << 20, 16 << 10, 50, true, Strategy.FIRST_FIT, false);
        var statistics = TestRun.of(mode, timed, INPUT).statistics();
        assertThat(statistics.phaseNanos()).containsKeys(Phase.READ, Phase.COUNT, Phase.TREE);
        assertThat(statistics.phaseNanos().values()).allMatch(nanos -> nanos >= 0);
        assertThat(statistics.phaseNanos().get(Phase.TREE)).isPositive();
    }
}
