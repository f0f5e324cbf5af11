package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The single and threads modes over every strategy. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StrategyRunsTest {
    private static final int THREADS = 6;

    static Stream<Arguments> strategiesAndModes() {
        return Arrays.stream(Strategy.values())
                .flatMap(strategy ->
                        Stream.of(Mode.SINGLE, Mode.THREADS)
                                .map(mode -> Arguments.of(strategy, mode)));
    }

    @ParameterizedTest
    @MethodSource("strategiesAndModes")
    void everyBlockHasTheSameHashWhateverTheStrategy(Strategy strategy, Mode mode)
            throws IOException {
        byte[] input = TestBytes.uniform(300_001);
        TestRun run = TestRun.of(mode, TestRun.with(strategy, TestRun.settings()), input);
        assertThat(run.hashes()).isEqualTo(Expected.of(input, 1024).hashes());
        var heap = run.statistics().heap();
        assertThat(run.statistics().heapPeakBytes())
                .isGreaterThanOrEqualTo(strategy.hasHeap() ? 20_000 : 0);
        if (strategy != Strategy.FIRST_FIT) {
            assertThat(heap.allocations()).isEqualTo(heap.frees());
        }
    }

    /** The more threads there are, the more often a block finds the heap full and is done later. */
    @ParameterizedTest
    @MethodSource("strategiesAndModes")
    void aFullHeapMakesBlocksLateAndFailsNone(Strategy strategy, Mode mode) throws IOException {
        byte[] input = TestBytes.uniform(100_001);
        int[] expected = Expected.of(input, 1024).hashes();
        long smallest = smallestHeap(strategy, mode, input);
        for (long heapBytes : List.of(smallest, smallest + (smallest >> 1), 2 * smallest)) {
            var settings = TestRun.with(strategy, TestRun.settings(heapBytes, 16 << 10, 50));
            var run =
                    mode == Mode.THREADS
                            ? new ThreadRun(Mode.THREADS, THREADS, settings)
                            : TestRun.in(mode, settings);
            var sink = new TestRun.HashSink();
            run.run(new MemorySource(input), new SignatureWork(1024, 0), sink);
            assertThat(sink.hashes()).as("a heap of %d bytes", heapBytes).isEqualTo(expected);
        }
    }

    private static long smallestHeap(Strategy strategy, Mode mode, byte[] input) {
        var settings = TestRun.with(strategy, TestRun.settings(64, 16 << 10, 50));
        return strategy == Strategy.MALLOC ? 4096 : failure(mode, settings, input).requiredBytes();
    }

    private static HeapTooSmallException failure(Mode mode, RunSettings settings, byte[] input) {
        var failure =
                catchThrowableOfType(
                        HeapTooSmallException.class, () -> TestRun.of(mode, settings, input));
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @EnumSource
    void theLargestBlocksAreWorkedOnInAHeapThatIsLargeEnough(Strategy strategy) throws IOException {
        int blockBytes = 1 << 20;
        byte[] input = TestBytes.uniform((2 * blockBytes) + 1);
        var settings = TestRun.with(strategy, TestRun.settings(32 << 20, 16 << 10, 50));
        TestRun run = TestRun.of(Mode.THREADS, settings, new MemorySource(input), blockBytes);
        assertThat(run.hashes()).isEqualTo(Expected.of(input, blockBytes).hashes());
    }
}
