package io.github.huffhash.engine;

import io.github.huffhash.heap.ControlWords;
import io.github.huffhash.heap.FirstFitAllocator;
import io.github.huffhash.heap.HeapLock;
import io.github.huffhash.heap.HeapMemory;
import java.lang.foreign.Arena;

/** The native memory of one run: the simulated heap, with its allocator and its lock. */
final class HeapSpace implements AutoCloseable {
    private static final long LINE_BYTES = 128;

    private final Arena arena;
    private final HeapMemory memory;
    private final FirstFitAllocator heap;
    private final HeapLock lock;

    private HeapSpace(Arena arena, long heapBytes, long poolsBytes) {
        this.arena = arena;
        memory = HeapMemory.of(arena.allocate(heapBytes, LINE_BYTES));
        var control = ControlWords.inArray(FirstFitAllocator.controlWords(heapBytes));
        heap = FirstFitAllocator.create(memory, poolsBytes, control);
        lock = HeapLock.ofThreads();
    }

    /**
     * A heap that is all free.
     *
     * @param heapBytes its size
     * @param poolsBytes how much of it, at the bottom, is left to pools
     */
    static HeapSpace open(long heapBytes, long poolsBytes) {
        Arena arena = Arena.ofShared();
        try {
            return new HeapSpace(arena, heapBytes, poolsBytes);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
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

    @Override
    public void close() {
        arena.close();
    }
}
