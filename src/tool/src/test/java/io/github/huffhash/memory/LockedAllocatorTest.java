package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Waiting;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockedAllocatorTest extends AllocatorContract {
    @Override
    ThreadAllocator over(TestHeap testHeap) {
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
        assertThat(allocator.counters().lockAcquisitions()).isEqualTo(5);
        assertThat(allocator.counters().lock().contended()).isZero();
        assertThat(allocator.counters().lock().waitNanos()).isZero();
    }

    @Test
    void theRequestsOfAnAdmittedBlockAreCountedOnceEach() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(3, 100, 16, 200))).isTrue();
        long block = allocator.allocate(100);
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
        assertThat(allocator.counters().lockAcquisitions()).isEqualTo(12);
        assertThat(allocator.counters().lock().holds()).isEqualTo(10);
        assertThat(allocator.counters().allocations()).isEqualTo(6);
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    void anAttemptThatIsNotAdmittedIsNotCounted() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(0, 5000))).isFalse();
        assertThat(allocator.admit(HeapDemand.of(100, 100))).isFalse();
        assertThat(allocator.counters()).isEqualTo(Counters.NONE);
        assertThat(heap.allocator().peakBytes()).isZero();
    }

    @Test
    void theFirstFreeReturnsWhatWasPromisedAndNotUsed() {
        var heap = TestHeap.ofBytes(4800);
        var one = heap.locked(1);
        var other = heap.locked(2);
        assertThat(one.admit(HeapDemand.of(90, 16))).isTrue();
        long block = one.allocate(16);
        long node = one.allocate(32);
        assertThat(other.admit(HeapDemand.of(90, 16))).isFalse();
        one.free(node);
        assertThat(other.admit(HeapDemand.of(90, 16))).isTrue();
        other.free(other.allocate(16));
        one.free(block);
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    @Timeout(20)
    void aLockThatIsHeldIsWaitedForAndThatIsCounted() throws InterruptedException {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        heap.lock().acquire(2);
        var waiter = new Thread(() -> allocator.free(allocator.allocate(100)));
        waiter.start();
        Waiting.untilBlockedOrEnded(waiter);
        heap.lock().release();
        waiter.join();
        assertThat(allocator.counters().lockAcquisitions()).isEqualTo(2);
        assertThat(allocator.counters().lock().contended()).isEqualTo(1);
        assertThat(allocator.counters().lock().waitNanos()).isPositive();
    }

    @Test
    @Timeout(20)
    void anAdmissionThatWaitsForTheLockIsOneWaitOfAllItsRequests() throws InterruptedException {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        heap.lock().acquire(2);
        var waiter = new Thread(() -> allocator.admit(HeapDemand.of(1, 100, 16, 200)));
        waiter.start();
        Waiting.untilBlockedOrEnded(waiter);
        heap.lock().release();
        waiter.join();
        LockUse use = allocator.counters().lock();
        assertThat(use).isEqualTo(new LockUse(3, 1, 1, use.waitNanos(), use.waitNanos()));
        assertThat(use.waitNanos()).isPositive();
    }

    @Test
    @Timeout(20)
    void aReservationWaitsUntilOthersHaveLeftRoom() throws Exception {
        var heap = FirstFitHeap.ofThreads(1024, false);
        var demand = HeapDemand.of(10, 300);
        ThreadAllocator one = heap.attach();
        Reservation open = one.reserve(demand, 0);
        var other = new FutureTask<>(() -> heap.attach().reserve(demand, 1));
        var thread = new Thread(other);
        thread.start();
        Waiting.untilBlockedOrEnded(thread);
        assertThat(other.isDone()).isFalse();
        long block = one.allocate(300);
        assertThat(one.usableSize(block, 300)).isEqualTo(304);
        one.free(block);
        open.close();
        other.get().close();
        assertThatExceptionOfType(HeapTooSmallException.class)
                .isThrownBy(() -> one.reserve(HeapDemand.of(0, 1024), 2))
                .withMessageContaining("one block of 1024 bytes");
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
