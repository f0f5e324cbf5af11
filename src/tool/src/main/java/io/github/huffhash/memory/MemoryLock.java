package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A lock on a word of native memory. */
final class MemoryLock extends HeapLock {
    // Of a buffer, because the JVM takes milliseconds to make its first handle for segments
    private static final VarHandle WORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private final ByteBuffer word;

    private MemoryLock(ByteBuffer word) {
        this.word = word;
    }

    static HeapLock on(MemorySegment memory, long offset) {
        return new MemoryLock(memory.asSlice(offset, Long.BYTES, Long.BYTES).asByteBuffer());
    }

    @Override
    public boolean tryAcquire(long owner) {
        return WORD.compareAndSet(word, 0, 0L, owner);
    }

    @Override
    public boolean isFree() {
        return (long) WORD.getOpaque(word, 0) == 0;
    }

    @Override
    public void release() {
        WORD.setRelease(word, 0, 0L);
    }
}
