package io.github.huffhash.memory;

import static io.github.huffhash.memory.HeapMemory.NULL;

/**
 * First fit over one free list in address order, with splitting and coalescing: the reference's
 * heap, chunk for chunk.
 *
 * <pre>
 * allocated chunk   | size (8) | magic (8) | payload, size bytes ...
 * free chunk        | size (8) | next  (8) | unused, size bytes ...       next = NULL in the last one
 * </pre>
 *
 * The lists and headers lie in the heap itself. What the reference finds by walking its list,
 * {@link #free} finds in bitmaps of chunk starts instead: the free neighbour below, and whether an
 * offset is the start of a live chunk at all (the magic alone does not tell: a file's bytes can
 * imitate it, and coalescing leaves it standing). Placement is the reference's. See Knuth, The Art
 * of Computer Programming, volume 1, section 2.5.
 *
 * <p>All state lies in the memory and the control words, so that several processes may attach to
 * one heap; nothing is synchronised. An object counts only what went through itself.
 *
 * <p>Room for nodes can be promised ahead, see {@link #admit}.
 */
public final class FirstFitAllocator implements Allocator {
    /** Header of an allocated chunk, and of a free one. */
    public static final int HEADER_BYTES = 16;

    /** Marks an allocated chunk. */
    public static final long MAGIC = 0xDEADBEEFL;

    /** A tree node with its header: the unit in which free room is promised. */
    public static final int UNIT_BYTES = 48;

    // Offsets are shifted and multiplied: the JVM's first compiler does divide, and for longs it
    // calls a function. A unit is three times the alignment.
    private static final int ALIGNMENT_SHIFT = Integer.numberOfTrailingZeros(ALIGNMENT);
    private static final int THIRD_SHIFT = 33;
    private static final long THIRD = (1L << THIRD_SHIFT) / 3 + 1; // exact for what has 31 bits

    // The control words: four counters, the set of free chunks, the set of allocated ones.
    private static final int HEAD = 0;
    private static final int UNPROMISED = HEAD + 1;
    private static final int LIVE_BYTES = UNPROMISED + 1;
    private static final int PEAK_BYTES = LIVE_BYTES + 1;
    private static final int SETS = PEAK_BYTES + 1;

    private final HeapMemory memory;
    private final ControlWords control;
    private final long base;
    private final long end;
    private final OffsetSet freeChunks;
    private final OffsetSet allocatedChunks;
    private long allocations;
    private long frees;

    private FirstFitAllocator(HeapMemory memory, long base, ControlWords control) {
        this.memory = memory;
        this.control = control;
        this.base = base;
        this.end = memory.size() & -ALIGNMENT;
        long limit = end / ALIGNMENT;
        freeChunks = new OffsetSet(control, SETS, limit);
        allocatedChunks = new OffsetSet(control, SETS + OffsetSet.words(limit), limit);
    }

    /** How many control words a heap of {@code heapBytes} takes. */
    public static int controlWords(long heapBytes) {
        return SETS + 2 * OffsetSet.words(heapBytes / ALIGNMENT);
    }

    /**
     * Makes one free chunk of everything from {@code base} to the end of {@code memory}; where
     * there is no room for one, a heap that has nothing to give.
     *
     * @param base the first byte that is the allocator's, a multiple of 16
     * @param control {@link #controlWords} words, all zero
     */
    public static FirstFitAllocator create(HeapMemory memory, long base, ControlWords control) {
        var allocator = new FirstFitAllocator(memory, base, control);
        long bytes = allocator.capacity();
        if (bytes <= HEADER_BYTES) {
            control.set(HEAD, NULL);
            return allocator;
        }
        allocator.setChunk(base, bytes - HEADER_BYTES, NULL);
        control.set(HEAD, base);
        control.set(UNPROMISED, bytes / UNIT_BYTES);
        allocator.freeChunks.add(number(base));
        return allocator;
    }

    /**
     * A heap that {@link #create} has made, perhaps in another process, with the same memory, base
     * and control words.
     */
    public static FirstFitAllocator attach(HeapMemory memory, long base, ControlWords control) {
        return new FirstFitAllocator(memory, base, control);
    }

    /** The first byte that is the allocator's. */
    public long base() {
        return base;
    }

    HeapMemory memory() {
        return memory;
    }

    /** The bytes of the whole heap, those before the base included. */
    public long memoryBytes() {
        return memory.size();
    }

    /** The bytes this allocator has to give, headers included. */
    public long capacity() {
        return Math.max(0, end - base);
    }

    @Override
    public long allocate(long bytes) {
        return allocate(bytes, 0);
    }

    /**
     * Allocates a node that was promised.
     *
     * @param bytes at most {@link #UNIT_BYTES} with its header
     */
    long allocatePromised(long bytes) {
        return allocate(bytes, 1);
    }

    private long allocate(long bytes, int promised) {
        long payload = Allocator.aligned(bytes);
        long previous = NULL;
        long chunk = control.get(HEAD);
        while (chunk != NULL) {
            long size = memory.get(chunk);
            if (size >= payload) {
                return take(previous, chunk, size, payload, promised);
            }
            previous = chunk;
            chunk = next(chunk);
        }
        return NULL;
    }

    private long take(long previous, long chunk, long size, long payload, int promised) {
        boolean split = size - payload > HEADER_BYTES;
        long restSize = size - payload - HEADER_BYTES;
        long units = unitsOf(size) - (split ? unitsOf(restSize) : 0) - promised;
        if (units != 0) {
            long unpromised = control.get(UNPROMISED) - units;
            if (unpromised < 0) {
                return NULL; // what is left has been promised to others
            }
            control.set(UNPROMISED, unpromised);
        }
        long follower = next(chunk);
        long taken = payload;
        if (split) {
            long rest = chunk + HEADER_BYTES + payload;
            setChunk(rest, restSize, follower);
            link(previous, rest);
            freeChunks.move(number(chunk), number(rest));
        } else {
            taken = size;
            link(previous, follower);
            freeChunks.remove(number(chunk));
        }
        setChunk(chunk, taken, MAGIC);
        allocatedChunks.add(number(chunk));
        long live = add(LIVE_BYTES, taken + HEADER_BYTES);
        if (live > control.get(PEAK_BYTES)) {
            control.set(PEAK_BYTES, live);
        }
        allocations++;
        return chunk + HEADER_BYTES;
    }

    @Override
    public void free(long offset) {
        long chunk = offset - HEADER_BYTES;
        checkMine(offset);
        if (!allocatedChunks.remove(number(chunk))) {
            throw new InvalidFreeException(offset, "not allocated, or freed before");
        }
        if (memory.get(chunk + Long.BYTES) != MAGIC) {
            allocatedChunks.add(number(chunk));
            throw new InvalidFreeException(offset, "its header was overwritten");
        }
        long size = memory.get(chunk);
        add(LIVE_BYTES, -(size + HEADER_BYTES));
        frees++;
        insert(chunk, size);
    }

    /** Puts a chunk into the free list and merges it with its free neighbours. */
    private void insert(long freed, long freedSize) {
        long chunk = freed;
        long size = freedSize;
        int below = freeChunks.below(number(chunk));
        long previous = below < 0 ? NULL : (long) below * ALIGNMENT;
        long follower = previous == NULL ? control.get(HEAD) : next(previous);
        long units = 0;
        if (follower == chunk + HEADER_BYTES + size) {
            long followerSize = memory.get(follower);
            units += unitsOf(followerSize);
            size += HEADER_BYTES + followerSize;
            freeChunks.remove(number(follower));
            follower = next(follower);
        }
        long previousSize = previous == NULL ? 0 : memory.get(previous);
        if (previous != NULL && previous + HEADER_BYTES + previousSize == chunk) {
            units += unitsOf(previousSize);
            size += HEADER_BYTES + previousSize;
            chunk = previous;
        } else {
            freeChunks.add(number(chunk));
            link(previous, chunk);
        }
        setChunk(chunk, size, follower);
        add(UNPROMISED, unitsOf(size) - units);
    }

    private void checkMine(long offset) {
        if (!Allocator.isAligned(offset)) {
            throw new InvalidFreeException(offset, "not a multiple of " + ALIGNMENT);
        }
        if (offset < base + HEADER_BYTES || offset >= end) {
            throw new InvalidFreeException(offset, "outside the heap");
        }
    }

    /**
     * Makes a block's first requests and promises room for its nodes, or changes nothing.
     *
     * <p>Every free chunk holds ⌊its bytes / {@value #UNIT_BYTES}⌋ nodes. Freeing and coalescing
     * never lower the sum over all free chunks, and each node lowers it by exactly one: while it is
     * not below what was promised, no promised node can fail, however fragmented the heap.
     *
     * @param requests the sizes of the first requests, in bytes
     * @param offsets where the pieces are put: {@code offsets[i]} for {@code requests[i]}
     * @param count how many requests there are
     * @param units how many nodes to promise, each to be allocated by {@link #allocatePromised}
     * @return whether the block was admitted
     */
    boolean admit(long[] requests, long[] offsets, int count, long units) {
        if (control.get(UNPROMISED) < units) {
            return false;
        }
        long peak = control.get(PEAK_BYTES);
        for (int i = 0; i < count; i++) {
            offsets[i] = allocate(requests[i]);
            if (offsets[i] == NULL) {
                takeBack(offsets, i, peak);
                return false;
            }
        }
        if (control.get(UNPROMISED) < units) {
            takeBack(offsets, count, peak);
            return false;
        }
        add(UNPROMISED, -units);
        return true;
    }

    /** Undoes the latest allocations as if they had never been made. */
    private void takeBack(long[] offsets, int count, long peak) {
        for (int i = count - 1; i >= 0; i--) {
            free(offsets[i]);
        }
        allocations -= count;
        frees -= count;
        control.set(PEAK_BYTES, peak);
    }

    /** Takes back the promise of {@code units} nodes that were not needed. */
    void release(long units) {
        add(UNPROMISED, units);
    }

    /** What went through this object. */
    @Override
    public Counters counters() {
        return Counters.ofRequests(allocations, frees);
    }

    /** Bytes in use now, headers included. */
    public long liveBytes() {
        return control.get(LIVE_BYTES);
    }

    /** The most bytes in use at once, headers included. */
    public long peakBytes() {
        return control.get(PEAK_BYTES);
    }

    /** The bytes of a live piece: what was asked for, rounded up, or a little more. */
    public long sizeOf(long offset) {
        return memory.get(offset - HEADER_BYTES);
    }

    /** All free bytes, headers included. */
    public long freeBytes() {
        return capacity() - control.get(LIVE_BYTES);
    }

    /** The bytes of the largest free chunk, its header included; 0 if there is none. */
    public long largestFreeBytes() {
        long largest = 0;
        for (long chunk = control.get(HEAD); chunk != NULL; chunk = next(chunk)) {
            largest = Math.max(largest, memory.get(chunk) + HEADER_BYTES);
        }
        return largest;
    }

    /** Whether nothing is allocated and everything has coalesced into one chunk again. */
    public boolean isOneFreeChunk() {
        return control.get(HEAD) == base
                && next(base) == NULL
                && memory.get(base) == capacity() - HEADER_BYTES;
    }

    /** A chunk's member in the sets. */
    private static int number(long chunk) {
        return (int) (chunk >>> ALIGNMENT_SHIFT);
    }

    private static long unitsOf(long size) {
        return (((size + HEADER_BYTES) >>> ALIGNMENT_SHIFT) * THIRD) >>> THIRD_SHIFT;
    }

    private long add(int counter, long amount) {
        long value = control.get(counter) + amount;
        control.set(counter, value);
        return value;
    }

    private long next(long chunk) {
        return memory.get(chunk + Long.BYTES);
    }

    /**
     * Writes a header: {@code second} is the magic of an allocated chunk, the next one of a free
     * chunk.
     */
    private void setChunk(long chunk, long size, long second) {
        memory.set(chunk, size);
        memory.set(chunk + Long.BYTES, second);
    }

    private void link(long previous, long chunk) {
        if (previous == NULL) {
            control.set(HEAD, chunk);
        } else {
            memory.set(previous + Long.BYTES, chunk);
        }
    }
}
