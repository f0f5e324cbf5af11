package io.github.huffhash.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** Memory that is no {@link BufferMemory}: arrays, and 2 GiB and more. */
final class SegmentMemory extends HeapMemory {
    // Unaligned ones are not checked for their alignment
    private static final VarHandle WORD = JAVA_LONG_UNALIGNED.varHandle().withInvokeExactBehavior();

    private final MemorySegment segment;

    private SegmentMemory(MemorySegment segment) {
        this.segment = segment;
    }

    static HeapMemory over(MemorySegment segment) {
        return new SegmentMemory(segment);
    }

    @Override
    public long size() {
        return segment.byteSize();
    }

    @Override
    public long get(long offset) {
        return (long) WORD.get(segment, offset);
    }

    @Override
    public void set(long offset, long value) {
        WORD.set(segment, offset, value);
    }

    @Override
    public void write(long offset, byte[] bytes, int length) {
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, offset, length);
    }

    @Override
    public void read(long offset, byte[] bytes, int length) {
        MemorySegment.copy(segment, JAVA_BYTE, offset, bytes, 0, length);
    }

    @Override
    public void write(long offset, long[] words, int count) {
        MemorySegment.copy(words, 0, segment, JAVA_LONG_UNALIGNED, offset, count);
    }

    @Override
    public void read(long offset, long[] words, int count) {
        MemorySegment.copy(segment, JAVA_LONG_UNALIGNED, offset, words, 0, count);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        MemorySegment.copy(MemorySegment.ofBuffer(source), 0, segment, offset, source.remaining());
    }
}
