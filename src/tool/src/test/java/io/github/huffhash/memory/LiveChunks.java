package io.github.huffhash.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * What one thread holds of a heap. Every chunk is filled with a mark of its own and looked at again
 * before it is freed, so that nobody else can have been given it or have written into it.
 */
public final class LiveChunks {
    private record Chunk(long offset, long bytes, long mark) {}

    private final ThreadAllocator allocator;
    private final HeapMemory memory;
    private final ShadowMap shadow;
    private final int owner;
    private final List<Chunk> chunks = new ArrayList<>();
    private int marks;

    /** Nothing yet, for the thread with the number {@code owner}, not 0. */
    public LiveChunks(ThreadAllocator allocator, HeapMemory memory, ShadowMap shadow, int owner) {
        this.allocator = allocator;
        this.memory = memory;
        this.shadow = shadow;
        this.owner = owner;
    }

    /** Allocates {@code bytes} bytes and writes them all; false if the heap had no room. */
    public boolean allocate(long bytes) {
        long offset = allocator.allocate(bytes);
        if (offset == HeapMemory.NULL) {
            return false;
        }
        var chunk = new Chunk(offset, HeapMemory.aligned(bytes), ((long) owner << 32) + ++marks);
        shadow.claim(offset, chunk.bytes, owner);
        for (long at = offset; at < offset + chunk.bytes; at += Long.BYTES) {
            memory.set(at, chunk.mark);
        }
        chunks.add(chunk);
        return true;
    }

    /** Frees the chunk with this index; the last one takes its index. */
    public void free(int index) {
        free(index, allocator);
    }

    /** The same through somebody else's allocator. */
    public void free(int index, ThreadAllocator other) {
        Chunk chunk = chunks.get(index);
        Chunk last = chunks.removeLast();
        if (index < chunks.size()) {
            chunks.set(index, last);
        }
        for (long at = chunk.offset; at < chunk.offset + chunk.bytes; at += Long.BYTES) {
            if (memory.get(at) != chunk.mark) {
                throw new AssertionError("offset " + at + " was overwritten: " + chunk);
            }
        }
        shadow.giveBack(chunk.offset, chunk.bytes, owner);
        other.free(chunk.offset);
    }

    /** Frees everything. */
    public void freeAll() {
        while (count() > 0) {
            free(count() - 1);
        }
    }

    /** How many chunks there are. */
    public int count() {
        return chunks.size();
    }
}
