package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;

/** A heap in native memory. */
abstract class StrategyHeap extends Heap {
    private final NativeHeap heap;

    StrategyHeap(NativeHeap heap) {
        this(heap, heap.size());
    }

    StrategyHeap(NativeHeap heap, long bytes) {
        super(bytes);
        this.heap = heap;
    }

    @Override
    public HeapMemory memory() {
        return heap.memory();
    }

    @Override
    public void close() {
        heap.close();
    }
}
