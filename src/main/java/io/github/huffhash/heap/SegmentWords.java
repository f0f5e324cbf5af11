package io.github.huffhash.heap;

import java.lang.foreign.MemorySegment;

/**
 * {@link ControlWords} in memory that several processes share; whoever holds the heap's lock reads
 * and writes them.
 */
final class SegmentWords implements ControlWords {
    private final HeapMemory memory;

    SegmentWords(MemorySegment segment) {
        memory = new HeapMemory(segment);
    }

    @Override
    public long get(int index) {
        return memory.get((long) index * Long.BYTES);
    }

    @Override
    public void set(int index, long value) {
        memory.set((long) index * Long.BYTES, value);
    }
}
