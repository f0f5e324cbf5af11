package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Blocks wait until a heap that can only count them has room. */
class ReservationTest {
    /** Of a heap of one thread. */
    private static final HeapDemand DEMAND = HeapDemand.of(10, 80);

    /** Room for two blocks. */
    private final Heap heap = Strategy.ARENA.open(64 << 10);

    private final HeapDemand half = HeapDemand.of(0, (32 << 10) - 16);
    private final ThreadAllocator allocator = heap.attach();
    private Thread thread = Thread.currentThread();

    private FutureTask<Reservation> waiting(Callable<Reservation> reservation) {
        var task = new FutureTask<>(reservation);
        thread = new Thread(task);
        thread.start();
        untilItWaits();
        return task;
    }

    private void untilItWaits() {
        Waiting.until("a thread that waits", () -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void noMoreBlocksAreAdmittedThanFillTheHeap() throws Exception {
        Reservation first = allocator.reserve(half, 0);
        Reservation second = allocator.reserve(half, 1);
        var third = waiting(() -> allocator.reserve(half, 2));
        first.close();
        third.get().close();
        second.close();
    }

    @Test
    void aBlockLargerThanTheHeapIsAdmittedAlone() throws Exception {
        HeapDemand large = HeapDemand.of(0, 1 << 20);
        Reservation first = allocator.reserve(large, 0);
        var second = waiting(() -> allocator.reserve(large, 1));
        first.close();
        second.get().close();
    }

    @Test
    void anExclusiveReservationWaitsForTheOthersAndFindsTheHeapRecycled() throws Exception {
        Reservation first = allocator.reserve(half, 0);
        Reservation second = allocator.reserve(half, 1);
        while (allocator.allocate(1024) != HeapMemory.NULL) {
            // until the arena is full
        }
        var alone = waiting(allocator::reserveExclusively);
        first.close();
        untilItWaits();
        assertThat(alone.isDone()).isFalse();
        second.close();
        Reservation exclusive = alone.get();
        assertThat(allocator.allocate(1024)).isNotEqualTo(HeapMemory.NULL);

        var next = waiting(() -> allocator.reserve(half, 2));
        exclusive.close();
        next.get().close();
    }

    @Test
    void noTwoBlocksAreAloneInAHeap() throws Exception {
        Reservation first = allocator.reserveExclusively();
        var second = waiting(allocator::reserveExclusively);
        first.close();
        second.get().close();
        allocator.reserve(half, 0).close();
    }

    @Test
    void aBlockThatWaitsToBeAloneLetsNoneInUntilItIsInterrupted() throws Exception {
        Reservation first = allocator.reserve(half, 0);
        var alone = waiting(allocator::reserveExclusively);
        Thread exclusive = thread;
        var second = waiting(() -> allocator.reserve(half, 1));
        exclusive.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(alone::get)
                .withCauseInstanceOf(InterruptedException.class);
        second.get().close();
        first.close();
        allocator.reserveExclusively().close();
        allocator.reserve(half, 2).close();
    }

    @Test
    void aHeapOfOneThreadThatIsTooSmallSaysWhatWouldDo() {
        long least = DEMAND.footprint();
        var small = FirstFitHeap.ofOneThread(least - 16, false).attach();
        assertThatExceptionOfType(HeapTooSmallException.class)
                .isThrownBy(() -> small.reserve(DEMAND, 0))
                .withMessage(
                        "a heap of %d bytes is too small: it takes %d for one block of 80 bytes",
                        least - 16, least)
                .satisfies(e -> assertThat(e.requiredBytes()).isEqualTo(least));
    }

    @Test
    void aHeapOfOneThreadIsUsedWithoutItsLock() throws Exception {
        FirstFitHeap single = FirstFitHeap.ofOneThread(DEMAND.footprint(), false);
        ThreadAllocator only = single.attach();
        try (Reservation _ = only.reserve(DEMAND, 0)) {
            long piece = only.allocate(33);
            assertThat(only.usableSize(piece, 33)).isEqualTo(48);
            assertThat(single.liveBytes()).isEqualTo(64);
            assertThat(single.isArena()).isFalse();
            only.free(piece);
        }
        assertThat(single.liveBytes()).isZero();
        assertThat(single.locks()).containsExactly(single.lock());
        assertThat(only.counters().lockAcquisitions()).isZero();
        assertThat(only.counters().allocations()).isEqualTo(1);
        assertThat(only.counters().frees()).isEqualTo(1);
    }
}
