package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class UnboundedHeapTest {
    private final UnboundedHeap heap = new UnboundedHeap(1024, false);

    private static HeapExhaustedException failure(ThreadAllocator allocator, long bytes) {
        return catchThrowableOfType(HeapExhaustedException.class, () -> allocator.allocate(bytes));
    }

    @Test
    void theFirstRequestThatFindsNoRoomTellsOfItAndAllLaterOnesAreItsConsequence()
            throws Exception {
        ThreadAllocator first = heap.attach();
        ThreadAllocator second = heap.attach();
        first.reserve(HeapDemand.NONE, 4);
        try (Reservation _ = second.reserve(HeapDemand.NONE, 5)) {
            long piece = first.allocate(240);
            first.allocate(240);
            first.free(piece);

            HeapExhaustedException failure = failure(second, 700);

            assertThat(failure)
                    .hasMessage(
                            "heap exhausted at block 5: 700 bytes asked for, 2 threads inside,"
                                    + " 768 bytes free, largest free chunk 512");
            assertThat(failure(first, 600)).isSameAs(failure);
        }
        assertThat(first.counters().allocations()).isEqualTo(2);
        assertThat(first.counters().lockAcquisitions()).isEqualTo(4);
        assertThat(first.allocate(100)).isNotEqualTo(HeapMemory.NULL); // the lock is free
    }

    @Test
    void blocksThatHaveEndedAreNotInside() throws Exception {
        ThreadAllocator allocator = heap.attach();
        allocator.reserve(HeapDemand.NONE, 0).close();
        allocator.reserve(HeapDemand.NONE, 1);
        assertThat(failure(allocator, 2000))
                .hasMessageStartingWith(
                        "heap exhausted at block 1: 2000 bytes asked for, 1 thread inside,");
    }
}
