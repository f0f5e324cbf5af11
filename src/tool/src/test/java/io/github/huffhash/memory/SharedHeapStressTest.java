package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that allocate and free in one heap all at once. */
@Timeout(60)
class SharedHeapStressTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 300;
    private static final int REQUESTS = 60;
    private static final long HEAP_BYTES = 64 << 10;
    private static final long POOL_BYTES = 2048;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong inVain = new AtomicLong();

    @ParameterizedTest
    @EnumSource
    void threadsBehindTheLockNeverGetTheSameMemory(MemoryKind kind, @TempDir Path folder)
            throws Exception {
        try (var arena = Arena.ofShared()) {
            var heap = TestHeap.in(kind.allocate(arena, folder, HEAP_BYTES), 0);
            Counters sum = run(heap, IntStream.range(0, THREADS).mapToObj(i -> heap.locked(i + 1)));
            assertThat(sum.lockAcquisitions()).isEqualTo(2 * requests.get() - inVain.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsWithPoolsNeverGetTheSameMemory(MemoryKind kind, @TempDir Path folder)
            throws Exception {
        try (var arena = Arena.ofShared()) {
            long poolsBytes = THREADS * POOL_BYTES;
            var heap = TestHeap.in(kind.allocate(arena, folder, HEAP_BYTES), poolsBytes);
            Counters sum =
                    run(
                            heap,
                            IntStream.range(0, THREADS)
                                    .mapToObj(i -> heap.pools(i + 1, POOL_BYTES, THREADS)));
            assertThat(sum.cacheHits()).isPositive();
            assertThat(sum.cacheHits() + sum.cacheMisses()).isEqualTo(requests.get());
            assertThat(sum.lockAcquisitions()).isEqualTo(2 * sum.cacheMisses() - inVain.get());
        }
    }

    private Counters run(TestHeap heap, Stream<? extends ThreadAllocator> ways) throws Exception {
        var random = Seeds.random();
        long[] seeds = random.longs(THREADS).toArray();
        var allocators = ways.toList();
        var shadow = new ShadowMap(HEAP_BYTES);
        Threads.runTogether(
                THREADS,
                thread -> work(heap, shadow, allocators.get(thread), thread, seeds[thread]));
        var sum = Counters.NONE;
        for (var allocator : allocators) {
            sum = sum.plus(allocator.counters());
        }
        assertThat(heap.isOneFreeChunk()).isTrue();
        assertThat(heap.allocator().liveBytes()).isZero();
        assertThat(sum.frees()).isEqualTo(sum.allocations());
        assertThat(heap.allocator().peakBytes()).isBetween(1L, heap.allocator().capacity());
        assertThat(sum.failures()).isEqualTo(inVain.get());
        return sum;
    }

    private void work(
            TestHeap heap, ShadowMap shadow, ThreadAllocator allocator, int thread, long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            if (allocator instanceof PoolAllocator pools) {
                assertThat(pools.admit(HeapDemand.NONE, thread)).isTrue();
            }
            var chunks = new LiveChunks(allocator, heap.memory(), shadow, thread + 1);
            for (int i = 0; i < REQUESTS; i++) {
                requests.incrementAndGet();
                if (!chunks.allocate(1 + random.nextInt(1 << random.nextInt(12)))) {
                    inVain.incrementAndGet();
                }
                if (chunks.count() > 0 && random.nextInt(4) == 0) {
                    chunks.free(random.nextInt(chunks.count()));
                }
            }
            chunks.freeAll();
        }
    }
}
