package io.github.huffhash.engine.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** The 8-byte words of memory that processes share, by the offset of their first byte. */
final class SharedWords {
    private static final VarHandle WORD =
            ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private final MemorySegment memory;

    SharedWords(MemorySegment memory) {
        this.memory = memory;
    }

    long get(long offset) {
        return (long) WORD.get(memory, offset);
    }

    void set(long offset, long value) {
        WORD.set(memory, offset, value);
    }

    /** Reads a word; what was written before it was {@linkplain #setRelease set} is seen, too. */
    long getAcquire(long offset) {
        return (long) WORD.getAcquire(memory, offset);
    }

    void setRelease(long offset, long value) {
        WORD.setRelease(memory, offset, value);
    }

    /** Sets a word if it is {@code expected}, and says whether it was. */
    boolean compareAndSet(long offset, long expected, long value) {
        return WORD.compareAndSet(memory, offset, expected, value);
    }
}
