package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The words in which an allocator keeps its state, apart from the heap it manages: an array within
 * one process, shared memory between several.
 */
public final class ControlWords {
    private final long[] array;

    /** Where the words lie that are not in the array. */
    private final Optional<HeapMemory> memory;

    private ControlWords(long[] array, Optional<HeapMemory> memory) {
        this.array = array;
        this.memory = memory;
    }

    /** Words of an array, all zero. */
    public static ControlWords inArray(int count) {
        return new ControlWords(new long[count], Optional.empty());
    }

    /** The words of a segment, 8-byte aligned, as they are. */
    public static ControlWords inSegment(MemorySegment segment) {
        return new ControlWords(new long[0], Optional.of(HeapMemory.of(segment)));
    }

    /** The word with this index. */
    long get(int index) {
        return index < array.length ? array[index] : getShared(index);
    }

    /** Sets the word with this index. */
    void set(int index, long value) {
        if (index < array.length) {
            array[index] = value;
        } else {
            setShared(index, value);
        }
    }

    private long getShared(int index) {
        return memory.orElseThrow().get((long) index * Long.BYTES);
    }

    private void setShared(int index, long value) {
        memory.orElseThrow().set((long) index * Long.BYTES, value);
    }
}
