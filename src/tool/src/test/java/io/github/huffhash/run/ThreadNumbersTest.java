package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.memory.HeapExhaustedException;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many threads as were asked for, and as many as there are blocks. */
@Timeout(120)
class ThreadNumbersTest {
    private static final byte[] INPUT = TestBytes.uniform(200_001);
    private static final Expected EXPECTED = Expected.of(INPUT, 1024);

    private static RunSettings settings(int threads) {
        return new RunSettings(
                threads, true, 2 << 20, 16 << 10, 50, true, Strategy.FIRST_FIT, false);
    }

    private static RunSettings unbounded(long heapBytes, Strategy strategy) {
        return new RunSettings(2, false, heapBytes, 16, 1, true, strategy, true);
    }

    @ParameterizedTest
    @EnumSource(names = {"THREADS", "POOLS"})
    void signatureAndCountsDoNotDependOnTheNumberOfThreads(Mode mode) throws IOException {
        long acquisitions = -1;
        for (int threads : new int[] {1, 3, 50, 300}) {
            var run = TestRun.of(mode, settings(threads), INPUT);

            assertThat(run.hashes()).isEqualTo(EXPECTED.hashes());
            assertThat(run.statistics().workers()).isEqualTo(threads);
            assertThat(run.statistics().perWorker())
                    .hasSize(threads)
                    .allSatisfy(each -> assertThat(each.lifetimeNanos()).isPositive());
            assertThat(
                            run.statistics().perWorker().stream()
                                    .mapToLong(WorkerStatistics::blocks)
                                    .sum())
                    .isEqualTo(196);
            assertThat(run.statistics().waitingShare().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(run.lockAcquisitions())
                    .isIn(acquisitions < 0 ? run.lockAcquisitions() : acquisitions);
            acquisitions = run.lockAcquisitions();
        }
    }

    @Test
    void waitingIncludesWhatThreadsBeyondTheCoresWaitForACore() throws IOException {
        int threads = 32 * Runtime.getRuntime().availableProcessors();
        var run = TestRun.of(Mode.THREADS, settings(threads), TestBytes.uniform(threads << 14));

        // they cannot have worked for more than a 32nd of their time
        assertThat(run.statistics().waitingShare().orElseThrow()).isGreaterThan(0.9);
        assertThat(run.statistics().shareOfTime(WorkerStatistics::coreNanos).orElseThrow())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_FIT", "FIRST_FIT_WALK"})
    void withoutBoundsEveryBlockHasAThreadOfItsOwn(Strategy strategy) throws IOException {
        RunSettings reference = unbounded(2 << 20, strategy);
        for (RunSettings each : List.of(unbounded(1 << 26, strategy), reference)) {
            try {
                var run = TestRun.of(Mode.THREADS, each, INPUT);
                assertThat(run.hashes()).isEqualTo(EXPECTED.hashes());
                assertThat(run.statistics().perWorker())
                        .hasSize(196)
                        .allMatch(thread -> thread.blocks() == 1);
                assertThat(run.lockAcquisitions())
                        .isEqualTo(TestRun.of(Mode.THREADS, INPUT).lockAcquisitions());
            } catch (HeapExhaustedException e) {
                assertThat(each).isSameAs(reference); // how many are inside depends on timing
            }
        }
    }

    @Test
    void withoutBoundsAFullHeapEndsTheRunAndSaysWhere() {
        RunSettings small = unbounded(16 << 10, Strategy.FIRST_FIT);

        assertThatThrownBy(() -> TestRun.of(Mode.THREADS, small, INPUT))
                .isInstanceOf(HeapExhaustedException.class)
                .hasMessageMatching(
                        "heap exhausted at block \\d+: \\d+ bytes asked for, \\d+ threads? inside,"
                                + " \\d+ bytes free, largest free chunk \\d+");
        TestRun.assertNoThreadIsLeft();
    }

    @Test
    void freesThatWalkTakeTheStepsThatBitmapsSave() throws IOException {
        var settings = settings(1);
        var walks = TestRun.with(Strategy.FIRST_FIT_WALK, settings);
        var bitmaps = TestRun.of(Mode.SINGLE, settings, INPUT);
        var walking = TestRun.of(Mode.SINGLE, walks, INPUT);

        assertThat(walking.hashes()).isEqualTo(bitmaps.hashes());
        assertThat(walking.statistics().heapPeakBytes())
                .isEqualTo(bitmaps.statistics().heapPeakBytes());
        assertThat(bitmaps.statistics().heap().stepsWalked())
                .as("one step for each request: the first chunk is the large one, or fits")
                .isBetween(EXPECTED.requests(), 2 * EXPECTED.requests());
        assertThat(walking.statistics().heap().stepsWalked())
                .isGreaterThan(10 * bitmaps.statistics().heap().stepsWalked());
    }
}
