package io.github.huffhash.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The bytes of a simulated heap, in which offsets stand for pointers.
 *
 * <p>Nothing here is synchronised; whoever shares the memory guards it.
 *
 * <p>The JVM's first compiler inlines {@link #get} and {@link #set} only while one subclass alone
 * is loaded. So what is seldom needed has a class of its own, and each is made by a static method
 * of its own, since the JVM loads what a method returns when it checks that method's class.
 */
public abstract class HeapMemory {
    /** What stands for the null pointer: offset 0 is a place like any other. */
    public static final long NULL = -1;

    /** Two cache lines: processors fetch them in pairs. */
    private static final int LINE_BYTES = 128;

    /** The most bytes of a buffer: a few less than an int can say. */
    public static final int MAX_BUFFER_BYTES = Integer.MAX_VALUE - 2 * LINE_BYTES;

    static final int WORD_SHIFT = 3;

    /** For subclasses. */
    protected HeapMemory() {}

    /**
     * The bytes of a segment of any kind: native, mapped from a file and shared between processes,
     * or a {@code long[]}.
     *
     * @param segment the bytes, 8-byte aligned
     * @throws IllegalArgumentException if the segment cannot be read in aligned 8-byte words
     */
    public static HeapMemory of(MemorySegment segment) {
        if (segment.maxByteAlignment() < Long.BYTES) {
            throw new IllegalArgumentException("a heap needs memory aligned to 8 bytes");
        }
        return segment.isNative() && segment.byteSize() <= MAX_BUFFER_BYTES
                ? BufferMemory.over(segment.asByteBuffer())
                : SegmentMemory.over(segment);
    }

    /**
     * New native memory, all zero. It is given back once nobody refers to it.
     *
     * @param bytes how many bytes, at least 1
     */
    public static HeapMemory allocate(long bytes) {
        return bytes <= MAX_BUFFER_BYTES
                ? BufferMemory.over(lines((int) bytes))
                : SegmentMemory.over(Arena.ofAuto().allocate(bytes, LINE_BYTES));
    }

    /** A buffer that begins with a cache line. */
    private static ByteBuffer lines(int bytes) {
        return ByteBuffer.allocateDirect(bytes + 2 * LINE_BYTES)
                .alignedSlice(LINE_BYTES)
                .slice(0, bytes);
    }

    /** The number of bytes. */
    public abstract long size();

    /** The 8-byte word at {@code offset}, a multiple of 8. */
    public abstract long get(long offset);

    /** Sets the 8-byte word at {@code offset}, a multiple of 8. */
    public abstract void set(long offset, long value);

    /** Copies the first {@code length} of {@code bytes} to {@code offset}. */
    public abstract void write(long offset, byte[] bytes, int length);

    /** Copies {@code length} bytes from {@code offset} into {@code bytes}. */
    public abstract void read(long offset, byte[] bytes, int length);

    /** Copies the first {@code count} of {@code words} to {@code offset}, a multiple of 8. */
    public abstract void write(long offset, long[] words, int count);

    /** Copies {@code count} words from {@code offset}, a multiple of 8, into {@code words}. */
    public abstract void read(long offset, long[] words, int count);

    /** Copies what remains in a buffer to {@code offset}; the buffer stays as it is. */
    public abstract void write(long offset, ByteBuffer source);
}
