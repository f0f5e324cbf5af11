package io.github.huffhash.engine;

import io.github.huffhash.heap.ControlWords;
import io.github.huffhash.heap.FirstFitAllocator;
import io.github.huffhash.heap.HeapLock;
import io.github.huffhash.heap.HeapMemory;

/** The simulated heap of one run, with its allocator and its lock. */
final class HeapSpace {
    private final HeapMemory memory;
    private final FirstFitAllocator heap;
    private final HeapLock lock = HeapLock.ofThreads();

    /**
     * A heap that is all free.
     *
     * @param heapBytes its size
     * @param poolsBytes how much of it, at the bottom, is left to pools
     */
    HeapSpace(long heapBytes, long poolsBytes) {
        memory = HeapMemory.allocate(heapBytes);
        var control = ControlWords.inArray(FirstFitAllocator.controlWords(heapBytes));
        heap = FirstFitAllocator.create(memory, poolsBytes, control);
    }

    HeapMemory memory() {
        return memory;
    }

    FirstFitAllocator heap() {
        return heap;
    }

    HeapLock lock() {
        return lock;
    }
}
