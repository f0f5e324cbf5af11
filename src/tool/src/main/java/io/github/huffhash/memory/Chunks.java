package io.github.huffhash.memory;

import static io.github.huffhash.memory.FirstFitState.HEAD;
import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FirstFitAllocator.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of a first-fit heap by their headers, which lie in the heap itself, and the list that
 * the free ones form.
 *
 * <pre>
 * allocated chunk   | size (8) | magic (8) | payload, size bytes ...
 * free chunk        | size (8) | next  (8) | unused, size bytes ...       next = NULL in the last one
 * </pre>
 */
final class Chunks {
    private static final int SIZE = 0;
    private static final int MAGIC_OR_NEXT = SIZE + Long.BYTES;

    private final HeapMemory memory;
    private final FirstFitState state;

    /** Free chunks looked at so far, through this object. */
    private long steps;

    Chunks(HeapMemory memory, FirstFitState state) {
        this.memory = memory;
        this.state = state;
    }

    long size(long chunk) {
        return memory.get(chunk + SIZE);
    }

    boolean hasMagic(long chunk) {
        return memory.get(chunk + MAGIC_OR_NEXT) == FirstFitAllocator.MAGIC;
    }

    void setAllocated(long chunk, long size) {
        setFree(chunk, size, FirstFitAllocator.MAGIC);
    }

    void setFree(long chunk, long size, long next) {
        memory.set(chunk + SIZE, size);
        memory.set(chunk + MAGIC_OR_NEXT, next);
    }

    /** The first free chunk, or NULL. */
    long first() {
        return state.get(HEAD);
    }

    /** The free chunk after another, or NULL. */
    long next(long chunk) {
        return memory.get(chunk + MAGIC_OR_NEXT);
    }

    /** Lets a chunk, or NULL, follow a free one, or be the first if that is NULL. */
    void link(long previous, long chunk) {
        if (previous == NULL) {
            state.set(HEAD, chunk);
        } else {
            memory.set(previous + MAGIC_OR_NEXT, chunk);
        }
    }

    /** The last free chunk below, or NULL, as the reference finds it. */
    long walkTo(long end) {
        long previous = NULL;
        for (long chunk = first(); chunk != NULL && chunk < end; chunk = next(chunk)) {
            previous = chunk;
            steps++;
        }
        return previous;
    }

    void countSteps(int walked) {
        steps += walked;
    }

    long steps() {
        return steps;
    }

    /** The free list, in its order. */
    List<Chunk> free() {
        List<Chunk> chunks = new ArrayList<>();
        for (long chunk = first(); chunk != NULL; chunk = next(chunk)) {
            chunks.add(new Chunk(chunk, size(chunk) + FirstFitAllocator.HEADER_BYTES));
        }
        return chunks;
    }
}
