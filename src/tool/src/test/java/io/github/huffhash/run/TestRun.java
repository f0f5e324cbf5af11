package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.io.function.IOConsumer;

/**
 * What came out of a run.
 *
 * @param hashes the hash of every block, in the order in which they came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TestRun(int[] hashes, RunStatistics statistics) {
    private static final long MODULUS = 2_147_483_647;

    /** The settings of the reference, with two workers. */
    static RunSettings settings() {
        return settings(
                RunSettings.DEFAULT_HEAP_BYTES,
                RunSettings.DEFAULT_POOL_BYTES,
                RunSettings.DEFAULT_BATCH_SIZE);
    }

    /** Settings with this heap and these pools, and two workers. */
    static RunSettings settings(long heapBytes, long poolBytes, int batchSize) {
        return new RunSettings(
                2, true, heapBytes, poolBytes, batchSize, false, Strategy.FIRST_FIT, false);
    }

    /** The same settings with another allocator. */
    static RunSettings with(Strategy strategy, RunSettings other) {
        return new RunSettings(
                other.workers(),
                other.exactWorkers(),
                other.heapBytes(),
                other.poolBytes(),
                other.batchSize(),
                other.timed(),
                strategy,
                other.unbounded());
    }

    /** A run that has nothing to warn of. */
    static Run in(Mode mode, RunSettings settings) {
        return ThreadRun.of(mode, settings);
    }

    /** Runs over blocks of 1024 bytes as the reference does. */
    static TestRun of(Mode mode, byte[] input) throws IOException {
        return of(mode, settings(), new MemorySource(input), 1024);
    }

    static TestRun of(Mode mode, RunSettings settings, byte[] input) throws IOException {
        return of(mode, settings, new MemorySource(input), 1024);
    }

    static TestRun of(Mode mode, RunSettings settings, BlockSource source, int blockBytes)
            throws IOException {
        var sink = new HashSink();
        var statistics = in(mode, settings).run(source, new SignatureWork(blockBytes, 0), sink);
        assertNoThreadIsLeft();
        return new TestRun(sink.hashes(), statistics);
    }

    /** The sum of all hashes. */
    long signature() {
        return Arrays.stream(hashes).asLongStream().reduce(0, (sum, h) -> (sum + h) % MODULUS);
    }

    long lockAcquisitions() {
        return statistics.heap().lockAcquisitions();
    }

    static void assertNoThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("huffhash-"));
    }

    /** Collects hashes; as a sink it is called by one thread at a time. */
    static class HashSink implements IOConsumer<SignatureWork.Hashes> {
        private final IntStream.Builder hashes = IntStream.builder();

        @Override
        public void accept(SignatureWork.Hashes result) throws IOException {
            for (int hash : result.hashes()) {
                hashes.add(hash);
            }
        }

        int[] hashes() {
            return hashes.build().toArray();
        }
    }
}
