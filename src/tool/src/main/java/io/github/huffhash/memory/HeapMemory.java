package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;

/**
 * The bytes of a simulated heap, in which offsets stand for pointers: loads and stores of 8-byte
 * words. Nothing is synchronised; the threads that share the memory guard it.
 *
 * <p>The JVM's first compiler inlines {@link #get} and {@link #set} only while one subclass alone
 * is loaded, so a run should use one kind of memory.
 */
public abstract class HeapMemory {
    /** What stands for the null pointer: offset 0 is a place like any other. */
    public static final long NULL = -1;

    /** Pieces of a heap begin at multiples of this, and every request is rounded up to one. */
    public static final int ALIGNMENT = 16;

    /** The largest memory. */
    public static final long MAX_BYTES = 1L << 31;

    /** How many bytes of a mapped file can be accessed: what fits a buffer. */
    public static final long MAX_MAPPED_BYTES = MAX_BYTES - 16;

    static final int WORD_SHIFT = 3;

    /** For subclasses. */
    protected HeapMemory() {}

    /**
     * New memory for one process, all zero.
     *
     * @param bytes how many bytes, at most {@link #MAX_BYTES}
     */
    public static HeapMemory ofBytes(long bytes) {
        return new ArrayMemory(bytes);
    }

    /**
     * Memory that several processes share.
     *
     * @param mapped a part of a mapped file, 8-byte aligned, at most {@link #MAX_BYTES}
     */
    public static HeapMemory of(MemorySegment mapped) {
        return new MappedMemory(mapped);
    }

    /** The number of bytes. */
    public abstract long size();

    /**
     * Loads a word.
     *
     * @param offset a multiple of 8
     * @throws IndexOutOfBoundsException if it is not in the memory
     */
    public abstract long get(long offset);

    /**
     * Stores a word.
     *
     * @param offset a multiple of 8
     * @throws IndexOutOfBoundsException if it is not in the memory
     */
    public abstract void set(long offset, long value);

    /** Whether an offset is a multiple of the alignment. */
    public static boolean isAligned(long offset) {
        return (offset & (ALIGNMENT - 1)) == 0; // in compiled code, % may be a call
    }

    /**
     * {@code bytes} rounded up to the alignment.
     *
     * @throws IllegalArgumentException if it is not positive, or too large for that
     */
    public static long aligned(long bytes) {
        long aligned = (bytes + ALIGNMENT - 1) & -ALIGNMENT;
        if (bytes <= 0 || aligned <= 0) { // the sum may be too large for a long
            throw tooFewOrTooMany(bytes);
        }
        return aligned;
    }

    private static IllegalArgumentException tooFewOrTooMany(long bytes) {
        return new IllegalArgumentException("cannot allocate " + bytes + " bytes");
    }

    /** The failure of an access outside. */
    final IndexOutOfBoundsException outOfBounds(long offset) {
        return new IndexOutOfBoundsException(
                "out of bounds: the word at " + offset + " of " + size() + " bytes");
    }
}
