package io.github.huffhash.heap.strategy;

import io.github.huffhash.heap.ControlWords;
import io.github.huffhash.heap.FirstFitAllocator;
import io.github.huffhash.heap.HeapLock;
import io.github.huffhash.heap.HeapMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The native memory of a space, and room for its locks, each on cache lines of its own. */
final class NativeHeap implements AutoCloseable {
    /** Two cache lines: processors fetch them in pairs. */
    static final int LINE_BYTES = 128;

    private final Arena arena;
    private final MemorySegment segment;
    private final HeapMemory memory;

    private NativeHeap(Arena arena, long bytes) {
        this.arena = arena;
        segment = arena.allocate(bytes, LINE_BYTES);
        memory = new HeapMemory(segment);
    }

    /** A heap of {@code bytes} bytes. */
    static NativeHeap ofBytes(long bytes) {
        Arena arena = Arena.ofShared();
        try {
            return new NativeHeap(arena, bytes);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    HeapMemory memory() {
        return memory;
    }

    long size() {
        return segment.byteSize();
    }

    /** A new lock, free. */
    HeapLock newLock() {
        return new HeapLock(arena.allocate(LINE_BYTES, LINE_BYTES), 0);
    }

    /** First fit over the bytes from {@code from} to {@code to}, in offsets that start with 0. */
    FirstFitAllocator firstFit(long from, long to) {
        long bytes = to - from;
        return FirstFitAllocator.create(
                new HeapMemory(segment.asSlice(from, bytes)),
                0,
                ControlWords.inArray(FirstFitAllocator.controlWords(bytes)));
    }

    @Override
    public void close() {
        arena.close();
    }
}
