package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The 8-byte words of memory that processes share, by the offset of their first byte; those of
 * almost its first 2 GiB. Accessed through buffers: the JVM needs milliseconds to make its first
 * handle for segments.
 */
public final class SharedWords implements HeapMemory.Words {
    private static final VarHandle WORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private final ByteBuffer buffer;
    private final LongBuffer words;
    private final int wordCount;
    private final long bytes;

    /**
     * The words of some memory.
     *
     * @param memory native memory, 8-byte aligned
     */
    public SharedWords(MemorySegment memory) {
        bytes = memory.byteSize();
        buffer =
                memory.asSlice(0, Math.min(bytes, HeapMemory.MAX_MAPPED_BYTES))
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder());
        words = buffer.asLongBuffer();
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

    /** Reads a word; what was written before it was {@linkplain #setRelease set} is seen, too. */
    public long getAcquire(long offset) {
        return (long) WORD.getAcquire(buffer, Math.toIntExact(offset));
    }

    /** Stores a word after all that was stored before. */
    public void setRelease(long offset, long value) {
        WORD.setRelease(buffer, Math.toIntExact(offset), value);
    }

    /** Sets a word if it is {@code expected}, and says whether it was. */
    public boolean compareAndSet(long offset, long expected, long value) {
        return WORD.compareAndSet(buffer, Math.toIntExact(offset), expected, value);
    }
}
