package io.github.huffhash.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Native memory of less than 2 GiB, as a buffer: what heaps usually are.
 *
 * <p>The JVM's first compiler makes less code of an access to a buffer than of one to a segment,
 * which also takes a handle that the JVM needs milliseconds to make.
 */
final class BufferMemory extends HeapMemory {
    private final ByteBuffer bytes;
    private final LongBuffer words;
    private final int wordCount;

    private BufferMemory(ByteBuffer bytes) {
        this.bytes = bytes;
        words = bytes.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer();
        wordCount = words.capacity();
    }

    static HeapMemory over(ByteBuffer buffer) {
        return new BufferMemory(buffer);
    }

    @Override
    public long size() {
        return bytes.capacity();
    }

    @Override
    public long get(long offset) {
        return words.get(word(offset));
    }

    @Override
    public void set(long offset, long value) {
        words.put(word(offset), value);
    }

    @Override
    public void write(long offset, byte[] source, int length) {
        bytes.put(index(offset), source, 0, length);
    }

    @Override
    public void read(long offset, byte[] target, int length) {
        bytes.get(index(offset), target, 0, length);
    }

    @Override
    public void write(long offset, long[] source, int count) {
        words.put(index(offset >>> WORD_SHIFT), source, 0, count);
    }

    @Override
    public void read(long offset, long[] target, int count) {
        words.get(index(offset >>> WORD_SHIFT), target, 0, count);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        bytes.put(index(offset), source, source.position(), source.remaining());
    }

    /** The index of the word at {@code offset}. */
    private int word(long offset) {
        long word = offset >>> WORD_SHIFT; // that of what lies below 0 is beyond the end
        if (word >= wordCount) {
            throw outOfBounds(offset);
        }
        return (int) word;
    }

    private IndexOutOfBoundsException outOfBounds(long offset) {
        return new IndexOutOfBoundsException(
                "out of bounds: the word at " + offset + " of " + size() + " bytes");
    }

    /** What lies beyond all buffers has an index that lies beyond all buffers. */
    private static int index(long place) {
        return (int) Math.min(place, Integer.MAX_VALUE);
    }
}
