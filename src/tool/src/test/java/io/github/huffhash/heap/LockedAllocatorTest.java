package io.github.huffhash.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockedAllocatorTest extends AllocatorContract {
    @Override
    Allocator over(TestHeap testHeap) {
        return testHeap.locked(1);
    }

    @Test
    void everyAllocateAndEveryFreeTakesTheLockOnce() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        long first = allocator.allocate(100);
        long second = allocator.allocate(100);
        allocator.allocate(5000); // in vain, but it had to look
        allocator.free(first);
        allocator.free(second);
        assertThat(allocator.statistics().lockAcquisitions()).isEqualTo(5);
        assertThat(allocator.statistics().contendedAcquisitions()).isZero();
        assertThat(allocator.statistics().lockWaitNanos()).isZero();
    }

    @Test
    void theRequestsOfAnAdmittedBlockAreCountedOnceEach() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(3, 100, 16, 200), 0)).isTrue();
        long block = allocator.allocateBlock(100);
        long[] rest = {
            allocator.allocate(16),
            allocator.allocate(200),
            allocator.allocate(32),
            allocator.allocate(32),
            allocator.allocate(32)
        };
        allocator.free(block);
        for (long offset : rest) {
            allocator.free(offset);
        }
        assertThat(allocator.statistics().lockAcquisitions()).isEqualTo(12);
        assertThat(heap.allocator().statistics().allocations()).isEqualTo(6);
        assertThat(heap.allocator().isOneFreeChunk()).isTrue();
    }

    @Test
    void anAttemptThatIsNotAdmittedIsNotCounted() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(0, 5000), 0)).isFalse();
        assertThat(allocator.admit(HeapDemand.of(100, 100), 0)).isFalse();
        assertThat(allocator.statistics()).isEqualTo(HeapStatistics.NONE);
        assertThat(heap.allocator().statistics()).isEqualTo(HeapStatistics.NONE);
    }

    @Test
    void theFirstFreeReturnsWhatWasPromisedAndNotUsed() {
        var heap = TestHeap.ofBytes(4800);
        var one = heap.locked(1);
        var other = heap.locked(2);
        assertThat(one.admit(HeapDemand.of(90, 16), 0)).isTrue();
        long block = one.allocateBlock(16);
        long node = one.allocate(32);
        assertThat(other.admit(HeapDemand.of(90, 16), 0)).isFalse();
        one.free(node);
        assertThat(other.admit(HeapDemand.of(90, 16), 0)).isTrue();
        other.free(other.allocateBlock(16));
        one.free(block);
        assertThat(heap.allocator().isOneFreeChunk()).isTrue();
    }

    @Test
    @Timeout(20)
    void aFailureGivesTheLockBack() {
        var heap = TestHeap.ofBytes(4096);
        var one = heap.locked(1);
        assertThatExceptionOfType(InvalidFreeException.class).isThrownBy(() -> one.free(16));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> one.allocate(0));
        assertThat(heap.locked(2).allocate(100)).isEqualTo(16);
    }
}
