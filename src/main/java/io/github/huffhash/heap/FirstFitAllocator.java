package io.github.huffhash.heap;

import static io.github.huffhash.heap.HeapMemory.NULL;

/**
 * First fit over one free list in address order, with splitting and coalescing: the reference's heap, chunk for chunk.
 *
 * <pre>
 * allocated chunk   | size (8) | magic (8) | payload, size bytes ...
 * free chunk        | size (8) | next  (8) | unused, size bytes ...       next = NULL in the last one
 * </pre>
 *
 * The lists and headers lie in the heap itself. What the reference finds by walking its list, {@link #free} finds in
 * bitmaps of chunk starts instead: the free neighbour below, and whether an offset is the start of a live chunk at all
 * (the magic alone does not tell: a file's bytes can imitate it, and coalescing leaves it standing). Placement is the
 * reference's. See Knuth, The Art of Computer Programming, volume 1, section 2.5.
 *
 * <p>All state lies in the two memories, so that several processes may attach to one heap; nothing is synchronised.
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

    // The control memory: counters, then the set of free chunks, then the set of allocated ones.
    private static final long HEAD = 0;
    private static final long UNITS = HEAD + Long.BYTES;
    private static final long PROMISED = UNITS + Long.BYTES;
    private static final long LIVE_BYTES = PROMISED + Long.BYTES;
    private static final long PEAK_BYTES = LIVE_BYTES + Long.BYTES;
    private static final long ALLOCATIONS = PEAK_BYTES + Long.BYTES;
    private static final long FREES = ALLOCATIONS + Long.BYTES;
    private static final long SETS = FREES + Long.BYTES;

    private final HeapMemory memory;
    private final HeapMemory control;
    private final long base;
    private final long end;
    private final OffsetSet freeChunks;
    private final OffsetSet allocatedChunks;

    private FirstFitAllocator(HeapMemory memory, long base, HeapMemory control) {
        this.memory = memory;
        this.control = control;
        this.base = base;
        this.end = memory.size() & -ALIGNMENT;
        long limit = end / ALIGNMENT;
        freeChunks = new OffsetSet(control, SETS, limit);
        allocatedChunks = new OffsetSet(control, SETS + OffsetSet.bytes(limit), limit);
    }

    /** How many bytes of control memory a heap of {@code heapBytes} takes. */
    public static long controlBytes(long heapBytes) {
        return SETS + 2 * OffsetSet.bytes(heapBytes / ALIGNMENT);
    }

    /**
     * Makes one free chunk of everything from {@code base} to the end of {@code memory}.
     *
     * @param base the first byte that is the allocator's, a multiple of 16
     * @param control memory of {@link #controlBytes} bytes, all zero
     * @throws HeapTooSmallException if not even an empty chunk fits
     */
    public static FirstFitAllocator create(HeapMemory memory, long base, HeapMemory control) {
        var allocator = new FirstFitAllocator(memory, base, control);
        long bytes = allocator.end - base;
        if (bytes < HEADER_BYTES + ALIGNMENT) {
            throw new HeapTooSmallException("one chunk", base + HEADER_BYTES + ALIGNMENT, memory.size());
        }
        memory.set(base, bytes - HEADER_BYTES);
        allocator.setNext(base, NULL);
        control.set(HEAD, base);
        control.set(UNITS, bytes / UNIT_BYTES);
        allocator.freeChunks.add(base / ALIGNMENT);
        return allocator;
    }

    /** The bytes this allocator has to give, headers included. */
    public long capacity() {
        return end - base;
    }

    @Override
    public long allocate(long bytes) {
        long payload = Allocator.aligned(bytes);
        long previous = NULL;
        long chunk = control.get(HEAD);
        while (chunk != NULL) {
            long size = memory.get(chunk);
            if (size >= payload) {
                return take(previous, chunk, size, payload);
            }
            previous = chunk;
            chunk = next(chunk);
        }
        return NULL;
    }

    private long take(long previous, long chunk, long size, long payload) {
        long taken = payload;
        long follower = next(chunk);
        freeChunks.remove(chunk / ALIGNMENT);
        if (size - payload > HEADER_BYTES) {
            long rest = chunk + HEADER_BYTES + payload;
            memory.set(rest, size - payload - HEADER_BYTES);
            setNext(rest, follower);
            freeChunks.add(rest / ALIGNMENT);
            link(previous, rest);
            add(UNITS, unitsOf(size - payload - HEADER_BYTES) - unitsOf(size));
        } else {
            taken = size;
            link(previous, follower);
            add(UNITS, -unitsOf(size));
        }
        memory.set(chunk, taken);
        memory.set(chunk + Long.BYTES, MAGIC);
        allocatedChunks.add(chunk / ALIGNMENT);
        long live = add(LIVE_BYTES, taken + HEADER_BYTES);
        if (live > control.get(PEAK_BYTES)) {
            control.set(PEAK_BYTES, live);
        }
        add(ALLOCATIONS, 1);
        return chunk + HEADER_BYTES;
    }

    @Override
    public void free(long offset) {
        long chunk = offset - HEADER_BYTES;
        checkLive(offset, chunk);
        long size = memory.get(chunk);
        allocatedChunks.remove(chunk / ALIGNMENT);
        add(LIVE_BYTES, -(size + HEADER_BYTES));
        add(FREES, 1);

        long below = freeChunks.below(chunk / ALIGNMENT) * ALIGNMENT;
        long previous = below < 0 ? NULL : below;
        long follower = previous == NULL ? control.get(HEAD) : next(previous);
        long units = 0;
        if (follower == chunk + HEADER_BYTES + size) {
            units += unitsOf(memory.get(follower));
            freeChunks.remove(follower / ALIGNMENT);
            size += HEADER_BYTES + memory.get(follower);
            follower = next(follower);
        }
        if (previous != NULL && previous + HEADER_BYTES + memory.get(previous) == chunk) {
            units += unitsOf(memory.get(previous));
            size += HEADER_BYTES + memory.get(previous);
            chunk = previous;
        } else {
            freeChunks.add(chunk / ALIGNMENT);
            link(previous, chunk);
        }
        memory.set(chunk, size);
        setNext(chunk, follower);
        add(UNITS, unitsOf(size) - units);
    }

    private void checkLive(long offset, long chunk) {
        if (offset % ALIGNMENT != 0) {
            throw new InvalidFreeException(offset, "not a multiple of " + ALIGNMENT);
        }
        if (chunk < base || offset >= end) {
            throw new InvalidFreeException(offset, "outside the heap");
        }
        if (!allocatedChunks.contains(chunk / ALIGNMENT)) {
            throw new InvalidFreeException(offset, "not allocated, or freed before");
        }
        if (memory.get(chunk + Long.BYTES) != MAGIC) {
            throw new InvalidFreeException(offset, "its header was overwritten");
        }
    }

    /**
     * Makes a block's first requests and promises room for its nodes, or changes nothing.
     *
     * <p>Every free chunk holds ⌊its bytes / {@value #UNIT_BYTES}⌋ nodes. Freeing and coalescing never lower the sum over
     * all free chunks, and each node lowers it by exactly one: while it is not below what was promised, no promised node
     * can fail, however fragmented the heap.
     *
     * @param requests the sizes of the first requests, in bytes
     * @param offsets where the pieces are put: {@code offsets[i]} for {@code requests[i]}
     * @param count how many requests there are
     * @param units how many nodes to promise; whoever allocates one calls {@link #promise} with −1
     * @return whether the block was admitted
     */
    boolean admit(long[] requests, long[] offsets, int count, long units) {
        if (control.get(UNITS) - control.get(PROMISED) < units) {
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
        if (control.get(UNITS) - control.get(PROMISED) < units) {
            takeBack(offsets, count, peak);
            return false;
        }
        promise(units);
        return true;
    }

    /** Undoes the latest allocations as if they had never been made. */
    private void takeBack(long[] offsets, int count, long peak) {
        for (int i = count - 1; i >= 0; i--) {
            free(offsets[i]);
        }
        add(ALLOCATIONS, -count);
        add(FREES, -count);
        control.set(PEAK_BYTES, peak);
    }

    /** Promises room for {@code units} more nodes, or takes that many promises back when negative. */
    void promise(long units) {
        add(PROMISED, units);
    }

    @Override
    public HeapStatistics statistics() {
        return new HeapStatistics(
                control.get(ALLOCATIONS),
                control.get(FREES),
                0,
                0,
                0,
                control.get(LIVE_BYTES),
                control.get(PEAK_BYTES),
                0,
                0);
    }

    /** Whether nothing is allocated and everything has coalesced into one chunk again. */
    public boolean isOneFreeChunk() {
        return control.get(HEAD) == base && next(base) == NULL && memory.get(base) == capacity() - HEADER_BYTES;
    }

    private static long unitsOf(long size) {
        return (size + HEADER_BYTES) / UNIT_BYTES;
    }

    private long add(long counter, long amount) {
        long value = control.get(counter) + amount;
        control.set(counter, value);
        return value;
    }

    private long next(long chunk) {
        return memory.get(chunk + Long.BYTES);
    }

    private void setNext(long chunk, long next) {
        memory.set(chunk + Long.BYTES, next);
    }

    private void link(long previous, long chunk) {
        if (previous == NULL) {
            control.set(HEAD, chunk);
        } else {
            setNext(previous, chunk);
        }
    }
}
