package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Heap;

/** A kind of heap that can be compared with others. */
public interface HeapKind {
    /** Its name in tables. */
    String label();

    /** Whether its pieces lie in a heap of the size asked for. */
    default boolean hasHeap() {
        return true;
    }

    /** Makes a heap that is all free. */
    Heap open(long bytes);
}
