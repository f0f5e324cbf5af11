package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free chunks that first fit looks at. */
class StepsWalkedTest {
    /** Three free chunks of 32, 64 and 800 bytes, with allocated ones between them. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void requestsLookAtChunksInOrderAndFreesAtAllBelowIfTheyWalk(boolean walks, int walked) {
        FirstFitHeap heap = FirstFitHeap.ofOneThread(1024, walks);
        ThreadAllocator allocator = heap.attach();
        long first = allocator.allocate(16);
        long second = allocator.allocate(16);
        long third = allocator.allocate(48);
        long fourth = allocator.allocate(48);
        assertThat(heap.stepsWalked()).isEqualTo(4); // one chunk each

        allocator.free(first); // the list's new beginning
        assertThat(heap.stepsWalked()).isEqualTo(4);
        allocator.free(third); // behind one chunk
        assertThat(heap.stepsWalked()).isEqualTo(4 + walked);

        assertThat(allocator.allocate(40)).isEqualTo(third); // the second chunk
        assertThat(heap.stepsWalked()).isEqualTo(6 + walked);
        assertThat(allocator.allocate(2000)).isEqualTo(HeapMemory.NULL); // neither of two
        assertThat(heap.stepsWalked()).isEqualTo(8 + walked);
        allocator.free(second); // behind one chunk, with which it merges
        assertThat(heap.stepsWalked()).isEqualTo(8 + 2 * walked);
        allocator.free(fourth); // behind that one
        assertThat(heap.stepsWalked()).isEqualTo(8 + 3 * walked);
    }
}
