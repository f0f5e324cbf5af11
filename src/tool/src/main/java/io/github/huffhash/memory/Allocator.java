package io.github.huffhash.memory;

/**
 * Hands out pieces of a simulated heap.
 *
 * <p>An allocator belongs to one thread; those that share a heap are separate objects over the same
 * memory. Offsets are multiples of {@value #ALIGNMENT}.
 */
public interface Allocator {
    /** Every request is rounded up to a multiple of this many bytes. */
    int ALIGNMENT = 16;

    /**
     * Allocates memory whose content is undefined.
     *
     * @param bytes how many bytes, at least 1
     * @return the offset of the first, or {@link HeapMemory#NULL} if no chunk is large enough
     * @throws IllegalArgumentException if {@code bytes} is not positive
     */
    long allocate(long bytes);

    /**
     * Gives back what {@link #allocate} returned.
     *
     * @throws InvalidFreeException if {@code offset} is not the start of a live allocation; nothing
     *     is changed then
     */
    void free(long offset);

    /** What this allocator has done so far; exact while no other thread is using it. */
    Counters counters();

    /** Whether an offset is a multiple of the alignment. */
    static boolean isAligned(long offset) {
        return (offset & (ALIGNMENT - 1)) == 0; // in compiled code, % may be a call
    }

    /** {@code bytes} rounded up to the alignment. */
    static long aligned(long bytes) {
        long aligned = (bytes + ALIGNMENT - 1) & -ALIGNMENT;
        if (bytes <= 0 || aligned <= 0) { // the sum may be too large for a long
            throw tooFewOrTooMany(bytes);
        }
        return aligned;
    }

    private static IllegalArgumentException tooFewOrTooMany(long bytes) {
        return new IllegalArgumentException("cannot allocate " + bytes + " bytes");
    }
}
