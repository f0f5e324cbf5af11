package io.github.huffhash.run.process;

import io.github.huffhash.memory.HeapMemory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 8-byte words of memory that processes share, by the offset of their first byte; those of
 * almost its first 2 GiB.
 */
final class SharedWords {
    // Of a buffer, because the JVM takes milliseconds to make its first handle for segments
    private static final VarHandle WORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private final ByteBuffer buffer;

    SharedWords(MemorySegment memory) {
        buffer =
                memory.asSlice(0, Math.min(memory.byteSize(), HeapMemory.MAX_MAPPED_BYTES))
                        .asByteBuffer();
    }

    long get(long offset) {
        return (long) WORD.get(buffer, Math.toIntExact(offset));
    }

    void set(long offset, long value) {
        WORD.set(buffer, Math.toIntExact(offset), value);
    }

    /** Reads a word; what was written before it was {@linkplain #setRelease set} is seen, too. */
    long getAcquire(long offset) {
        return (long) WORD.getAcquire(buffer, Math.toIntExact(offset));
    }

    void setRelease(long offset, long value) {
        WORD.setRelease(buffer, Math.toIntExact(offset), value);
    }

    /** Sets a word if it is {@code expected}, and says whether it was. */
    boolean compareAndSet(long offset, long expected, long value) {
        return WORD.compareAndSet(buffer, Math.toIntExact(offset), expected, value);
    }
}
