package io.github.huffhash.heap;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Native memory of less than 2 GiB: what heaps usually are.
 *
 * <p>It is a segment's, seen as buffers. The JVM's first compiler makes less code of an access to a
 * buffer, and an access to a segment takes a handle that the JVM needs milliseconds to make.
 */
final class BufferMemory extends HeapMemory {
    private final MemorySegment segment;
    private final ByteBuffer buffer;
    private final LongBuffer words;

    private BufferMemory(MemorySegment segment) {
        this.segment = segment;
        buffer = segment.asByteBuffer();
        words = buffer.order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    static HeapMemory over(MemorySegment segment) {
        return new BufferMemory(segment);
    }

    @Override
    public long size() {
        return segment.byteSize();
    }

    @Override
    public long get(long offset) {
        return words.get(index(offset));
    }

    @Override
    public void set(long offset, long value) {
        words.put(index(offset), value);
    }

    @Override
    public void write(long offset, byte[] bytes, int length) {
        buffer.put((int) Math.min(offset, Integer.MAX_VALUE), bytes, 0, length);
    }

    @Override
    public void read(long offset, byte[] bytes, int length) {
        buffer.get((int) Math.min(offset, Integer.MAX_VALUE), bytes, 0, length);
    }

    @Override
    public void write(long offset, long[] source, int count) {
        words.put(index(offset), source, 0, count);
    }

    @Override
    public void read(long offset, long[] target, int count) {
        words.get(index(offset), target, 0, count);
    }

    /** What lies beyond all buffers has an index that lies beyond all buffers. */
    private static int index(long offset) {
        return (int) Math.min(offset >>> 3, Integer.MAX_VALUE);
    }

    @Override
    public void write(long offset, MemorySegment source, long sourceOffset, int length) {
        MemorySegment.copy(source, sourceOffset, segment, offset, length);
    }
}
