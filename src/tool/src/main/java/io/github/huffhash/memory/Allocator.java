package io.github.huffhash.memory;

/**
 * Hands out pieces of a simulated heap.
 *
 * <p>An allocator belongs to one thread; those that share a heap are separate objects over the same
 * memory. Offsets are multiples of {@value HeapMemory#ALIGNMENT}.
 */
public interface Allocator {
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
}
