package io.github.huffhash.memory;

/**
 * The headers of the chunks of a first-fit heap, in the heap itself.
 *
 * <pre>
 * allocated chunk   | size (8) | magic (8) | payload, size bytes ...
 * free chunk        | size (8) | next  (8) | unused, size bytes ...       next = NULL in the last one
 * </pre>
 */
final class ChunkHeaders {
    /** Header of an allocated chunk, and of a free one. */
    static final int BYTES = 16;

    /** Marks an allocated chunk. */
    static final long MAGIC = 0xDEADBEEFL;

    private static final int SIZE = 0;
    private static final int MAGIC_OR_NEXT = SIZE + Long.BYTES;

    private final HeapMemory memory;

    ChunkHeaders(HeapMemory memory) {
        this.memory = memory;
    }

    long size(long chunk) {
        return memory.get(chunk + SIZE);
    }

    long next(long chunk) {
        return memory.get(chunk + MAGIC_OR_NEXT);
    }

    void setNext(long chunk, long next) {
        memory.set(chunk + MAGIC_OR_NEXT, next);
    }

    boolean hasMagic(long chunk) {
        return memory.get(chunk + MAGIC_OR_NEXT) == MAGIC;
    }

    void setAllocated(long chunk, long size) {
        setFree(chunk, size, MAGIC);
    }

    void setFree(long chunk, long size, long next) {
        memory.set(chunk + SIZE, size);
        memory.set(chunk + MAGIC_OR_NEXT, next);
    }
}
