package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Random inputs under random settings: every mode gives what the plain way gives. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RandomRunsTest {
    private static final int CASES = 60;

    @EachMode
    void hashesAndLockCountsDoNotDependOnTheSettings(Mode mode) throws IOException {
        Random random = Seeds.random();
        for (int i = 0; i < CASES; i++) {
            Case.random(random).check(mode);
        }
    }

    @EachMode
    void twoRunsGiveTheSame(Mode mode) throws IOException {
        Case.random(Seeds.random()).check(mode, 2);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(
            byte[] input, int blockBytes, int workers, long slack, long poolBytes, int batchSize) {

        static Case random(Random random) {
            int blockBytes =
                    switch (random.nextInt(6)) {
                        case 0 -> 1 + random.nextInt(20);
                        case 1 -> 1 + random.nextInt(1 << random.nextInt(17));
                        case 2 -> random.nextInt(20) == 0 ? 1 << 20 : 1 << random.nextInt(17);
                        default -> 1024;
                    };
            int size = random.nextInt(Math.min(blockBytes * 120, 200_000) + 1);
            long poolBytes =
                    switch (random.nextInt(4)) {
                        case 0 -> 16L * random.nextInt(5);
                        case 1 -> 2048 + 16L * random.nextInt(4);
                        case 2 -> 2064 + 32L * random.nextInt(520);
                        default -> 16 << 10;
                    };
            return new Case(
                    TestBytes.random(random, size),
                    blockBytes,
                    1 + random.nextInt(4),
                    random.nextBoolean() ? 0 : 16L * random.nextInt(1 << random.nextInt(16)),
                    poolBytes,
                    1 + random.nextInt(random.nextBoolean() ? 3 : 60));
        }

        void check(Mode mode) throws IOException {
            check(mode, 1);
        }

        void check(Mode mode, int times) throws IOException {
            int longest = Math.max(1, Math.min(input.length, blockBytes));
            long heapBytes = Expected.smallestHeap(mode, longest, poolBytes, batchSize) + slack;
            var settings =
                    new RunSettings(
                            workers,
                            true,
                            heapBytes,
                            poolBytes,
                            batchSize,
                            false,
                            Strategy.FIRST_FIT,
                            false);
            var expected = Expected.of(input, blockBytes);
            for (int i = 0; i < times; i++) {
                var run = TestRun.of(mode, settings, new MemorySource(input), blockBytes);
                check(mode, heapBytes, expected, run);
            }
        }

        private void check(Mode mode, long heapBytes, Expected expected, TestRun run) {
            var heap = run.statistics().heap();
            assertThat(run.hashes()).as("hashes, %s", this).isEqualTo(expected.hashes());
            assertThat(heap.lockAcquisitions())
                    .as("lock acquisitions, %s", this)
                    .isEqualTo(expected.lockAcquisitions(mode, poolBytes));
            assertThat(run.statistics().bytes()).isEqualTo(input.length);
            assertThat(run.statistics().blocks()).isEqualTo(expected.hashes().length);
            assertThat(heap.cacheMisses())
                    .as("pool fallbacks, %s", this)
                    .isEqualTo(mode == Mode.POOLS ? expected.poolFallbacks(poolBytes) : 0);
            assertThat(run.statistics().heapPeakBytes())
                    .as("peak, %s", this)
                    .isLessThanOrEqualTo(heapBytes);
            assertThat(heap.frees()).as("frees, %s", this).isEqualTo(heap.allocations());
        }

        @Override
        public String toString() {
            return "%d bytes in blocks of %d, %d workers, %d bytes more than the smallest heap,"
                            .formatted(input.length, blockBytes, workers, slack)
                    + " pools of %d, batches of %d".formatted(poolBytes, batchSize);
        }
    }
}
