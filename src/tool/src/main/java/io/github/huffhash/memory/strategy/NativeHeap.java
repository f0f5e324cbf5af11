package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.HeapMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The native memory of a space. */
final class NativeHeap implements AutoCloseable {
    /** Two cache lines: processors fetch them in pairs. */
    static final int LINE_BYTES = 128;

    private final Arena arena;
    private final MemorySegment segment;
    private final HeapMemory memory;

    private NativeHeap(Arena arena, long bytes) {
        this.arena = arena;
        segment = arena.allocate(bytes, LINE_BYTES);
        memory = HeapMemory.of(segment);
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

    /** First fit over the bytes from {@code from} to {@code to}, in offsets that start with 0. */
    FirstFitAllocator firstFit(long from, long to) {
        long bytes = to - from;
        return FirstFitAllocator.create(HeapMemory.of(segment.asSlice(from, bytes)), 0, bytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
