package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The words of a mapped file. Accessed through a buffer: the JVM needs milliseconds to make its
 * first handle for segments.
 */
final class MappedWords implements HeapMemory.Words {
    private final LongBuffer words;
    private final int wordCount;
    private final long bytes;

    MappedWords(MemorySegment mapped) {
        bytes = mapped.byteSize();
        words =
                mapped.asSlice(0, Math.min(bytes, HeapMemory.MAX_MAPPED_BYTES))
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asLongBuffer();
        wordCount = words.capacity();
    }

    @Override
    public long size() {
        return bytes;
    }

    @Override
    public long get(long offset) {
        return words.get(index(offset));
    }

    @Override
    public void set(long offset, long value) {
        words.put(index(offset), value);
    }

    private int index(long offset) {
        long index =
                offset >>> HeapMemory.WORD_SHIFT; // that of a negative offset is beyond the end
        if (index >= wordCount) {
            throw HeapMemory.outOfBounds(offset, bytes);
        }
        return (int) index;
    }
}
