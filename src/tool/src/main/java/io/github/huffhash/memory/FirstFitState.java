package io.github.huffhash.memory;

/**
 * The state of a {@link FirstFitAllocator} apart from the heap it manages, in memory that several
 * processes may share.
 *
 * <pre>
 * | head (8) | unreserved (8) | live bytes (8) | peak bytes (8) | free chunks ... | allocated chunks ... |
 * </pre>
 */
final class FirstFitState {
    /** The first free chunk, or NULL. */
    static final long HEAD = 0;

    /** How many nodes the free chunks hold, less those that were promised. */
    static final long UNRESERVED = HEAD + Long.BYTES;

    static final long LIVE_BYTES = UNRESERVED + Long.BYTES;
    static final long PEAK_BYTES = LIVE_BYTES + Long.BYTES;
    private static final long SETS = PEAK_BYTES + Long.BYTES;

    private static final int ALIGNMENT_SHIFT = Integer.numberOfTrailingZeros(HeapMemory.ALIGNMENT);

    // Offsets are shifted and multiplied: the JVM's first compiler does divide, and for longs it
    // calls a function. A unit is three times the alignment.
    private static final int THIRD_SHIFT = 33;
    private static final long THIRD = (1L << THIRD_SHIFT) / 3 + 1; // exact for what has 31 bits

    private final HeapMemory memory;
    private final HierarchicalBitSet freeChunks;
    private final HierarchicalBitSet allocatedChunks;

    /**
     * @param memory {@link #bytes} bytes, all zero for a heap in which nothing is free
     * @param end where the heap ends
     */
    FirstFitState(HeapMemory memory, long end) {
        this.memory = memory;
        long limit = end >>> ALIGNMENT_SHIFT;
        freeChunks = new HierarchicalBitSet(memory, SETS, limit);
        allocatedChunks =
                new HierarchicalBitSet(memory, SETS + HierarchicalBitSet.bytes(limit), limit);
    }

    /** How many bytes the state of a heap takes that ends at {@code end}. */
    static long bytes(long end) {
        return SETS + 2 * HierarchicalBitSet.bytes(end >>> ALIGNMENT_SHIFT);
    }

    /** How many nodes a free chunk holds. */
    static long unitsOf(long size) {
        return (((size + FirstFitAllocator.HEADER_BYTES) >>> ALIGNMENT_SHIFT) * THIRD)
                >>> THIRD_SHIFT;
    }

    long get(long counter) {
        return memory.get(counter);
    }

    void set(long counter, long value) {
        memory.set(counter, value);
    }

    void add(long counter, long amount) {
        memory.set(counter, memory.get(counter) + amount);
    }

    /**
     * Promises nodes, or takes back so many if the number is negative; false if too few are left.
     */
    boolean reserve(long units) {
        long left = memory.get(UNRESERVED) - units;
        if (left < 0) {
            return false;
        }
        memory.set(UNRESERVED, left);
        return true;
    }

    /** More bytes are in use. */
    void addLive(long bytes) {
        long live = memory.get(LIVE_BYTES) + bytes;
        memory.set(LIVE_BYTES, live);
        if (live > memory.get(PEAK_BYTES)) {
            memory.set(PEAK_BYTES, live);
        }
    }

    void addFree(long chunk) {
        freeChunks.add(number(chunk));
    }

    void removeFree(long chunk) {
        freeChunks.remove(number(chunk));
    }

    void moveFree(long from, long to) {
        freeChunks.move(number(from), number(to));
    }

    /** The last free chunk below, or NULL. */
    long freeBelow(long chunk) {
        long below = freeChunks.below(number(chunk));
        return below < 0 ? HeapMemory.NULL : below << ALIGNMENT_SHIFT;
    }

    void addAllocated(long chunk) {
        allocatedChunks.add(number(chunk));
    }

    /** Removes an allocated chunk; false if none begins there. */
    boolean removeAllocated(long chunk) {
        return allocatedChunks.remove(number(chunk));
    }

    /** A chunk's member in the sets. */
    private static int number(long chunk) {
        return (int) (chunk >>> ALIGNMENT_SHIFT);
    }
}
