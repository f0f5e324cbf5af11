package io.github.huffhash.heap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The bytes of a simulated heap, in which offsets stand for pointers.
 *
 * <p>Any kind of segment serves: native, mapped from a file and shared between processes, or a
 * {@code long[]}. Nothing here is synchronised; whoever shares the memory guards it. A subclass may
 * find its bytes elsewhere; while none is loaded, calls are as direct as those of a final class.
 *
 * <p>Words are read through a buffer over the segment: that is half as much for the JVM to compile
 * as a segment's own accessors.
 */
public class HeapMemory {
    /** What stands for the null pointer: offset 0 is a place like any other. */
    public static final long NULL = -1;

    /** No heap is larger, in bytes: there is no larger buffer. */
    public static final long MAX_BYTES = 1L << 30;

    private final MemorySegment segment;
    private final LongBuffer words;

    /**
     * @param segment the bytes, 8-byte aligned, at most {@link #MAX_BYTES}
     * @throws IllegalArgumentException if the segment is too large, or cannot be read in aligned
     *     8-byte words
     */
    public HeapMemory(MemorySegment segment) {
        if (segment.maxByteAlignment() < Long.BYTES) {
            throw new IllegalArgumentException("a heap needs memory aligned to 8 bytes");
        }
        if (segment.byteSize() > MAX_BYTES) {
            throw new IllegalArgumentException("a heap has at most " + MAX_BYTES + " bytes");
        }
        this.segment = segment;
        words = segment.isNative() ? words(segment.asByteBuffer()) : words(segment);
    }

    private HeapMemory(ByteBuffer bytes) {
        segment = MemorySegment.ofBuffer(bytes);
        words = words(bytes);
    }

    /**
     * Memory of this process, all zero, which lives as long as somebody refers to it: so nothing
     * has to be checked when it is used.
     *
     * @param bytes how much, from 1 to {@link #MAX_BYTES}
     */
    public static HeapMemory allocate(long bytes) {
        return new HeapMemory(ByteBuffer.allocateDirect((int) bytes));
    }

    private static LongBuffer words(ByteBuffer bytes) {
        return bytes.order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    /** The words of a segment that is a part of an array. */
    private static LongBuffer words(MemorySegment segment) {
        long[] array = (long[]) segment.heapBase().orElseThrow();
        int first = (int) ((segment.address() - MemorySegment.ofArray(array).address()) >>> 3);
        return LongBuffer.wrap(array, first, (int) (segment.byteSize() >>> 3)).slice();
    }

    /** The number of bytes. */
    public long size() {
        return segment.byteSize();
    }

    /** The 8-byte word at {@code offset}, a multiple of 8. */
    public long get(long offset) {
        return words.get((int) (offset >>> 3));
    }

    /** Sets the 8-byte word at {@code offset}, a multiple of 8. */
    public void set(long offset, long value) {
        words.put((int) (offset >>> 3), value);
    }

    /** Copies the first {@code length} of {@code bytes} to {@code offset}. */
    public void write(long offset, byte[] bytes, int length) {
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, offset, length);
    }

    /** Copies {@code length} bytes from {@code offset} into {@code bytes}. */
    public void read(long offset, byte[] bytes, int length) {
        MemorySegment.copy(segment, JAVA_BYTE, offset, bytes, 0, length);
    }

    /** Copies {@code length} bytes from elsewhere to {@code offset}. */
    public void write(long offset, MemorySegment source, long sourceOffset, int length) {
        MemorySegment.copy(source, sourceOffset, segment, offset, length);
    }
}
