package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;

/** The measured loops: each goes once through a worker's tape. */
interface TapeLoop {
    /** Pieces in a batch. */
    int BATCH = 256;

    /** Pieces alive in the tight loop, a power of two. */
    int WINDOW = 16;

    /** Allocates and frees. */
    void oneAtATime(Allocator allocator, Desk desk);

    /** Allocates a batch, then frees it. */
    void inBatches(Allocator allocator, Desk desk);

    /** Frees what was allocated a window before, and allocates. */
    void tightLoop(Allocator allocator, Desk desk);

    /** Frees an object at random, or the next of a visiting array, and allocates another. */
    void replacement(Allocator allocator, Desk desk);

    /**
     * Loops of which the JVM compiles a copy for whoever calls this: a loop that has seen many
     * allocators calls each of them through a table, where a loop that knows one has it inlined.
     */
    static TapeLoop newCopy() {
        return PlainTapeLoop.newCopy();
    }
}
