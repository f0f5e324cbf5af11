package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Waiting;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolAllocatorTest {
    private static final long POOL_BYTES = 256;
    private static final int POOLS = 4;

    @Nested
    class WithoutAPool extends AllocatorContract {
        @Override
        ThreadAllocator over(TestHeap testHeap) {
            return testHeap.pools(1, 0, 0);
        }
    }

    @Nested
    class WithAPool extends AllocatorContract {
        @Override
        long base() {
            return POOL_BYTES * POOLS;
        }

        @Override
        ThreadAllocator over(TestHeap testHeap) {
            var allocator = testHeap.pools(1, POOL_BYTES, POOLS);
            assertThat(allocator.admit(HeapDemand.of(0), 2)).isTrue();
            return allocator;
        }
    }

    private final TestHeap heap = TestHeap.in(HeapMemory.ofBytes(8192), POOL_BYTES * POOLS);
    private final PoolAllocator allocator = heap.pools(1, POOL_BYTES, POOLS);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void requestsFollowEachOtherInThePoolOfTheirPlaceWithoutHeaderAndLock(int place) {
        allocator.admit(HeapDemand.of(0), place);
        long start = place * POOL_BYTES;
        assertThat(allocator.allocate(100)).isEqualTo(start);
        assertThat(allocator.allocate(1)).isEqualTo(start + 112);
        assertThat(allocator.allocate(32)).isEqualTo(start + 128);
        assertThat(allocator.allocate(96)).isEqualTo(start + 160);
        assertThat(allocator.counters().lockAcquisitions()).isZero();
        assertThat(allocator.counters().cacheHits()).isEqualTo(4);
        assertThat(allocator.counters().cacheMisses()).isZero();
        assertThat(heap.allocator().peakBytes()).isZero();
    }

    @Test
    void everyRequestIsJudgedAlone() {
        allocator.admit(HeapDemand.of(0), 0);
        assertThat(allocator.allocate(200)).isEqualTo(0);
        assertThat(allocator.allocate(49)).isGreaterThanOrEqualTo(POOL_BYTES * POOLS);
        assertThat(allocator.allocate(48)).isEqualTo(208);
        assertThat(allocator.allocate(1)).isGreaterThanOrEqualTo(POOL_BYTES * POOLS);
        assertThat(allocator.counters().cacheHits()).isEqualTo(2);
        assertThat(allocator.counters().cacheMisses()).isEqualTo(2);
        assertThat(allocator.counters().lockAcquisitions()).isEqualTo(2);
    }

    @Test
    void theBytesOfABlockLieInTheHeapEvenIfThePoolHasRoom() {
        allocator.admit(HeapDemand.of(0, 64), 0);
        long block = allocator.allocate(64);
        assertThat(block).isGreaterThanOrEqualTo(POOL_BYTES * POOLS);
        assertThat(allocator.allocate(32)).isEqualTo(0);
        allocator.free(block);
        assertThat(allocator.counters().lockAcquisitions()).isEqualTo(2);
        assertThat(allocator.counters().cacheMisses()).isZero();
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    void freeingPoolMemoryDoesNothing() {
        allocator.admit(HeapDemand.of(0), 1);
        long offset = allocator.allocate(128);
        allocator.free(offset);
        assertThat(allocator.allocate(128)).isEqualTo(offset + 128);
        assertThat(allocator.counters().lockAcquisitions()).isZero();
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    void aBlockStartsWithItsPoolEmptyAgain() {
        allocator.admit(HeapDemand.of(0), 1);
        allocator.allocate(POOL_BYTES);
        assertThat(allocator.allocate(16)).isGreaterThanOrEqualTo(POOL_BYTES * POOLS);
        allocator.admit(HeapDemand.of(0), 1);
        assertThat(allocator.allocate(16)).isEqualTo(POOL_BYTES);
        assertThat(allocator.counters().cacheHits()).isEqualTo(2);
    }

    @Test
    void aBlockThatIsNotAdmittedLeavesThePoolAsItWas() {
        allocator.admit(HeapDemand.of(0), 1);
        allocator.allocate(16);
        assertThat(allocator.admit(HeapDemand.of(0, 1 << 20), 2)).isFalse();
        assertThat(allocator.allocate(16)).isEqualTo(POOL_BYTES + 16);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 240, 257, 264, 256 + 64, 256 + 128, 512, 1008})
    void aPointerIntoAPoolThatThisWorkerWasNotGivenThrows(long offset) {
        allocator.admit(HeapDemand.of(0), 1);
        allocator.allocate(64);
        assertThatExceptionOfType(InvalidFreeException.class)
                .isThrownBy(() -> allocator.free(offset))
                .withMessage(
                        "invalid free of offset "
                                + offset
                                + ": not allocated from this worker's pool");
    }

    @Test
    void aPointerBehindThePoolsIsTheSharedHeaps() {
        allocator.admit(HeapDemand.of(0), 1);
        assertThatExceptionOfType(InvalidFreeException.class)
                .isThrownBy(() -> allocator.free(POOL_BYTES * POOLS))
                .withMessageContaining("outside the heap");
    }

    @Test
    void aPieceIsUsableToItsNextSixteenBytesOrAsTheHeapSays() {
        allocator.admit(HeapDemand.of(0), 1);
        assertThat(allocator.usableSize(allocator.allocate(33), 33)).isEqualTo(48);
        long large = allocator.allocate(1000);
        assertThat(large).isGreaterThan(POOL_BYTES * POOLS);
        assertThat(allocator.usableSize(large, 999)).isEqualTo(1008);
        var shared = heap.locked(2);
        allocator.free(large);
        long whole = shared.allocate(8192 - POOL_BYTES * POOLS - 32); // 16 bytes are no chunk
        assertThat(whole).isEqualTo(POOL_BYTES * POOLS + 16);
        assertThat(allocator.usableSize(whole, 1)).isEqualTo(8192 - POOL_BYTES * POOLS - 16);
    }

    @Test
    void aBlockHasThePoolOfItsNumberAndABatchWaitsForTheOneBefore() throws Exception {
        var pools = new PoolHeap(8192, POOL_BYTES, 2);
        var demand = HeapDemand.of(1, 64);
        Reservation open = reserveAndExpectPool(pools, demand, 7, 1);
        var waiter =
                new FutureTask<>(() -> {
                    reserveAndExpectPool(pools, demand, 8, 0).close();
                    return true;
                });
        var thread = new Thread(waiter);
        thread.start();
        Waiting.untilBlockedOrEnded(thread);
        assertThat(waiter.isDone()).isFalse();
        open.close();
        assertThat(waiter.get()).isTrue();
        assertThat(pools.peakBytes()).isGreaterThanOrEqualTo(2 * POOL_BYTES + 80);
    }

    private static Reservation reserveAndExpectPool(
            PoolHeap pools, HeapDemand demand, long block, int pool) throws InterruptedException {
        var worker = (PoolAllocator) pools.attach();
        Reservation reservation = worker.reserve(demand, block);
        assertThat(worker.allocate(64)).isGreaterThan(2 * POOL_BYTES);
        assertThat(worker.allocate(32)).isEqualTo(pool * POOL_BYTES);
        return reservation;
    }

    @Test
    void aBlockThatDoesNotFitBehindThePoolsIsRefusedAtOnce() {
        var pools = new PoolHeap(8192, POOL_BYTES, 2);
        assertThatExceptionOfType(HeapTooSmallException.class)
                .isThrownBy(() -> pools.attach().reserve(HeapDemand.of(0, 8192), 0))
                .withMessageContaining("the pools and one block of 8192 bytes")
                .matches(e -> e.requiredBytes() == 2 * POOL_BYTES + 16 + 8192, "pools included");
    }

    /**
     * The bytes of the block (1024) always go to the heap, with their header 1040; then come 16,
     * 2048 and as many times 32 as there are nodes.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 511, 27664", // nothing fits: 1040 + 32 + 2064 + 511 × 48
        "16, 511, 27632", // the first request fits: 1040 + 2064 + 511 × 48
        "48, 511, 27584", // and one node: 1040 + 2064 + 510 × 48
        "2048, 511, 24608", // the array does not, but 63 nodes: 1040 + 2064 + 448 × 48
        "2064, 511, 25568", // both fit, no node: 1040 + 511 × 48
        "2080, 511, 25568", // half a node is none
        "2096, 511, 25520",
        "16384, 511, 4112", // 447 nodes fit: 1040 + 64 × 48
        "18400, 511, 1088", // all but one
        "18416, 511, 1040", // exactly all
        "18416, 512, 1088",
        "1048576, 511, 1040",
        "18416, 0, 1040"
    })
    void theHeapsShareOfABlockIsWhatDoesNotFitThePool(long poolBytes, long nodes, long bytes) {
        var demand = HeapDemand.of(nodes, 1024, 16, 2048);
        assertThat(demand.remainderAfterPool(poolBytes).footprint()).isEqualTo(bytes);
    }

    @Test
    void poolsThatWereUsedCountAsAWholeInWhatIsLiveAndInThePeak() {
        try (var pools = new PoolHeap(8192, POOL_BYTES, POOLS)) {
            assertThat(pools.liveBytes()).isZero();
            PoolAllocator first = pools.newAllocator(1);
            first.admit(HeapDemand.of(0), 1);
            first.allocate(16);
            assertThat(pools.liveBytes()).isEqualTo(2 * POOL_BYTES);
            first.allocate(POOL_BYTES); // too large for what is left of the pool
            assertThat(pools.liveBytes()).isEqualTo(2 * POOL_BYTES + POOL_BYTES + 16);
            assertThat(pools.peakBytes()).isEqualTo(pools.liveBytes());
        }
    }
}
