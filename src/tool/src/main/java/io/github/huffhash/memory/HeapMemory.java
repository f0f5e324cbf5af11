package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;

/**
 * The bytes of a simulated heap, in which offsets stand for pointers: loads and stores of 8-byte
 * words. Nothing is synchronised; the threads that share the memory guard it.
 *
 * <p>In one process the words are an array. Words elsewhere are accessed by the same two methods of
 * the same final class, so that the JVM's first compiler, too, inlines the access to the array,
 * whatever classes are loaded: it inlines methods of up to 35 bytes, which these two must not
 * exceed.
 */
public final class HeapMemory {
    /** Words that are not in an array of this process. */
    public interface Words {
        /** The number of bytes. */
        long size();

        /** Loads a word; see the method of the same name outside. */
        long get(long offset);

        /** Stores a word; see the method of the same name outside. */
        void set(long offset, long value);
    }

    /** What stands for the null pointer: offset 0 is a place like any other. */
    public static final long NULL = -1;

    /** Pieces of a heap begin at multiples of this, and every request is rounded up to one. */
    public static final int ALIGNMENT = 16;

    /** Two cache lines, which processors fetch in pairs: apart, two words do not share them. */
    public static final int LINE_BYTES = 128;

    /** The largest memory. */
    public static final long MAX_BYTES = 1L << 31;

    /** How many bytes of a mapped file can be accessed: what fits a buffer. */
    public static final long MAX_MAPPED_BYTES = MAX_BYTES - 16;

    static final int WORD_SHIFT = 3;

    private static final long[] NONE = {};

    private final long[] words;
    private final Words elsewhere;

    private HeapMemory(long[] words, Words elsewhere) {
        this.words = words;
        this.elsewhere = elsewhere;
    }

    /**
     * New memory for one process, all zero.
     *
     * @param bytes how many bytes, at most {@link #MAX_BYTES}
     */
    public static HeapMemory ofBytes(long bytes) {
        return new HeapMemory(new long[(int) (bytes >>> WORD_SHIFT)], new Nowhere(bytes));
    }

    /**
     * Memory that several processes share.
     *
     * @param mapped a part of a mapped file, 8-byte aligned, at most {@link #MAX_BYTES}
     */
    public static HeapMemory of(MemorySegment mapped) {
        return of(new SharedWords(mapped));
    }

    /** Memory whose words are elsewhere. */
    public static HeapMemory of(Words elsewhere) {
        return new HeapMemory(NONE, elsewhere);
    }

    /** The number of bytes. */
    public long size() {
        return elsewhere.size();
    }

    /**
     * Loads a word.
     *
     * @param offset a multiple of 8
     * @throws IndexOutOfBoundsException if it is not in the memory
     */
    public long get(long offset) {
        long index = offset >>> WORD_SHIFT; // that of a negative offset is beyond the end
        return index < words.length ? words[(int) index] : getElsewhere(offset);
    }

    private long getElsewhere(long offset) {
        return elsewhere.get(offset);
    }

    /**
     * Stores a word.
     *
     * @param offset a multiple of 8
     * @throws IndexOutOfBoundsException if it is not in the memory
     */
    public void set(long offset, long value) {
        long index = offset >>> WORD_SHIFT;
        if (index < words.length) {
            words[(int) index] = value;
            return;
        }
        setElsewhere(offset, value);
    }

    private void setElsewhere(long offset, long value) {
        elsewhere.set(offset, value);
    }

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

    static IndexOutOfBoundsException outOfBounds(long offset, long size) {
        return new IndexOutOfBoundsException(
                "out of bounds: the word at " + offset + " of " + size + " bytes");
    }

    /**
     * What lies beyond the array: nothing.
     *
     * @param size the bytes of the array, for the message
     */
    private record Nowhere(long size) implements Words {
        @Override
        public long get(long offset) {
            throw outOfBounds(offset, size);
        }

        @Override
        public void set(long offset, long value) {
            throw outOfBounds(offset, size);
        }
    }
}
