package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What threads keep to themselves, what it is counted as, and who may use it again. */
class KeptPiecesTest {
    private static final int PAGE = PageHeap.PAGE_BYTES;

    private static long[] allocate(ThreadAllocator worker, int count, long bytes) {
        return LongStream.generate(() -> worker.allocate(bytes)).limit(count).toArray();
    }

    /** How many pieces there is room for, which are freed again. */
    private static int fill(ThreadAllocator worker, long bytes) {
        long[] pieces =
                LongStream.generate(() -> worker.allocate(bytes))
                        .takeWhile(piece -> piece != NULL)
                        .toArray();
        LongStream.of(pieces).forEach(worker::free);
        return pieces.length;
    }

    /** Pieces of 2000 bytes: three, and the second again; then three of 1.5 MiB in 4 MiB. */
    @ParameterizedTest
    @CsvSource({
        "FIRST_FIT,     0, 0, 0, 1",
        "STRIPED,       0, 0, 0, 3", // they fit no stripe
        "OPPORTUNISTIC, 0, 7, 0, 1",
        "BUMP_POOLS,    3, 4, 1, 2", // the upper half has room for one
        "SIZE_CLASS,    3, 4, 2, 1",
        "SLAB,          0, 0, 2, 1",
        "SLAB_POOL,     2, 5, 2, 1",
        "ARENA,         0, 0, 0, 1",
        "JAVA,          0, 0, 0, 1"
    })
    void requestsAreCountedByWhatServedThem(
            Strategy strategy, long hits, long misses, long fallbacks, long failures) {
        try (Heap heap = strategy.open(4 << 20)) {
            ThreadAllocator worker = heap.attach();
            long[] pieces = allocate(worker, 3, 2000);
            worker.free(pieces[1]);
            worker.allocate(2000);
            allocate(worker, 3, 3 << 19);

            var counters = worker.counters();
            assertThat(counters.cacheHits()).as("hits").isEqualTo(hits);
            assertThat(counters.cacheMisses()).as("misses").isEqualTo(misses);
            assertThat(counters.fallbacks()).as("fallbacks").isEqualTo(fallbacks);
            assertThat(counters.failures()).as("failures").isEqualTo(failures);
            assertThat(counters.allocations()).isEqualTo(7 - failures);
            assertThat(counters.frees()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIZE_CLASS", "SLAB_POOL", "BUMP_POOLS", "OPPORTUNISTIC"})
    void everyRequestIsAHitOrAMiss(Strategy strategy) {
        Random random = Seeds.random();
        try (Heap heap = strategy.open(1 << 20)) {
            ThreadAllocator worker = heap.attach();
            var live = new ArrayList<Long>();
            for (int i = 0; i < 20_000; i++) {
                long piece = random.nextInt(10) < 6 ? worker.allocate(64) : NULL;
                if (piece != NULL) {
                    live.add(piece);
                } else if (!live.isEmpty()) {
                    worker.free(live.remove(random.nextInt(live.size())));
                }
            }
            var counters = worker.counters();
            assertThat(counters.cacheHits() + counters.cacheMisses())
                    .isEqualTo(counters.allocations() + counters.failures());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MALLOC") // has no limit
    void whatAThreadHasKeptIsOfUseToOthersOnceTheHeapIsRecycled(Strategy strategy) {
        for (long bytes : new long[] {16, 1000, 8192}) {
            try (Heap heap = strategy.open(256 << 10)) {
                int count = fill(heap.attach(), bytes);
                heap.recycle();
                assertThat(fill(heap.attach(), bytes)).as("%d bytes", bytes).isEqualTo(count);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIZE_CLASS", "SLAB", "SLAB_POOL"})
    void aPageWithALeakedPieceStaysTakenWhenTheHeapIsRecycled(Strategy strategy) {
        for (int bytes : new int[] {64, 2048, 8192}) {
            for (boolean last : new boolean[] {false, true}) {
                try (Heap heap = strategy.open(4L * PAGE)) {
                    ThreadAllocator worker = heap.attach();
                    long[] pieces = allocate(worker, 2 * PAGE / bytes, bytes);
                    Arrays.sort(pieces);
                    long leaked = pieces[last ? pieces.length - 1 : 0];
                    LongStream.of(pieces).filter(piece -> piece != leaked).forEach(worker::free);
                    heap.recycle();
                    assertThat(heap.freeSpace().totalBytes()).as("%d", bytes).isEqualTo(3 * PAGE);
                    worker.free(leaked);
                    heap.recycle();
                    assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(4 * PAGE, 4 * PAGE));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIZE_CLASS", "SLAB", "SLAB_POOL"})
    void runsOfPagesGoToTheFirstHoleThatHoldsThem(Strategy strategy) {
        long unit = 65L * PAGE; // larger than all classes
        try (Heap heap = strategy.open(10 * unit)) {
            ThreadAllocator worker = heap.attach();
            long[] pieces =
                    LongStream.of(1, 2, 1, 3, 1).map(it -> worker.allocate(it * unit)).toArray();
            worker.free(pieces[1]);
            worker.free(pieces[3]);
            assertThat(worker.allocate(3 * unit)).isEqualTo(pieces[3]);
            assertThat(worker.allocate(2 * unit - 1)).isEqualTo(pieces[1]);
            assertThat(worker.usableSize(pieces[1], 2 * unit - 1)).isEqualTo(2 * unit);
            assertThat(worker.allocate(2 * unit)).isEqualTo(8 * unit);
            assertThat(worker.allocate(1 << 20)).isEqualTo(NULL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ARENA, 65536",
        "JAVA, 65520",
        "FIRST_FIT, 65520", // and a header
        "SLAB, 65536",
        "SIZE_CLASS, 65536"
    })
    void onePieceCanTakeTheWholeHeap(Strategy strategy, long bytes) {
        try (Heap heap = strategy.open(64 << 10)) {
            ThreadAllocator worker = heap.attach();
            assertThat(worker.allocate(bytes + 1)).isEqualTo(NULL);
            worker.free(worker.allocate(bytes));
            assertThat(worker.counters().frees()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"SLAB, 8192", "SLAB_POOL, 8192", "SIZE_CLASS, 1048576", "BUMP_POOLS, 4096"})
    void requestsUpToALimitAreNoFallback(Strategy strategy, long bytes) {
        try (Heap heap = strategy.open(4 << 20)) {
            heap.attach().allocate(bytes);
            assertThat(heap.counters().fallbacks()).isZero();
            heap.attach().allocate(bytes + 1);
            assertThat(heap.counters().fallbacks()).isEqualTo(1);
        }
    }

    @Test
    void aThreadUsesWhatItFreesForAnotherAgain() {
        try (Heap heap = Strategy.SIZE_CLASS.open(1 << 20)) {
            ThreadAllocator owner = heap.attach();
            ThreadAllocator other = heap.attach();
            long piece = allocate(owner, 3, 100)[1];
            other.free(piece);
            assertThat(other.allocate(100)).isEqualTo(piece);
            assertThat(other.counters().cacheHits()).isEqualTo(1);
            assertThat(other.counters().remoteFrees()).isEqualTo(1);
        }
    }

    /** Of the eight slots, four are left to other threads. */
    @Test
    void aCacheOfLargeSlotsHoldsNoMoreThanTwoPages() {
        try (Heap heap = Strategy.SLAB_POOL.open(4L * PAGE)) {
            ThreadAllocator worker = heap.attach();
            assertThat(fill(worker, PAGE / 2)).isEqualTo(8);
            assertThat(fill(heap.attach(), PAGE / 2)).isEqualTo(4);
        }
    }

    @Test
    void theSlotAtTheBeginningOfTheHeapIsUsedAgain() {
        try (Heap heap = Strategy.SLAB.open(PAGE)) {
            ThreadAllocator worker = heap.attach();
            assertThat(allocate(worker, PAGE / 1024, 1024)).contains(0).doesNotContain(NULL);
            worker.free(0);
            assertThat(worker.allocate(1024)).isZero();
        }
    }

    @Test
    void aPoolIsUsedAgainWhenAnyThreadsHaveFreedAllOfIt() {
        try (Heap heap = Strategy.BUMP_POOLS.open(2L * PAGE)) { // one pool
            ThreadAllocator owner = heap.attach();
            ThreadAllocator other = heap.attach();
            for (int freedByOther = 0; freedByOther <= 4; freedByOther++) {
                long[] pieces = allocate(owner, 4, PAGE / 4);
                assertThat(pieces).containsExactly(0, PAGE / 4, PAGE / 2, PAGE / 4 * 3);
                LongStream.of(pieces).limit(freedByOther).forEach(other::free);
                LongStream.of(pieces).skip(freedByOther).forEach(owner::free);
            }
            assertThat(owner.counters().fallbacks()).isZero();
        }
    }

    @Test
    void theLargestFreePieceIsAPoolWhileOneIsFree() {
        try (Heap heap = Strategy.BUMP_POOLS.open(2L * PAGE)) {
            ThreadAllocator worker = heap.attach();
            worker.allocate(8000); // by first fit, with a header
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(2 * PAGE - 8016, PAGE));
            worker.allocate(100);
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(PAGE - 8016, PAGE - 8016));
        }
    }

    /** A 256th of the heap, 4 KiB, beside what the request costs with its header. */
    @Test
    void arraysAreClaimedInAdvance() {
        try (Heap heap = Strategy.JAVA.open(1 << 20)) {
            ThreadAllocator worker = heap.attach();
            allocate(worker, 3, 2000); // 64 bytes are left of what was claimed
            worker.allocate(2000);
            assertThat(heap.freeSpace().totalBytes()).isEqualTo((1 << 20) - 4 * 2016 - 4096);
        }
    }

    /** The largest classes that each thread caches; what is larger goes to one allocator. */
    @ParameterizedTest
    @CsvSource({"NO_CACHES, 0", "CACHES_TO_1K, 1024", "CACHES_TO_32K, 32768"})
    void threadsOfATieredHeapShareWhatIsLargerThanTheirCaches(Variant tiers, long largestCached) {
        try (Heap heap = tiers.open(4 << 20)) {
            ThreadAllocator first = heap.attach();
            ThreadAllocator second = heap.attach();
            long cached = first.allocate(Math.max(1, largestCached));
            long shared = second.allocate(largestCached + 1);
            long next = first.allocate(largestCached + 1);
            long own = largestCached == 0 ? 0 : 1;
            assertThat(first.counters().allocations()).isEqualTo(2);
            assertThat(first.counters().cacheMisses()).isEqualTo(2);
            assertThat(first.counters().lockAcquisitions()).isEqualTo(2);
            assertThat(second.counters().cacheMisses()).isEqualTo(1);

            first.free(shared);
            second.free(next);
            second.free(cached);
            assertThat(first.counters().frees()).isEqualTo(1);
            assertThat(second.counters().frees()).isEqualTo(2);
            assertThat(second.counters().remoteFrees()).isEqualTo(own);
            assertThat(first.allocate(5 << 20)).isEqualTo(NULL);
            assertThat(first.counters().failures()).isEqualTo(1);
            assertThat(heap.peakBytes()).isGreaterThanOrEqualTo(PAGE);
            assertThat(heap.locks()).hasSize(2);
        }
    }

    @Test
    void threadsBeginAtStripesOfTheirOwnAndGoRoundToTheOthers() {
        int stripe = 256 << 10;
        try (Heap heap = Strategy.STRIPED.open(4L * stripe + 96)) {
            assertThat(heap.locks()).hasSize(4);
            for (int thread = 1; thread <= 4; thread++) {
                long piece = heap.attach().allocate(1000);
                assertThat(piece / stripe).isEqualTo(thread % 4);
            }
            ThreadAllocator fifth = heap.attach();
            long[] pieces = allocate(fifth, 4, 200_000);
            assertThat(LongStream.of(pieces).map(piece -> piece / stripe))
                    .containsExactly(1L, 2L, 3L, 0L);
            assertThat(fifth.usableSize(pieces[3], 1)).isEqualTo(200_000);
            assertThat(heap.stepsWalked()).isEqualTo(4 + 1 + 2 + 3 + 4); // one chunk a stripe
            long peak = 4 * (1008 + 200_000 + 2 * 16);
            assertThat(heap.peakBytes()).isEqualTo(peak);
            LongStream.of(pieces).forEach(fifth::free);
            assertThat(heap.peakBytes()).isEqualTo(peak);
            assertThat(fifth.counters().frees()).isEqualTo(4);
            assertThat(fifth.counters().fallbacks()).isEqualTo(3);
            assertThat(fifth.counters().lockAcquisitions()).isEqualTo(1 + 2 + 3 + 4 + 4);
        }
    }
}
