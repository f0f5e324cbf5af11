package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.LiveChunks;
import io.github.huffhash.memory.ShadowMap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.memory.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What every strategy keeps to. */
@Timeout(60)
class StrategyContractTest {
    static final long HEAP_BYTES = 2 << 20;
    private static final int THREADS = 6;
    private static final int ROUNDS = 40;
    private static final int REQUESTS = 300;
    private static final int MOST_LIVE = 200;
    static final long[] SIZES = {1, 15, 16, 17, 64, 65, 1024, 1025, 4097, 16 << 10, 100_000};

    @ParameterizedTest
    @EnumSource
    void piecesOfOneWorkerAreAlignedAndNeverOverlap(Strategy strategy) {
        Random random = Seeds.random();
        try (var space = strategy.open(HEAP_BYTES)) {
            var chunks = chunks(space, space.attach(), shadow(space), 1);
            for (int i = 0; i < 5000; i++) {
                if (chunks.count() == 0 || random.nextInt(100) < 52) {
                    chunks.allocate(1 + random.nextInt(1 << random.nextInt(15)));
                } else {
                    chunks.free(random.nextInt(chunks.count()));
                }
            }
            chunks.freeAll();
            assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsNeverGetTheSameMemory(Strategy strategy) throws Exception {
        Random random = Seeds.random();
        long[] seeds = random.longs(THREADS).toArray();
        try (var space = strategy.open(HEAP_BYTES)) {
            var shadow = shadow(space);
            Threads.runTogether(
                    THREADS,
                    thread -> {
                        var own = new Random(seeds[thread]);
                        var worker = space.attach();
                        var chunks = chunks(space, worker, shadow, thread + 1);
                        for (int i = 0; i < ROUNDS * REQUESTS; i++) {
                            if (own.nextBoolean() && chunks.count() < MOST_LIVE) {
                                chunks.allocate(1 + own.nextInt(1 << own.nextInt(13)));
                            } else if (chunks.count() > 0) {
                                chunks.free(own.nextInt(chunks.count()));
                            }
                        }
                        chunks.freeAll();
                    });
            assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyWorkerMayFreeWhatAnotherHasAllocated(Strategy strategy) throws Exception {
        Random random = Seeds.random();
        long[] seeds = random.longs(THREADS).toArray();
        try (var space = strategy.open(HEAP_BYTES)) {
            var shadow = shadow(space);
            var handOver = new SynchronousQueue<LiveChunks>();
            Threads.runTogether(
                    THREADS,
                    thread -> {
                        var own = new Random(seeds[thread]);
                        var worker = space.attach();
                        for (int i = 0; i < ROUNDS; i++) {
                            if (thread % 2 == 0) {
                                var chunks = chunks(space, worker, shadow, thread + 1);
                                for (int j = 0; j < REQUESTS; j++) {
                                    chunks.allocate(1 + own.nextInt(1 << own.nextInt(11)));
                                }
                                handOver.put(chunks);
                            } else {
                                var chunks = handOver.take();
                                while (chunks.count() > 0) {
                                    chunks.free(own.nextInt(chunks.count()), worker);
                                }
                            }
                        }
                    });
            assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MALLOC") // has no limit
    void anExhaustedHeapReturnsNullAndIsAsNewOnceEverythingIsFree(Strategy strategy) {
        for (long bytes : SIZES) {
            try (var space = strategy.open(HEAP_BYTES)) {
                var worker = space.attach();
                int count = fill(space, worker, bytes);
                assertThat(count).as("pieces of %d bytes", bytes).isPositive();
                assertEverythingIsFree(space);
                assertThat(fill(space, worker, bytes)).as("%d bytes", bytes).isEqualTo(count);
                assertThat(worker.counters().failures()).isEqualTo(6);
                assertThat(worker.counters().fallbacks())
                        .as("requests served, of %d bytes", bytes)
                        .isLessThanOrEqualTo(worker.counters().allocations());
                assertEverythingIsFree(space);
            }
        }
    }

    /** Fills the heap, and then some; frees everything; returns how many pieces there were. */
    private static int fill(Heap space, ThreadAllocator worker, long bytes) {
        var chunks = chunks(space, worker, shadow(space), 1);
        while (chunks.allocate(bytes)) {
            assertThat(chunks.count() * bytes).isLessThanOrEqualTo(HEAP_BYTES);
        }
        assertThat(worker.allocate(bytes)).isEqualTo(NULL);
        int count = chunks.count();
        if (!space.isArena()) {
            chunks.free(count - 1);
            assertThat(chunks.allocate(bytes)).as("the same again").isTrue();
        }
        assertThat(chunks.allocate(bytes)).isFalse();
        chunks.freeAll();
        return count;
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatFightForAFullHeapNeverGetTheSameMemory(Strategy strategy) throws Exception {
        Random random = Seeds.random();
        long[] seeds = random.longs(THREADS).toArray();
        try (var space = strategy.open(256 << 10)) {
            var shadow = shadow(space);
            Threads.runTogether(
                    THREADS,
                    thread -> {
                        var own = new Random(seeds[thread]);
                        var worker = space.attach();
                        var chunks = chunks(space, worker, shadow, thread + 1);
                        for (int i = 0; i < 5000; i++) {
                            boolean allocated =
                                    chunks.count() < MOST_LIVE
                                            && chunks.allocate(1 + own.nextInt(2000));
                            if (!allocated && chunks.count() > 0) {
                                chunks.free(own.nextInt(chunks.count()));
                            }
                        }
                        chunks.freeAll();
                    });
            assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsBeyondTheHeapReturnNull(Strategy strategy) {
        try (var space = strategy.open(HEAP_BYTES)) {
            var worker = space.attach();
            LongStream.of(HEAP_BYTES + 1, 1L << 31, 1L << 32, 1L << 40, 1L << 62)
                    .forEach(bytes -> assertThat(worker.allocate(bytes)).isEqualTo(NULL));
            assertThat(worker.counters().failures()).isEqualTo(5);
            assertThat(worker.counters().allocations()).isZero();
            assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"MALLOC", "JAVA"}) // have no heap
    void aHeapTooSmallForAnythingHasNoMemory(Strategy strategy) {
        for (long heapBytes = 1; heapBytes <= 16; heapBytes++) {
            try (var space = strategy.open(heapBytes)) {
                assertThat(space.attach().allocate(17)).isEqualTo(NULL);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPieceIsGrantedAtLeastWhatWasAskedFor(Strategy strategy) {
        try (var space = strategy.open(HEAP_BYTES)) {
            var worker = space.attach();
            List<Long> pieces = new ArrayList<>();
            for (long bytes : SIZES) {
                long piece = worker.allocate(bytes);
                assertThat(worker.usableSize(piece, bytes))
                        .isGreaterThanOrEqualTo(HeapMemory.aligned(bytes));
                assertThat(piece).isBetween(0L, space.memory().size() - bytes);
                pieces.add(piece);
            }
            assertThat(space.peakBytes())
                    .isGreaterThanOrEqualTo(strategy.hasHeap() ? LongStream.of(SIZES).sum() : 0);
            pieces.forEach(worker::free);
            assertEverythingIsFree(space);
        }
    }

    private static ShadowMap shadow(Heap space) {
        long bytes = space.memory().size();
        return bytes > 0 && bytes <= HEAP_BYTES ? new ShadowMap(bytes) : ShadowMap.anywhere();
    }

    private static LiveChunks chunks(
            Heap space, ThreadAllocator worker, ShadowMap shadow, int owner) {
        return new LiveChunks(worker, space.memory(), shadow, owner);
    }

    static void assertEverythingIsFree(Heap space) {
        space.recycle();
        assertThat(space.freeSpace().totalBytes()).isEqualTo(space.capacity());
        var sum = space.counters();
        assertThat(sum.frees()).isEqualTo(sum.allocations());
    }
}
