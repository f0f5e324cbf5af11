package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is free, against counts made by hand. */
class FreeSpaceTest {
    private static final int PAGE = PageHeap.PAGE_BYTES;

    /**
     * Three pieces of 2000 bytes in 1 MiB, the middle one freed: the bytes that are free before,
     * with three pieces, and without the middle one; then the largest piece at these times.
     */
    @ParameterizedTest
    @CsvSource({
        // 2000 bytes and a header of 16 each
        "FIRST_FIT,     1048576, 1042528, 1044544, 1048576, 1042528, 1042528",
        // four stripes of 256 KiB, the first is used
        "STRIPED,       1048576, 1042528, 1044544, 262144, 262144, 262144",
        "OPPORTUNISTIC, 1048576, 1042528, 1044544, 1048576, 1042528, 1042528",
        // 32 pools of 16 KiB and first fit: a pool is taken, and its pieces do not come back
        "BUMP_POOLS,   1048576, 1032192, 1032192, 524288, 524288, 524288",
        // a page of eight pieces of 2048
        "SIZE_CLASS,    1048576, 1032192, 1032192, 1048576, 1032192, 1032192",
        "SLAB,          1048576, 1032192, 1032192, 1048576, 1032192, 1032192",
        "SLAB_POOL,     1048576, 1032192, 1032192, 1048576, 1032192, 1032192",
        "ARENA,         1048576, 1042576, 1042576, 1048576, 1042576, 1042576",
        // what the first piece takes, and a 256th of the heap, are claimed at once
        "JAVA,          1048576, 1042464, 1042464, 1048576, 1042464, 1042464",
        "MALLOC,        0, 0, 0, 0, 0, 0"
    })
    void freeBytesAreWhatIsLeft(
            Strategy strategy,
            long before,
            long withThree,
            long withTwo,
            long largestBefore,
            long largestWithThree,
            long largestWithTwo) {
        try (Heap heap = strategy.open(1 << 20)) {
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(before, largestBefore));
            ThreadAllocator worker = heap.attach();
            long[] pieces = {worker.allocate(2000), worker.allocate(2000), worker.allocate(2000)};
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(withThree, largestWithThree));
            worker.free(pieces[1]);
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(withTwo, largestWithTwo));
            worker.free(pieces[0]);
            worker.free(pieces[2]);
            heap.recycle();
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(before, largestBefore));
        }
    }

    @ParameterizedTest
    @CsvSource({"SIZE_CLASS", "SLAB", "SLAB_POOL"})
    void theLargestRunOfPagesIsFoundWhereverItIs(Strategy strategy) {
        try (Heap heap = strategy.open((66 + 65 + 67 + 69) * (long) PAGE)) {
            ThreadAllocator worker = heap.attach();
            long first = worker.allocate(66 * PAGE);
            long second = worker.allocate(65 * PAGE);
            worker.allocate(67 * PAGE);
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(69 * PAGE, 69 * PAGE));
            worker.free(second);
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(134 * PAGE, 69 * PAGE));
            assertThat(heap.freeSpace().fragmentation()).isEqualTo(1 - 69.0 / 134);
            worker.free(first);
            assertThat(heap.freeSpace()).isEqualTo(new FreeSpace(200 * PAGE, 131 * PAGE));
            assertThat(heap.peakBytes()).isEqualTo(198 * PAGE);
        }
    }

    @Test
    void aThreadGoesOnToTheOtherStripesWhenItsOwnIsFull() {
        try (Heap heap = Strategy.STRIPED.open(1 << 20)) { // four stripes
            ThreadAllocator worker = heap.attach();
            for (int i = 0; i < 4; i++) {
                assertThat(worker.allocate(200_000)).isNotEqualTo(HeapMemory.NULL);
                assertThat(worker.counters().fallbacks()).isEqualTo(i);
            }
            assertThat(worker.allocate(200_000)).isEqualTo(HeapMemory.NULL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "262144, 1",
        "524287, 1",
        "524288, 2",
        "1048672, 4",
        "4194304, 16",
        "8388608, 16",
        "1000, 1"
    })
    void aStripeHas256KiBOrMore(long heapBytes, int stripes) {
        try (Heap heap = Strategy.STRIPED.open(heapBytes)) {
            assertThat(heap.locks()).hasSize(stripes);
            assertThat(heap.capacity()).isEqualTo(heapBytes & -16);
        }
    }
}
