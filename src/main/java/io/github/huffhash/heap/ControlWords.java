package io.github.huffhash.heap;

import java.lang.foreign.MemorySegment;

/**
 * The words in which an allocator keeps its state, apart from the heap it manages: an array within
 * one process, shared memory between several.
 */
public interface ControlWords {
    /** The word with this index. */
    long get(int index);

    /** Sets the word with this index. */
    void set(int index, long value);

    /** Words of an array, all zero. */
    static ControlWords inArray(int count) {
        return new ArrayWords(new long[count]);
    }

    /** The words of a segment, 8-byte aligned, as they are. */
    static ControlWords inSegment(MemorySegment segment) {
        return new SegmentWords(segment);
    }
}
