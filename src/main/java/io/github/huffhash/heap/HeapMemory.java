package io.github.huffhash.heap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a simulated heap, in which offsets stand for pointers.
 *
 * <p>Any kind of segment serves: native, mapped from a file and shared between processes, or a
 * {@code long[]}. Nothing here is synchronised; whoever shares the memory guards it. A subclass may
 * find its bytes elsewhere; while none is loaded, calls are as direct as those of a final class.
 */
public class HeapMemory {
    /** What stands for the null pointer: offset 0 is a place like any other. */
    public static final long NULL = -1;

    private static final VarHandle WORD = JAVA_LONG_UNALIGNED.varHandle().withInvokeExactBehavior();

    private static final VarHandle ARRAY_WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private final MemorySegment segment;

    /**
     * @param segment the bytes, 8-byte aligned
     * @throws IllegalArgumentException if the segment cannot be read in aligned 8-byte words
     */
    public HeapMemory(MemorySegment segment) {
        if (segment.maxByteAlignment() < Long.BYTES) {
            throw new IllegalArgumentException("a heap needs memory aligned to 8 bytes");
        }
        this.segment = segment;
    }

    /** The number of bytes. */
    public long size() {
        return segment.byteSize();
    }

    /** The 8-byte word at {@code offset}, a multiple of 8. */
    public long get(long offset) {
        return (long) WORD.get(segment, offset);
    }

    /** Sets the 8-byte word at {@code offset}, a multiple of 8. */
    public void set(long offset, long value) {
        WORD.set(segment, offset, value);
    }

    /** Copies the first {@code length} of {@code bytes} to {@code offset}. */
    public void write(long offset, byte[] bytes, int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            set(offset + i, (long) ARRAY_WORD.get(bytes, i));
        }
        for (; i < length; i++) {
            segment.set(JAVA_BYTE, offset + i, bytes[i]);
        }
    }

    /** Copies {@code length} bytes from {@code offset} into {@code bytes}. */
    public void read(long offset, byte[] bytes, int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            ARRAY_WORD.set(bytes, i, get(offset + i));
        }
        for (; i < length; i++) {
            bytes[i] = segment.get(JAVA_BYTE, offset + i);
        }
    }

    /** Copies {@code length} bytes from elsewhere to {@code offset}. */
    public void write(long offset, MemorySegment source, long sourceOffset, int length) {
        MemorySegment.copy(source, sourceOffset, segment, offset, length);
    }
}
