package io.github.huffhash.memory;

import static io.github.huffhash.memory.FirstFitState.LIVE_BYTES;
import static io.github.huffhash.memory.FirstFitState.PEAK_BYTES;
import static io.github.huffhash.memory.FirstFitState.UNRESERVED;
import static io.github.huffhash.memory.HeapMemory.ALIGNMENT;
import static io.github.huffhash.memory.HeapMemory.NULL;

import java.util.List;

/**
 * First fit over one free list in address order, with splitting and coalescing: the reference's
 * heap, chunk for chunk.
 *
 * <p>The list and the {@linkplain Chunks headers} lie in the heap itself. What the reference finds
 * by walking its list, {@link #free} finds in bitmaps of chunk starts instead: the free neighbour
 * below, and whether an offset is the start of a live chunk at all (the magic alone does not tell:
 * a file's bytes can imitate it, and coalescing leaves it standing). Placement is the reference's.
 * See Knuth, The Art of Computer Programming, volume 1, section 2.5.
 *
 * <p>All state lies in the memory and the control memory, so that several processes may attach to
 * one heap; nothing is synchronised.
 *
 * <p>Room for nodes can be promised ahead, see {@link #admit}.
 */
public final class FirstFitAllocator {
    /** Header of an allocated chunk, and of a free one. */
    public static final int HEADER_BYTES = 16;

    /** Marks an allocated chunk. */
    public static final long MAGIC = 0xDEADBEEFL;

    /** A tree node with its header: the unit in which free room is promised. */
    public static final int UNIT_BYTES = 48;

    private final HeapMemory memory;
    private final Chunks chunks;
    private final FirstFitState state;
    private final long base;
    private final long end;
    private final boolean walks;

    /**
     * The same heap for all, in this process and in others, with the same memory, bounds and
     * control memory. One of them {@linkplain #begin begins} it.
     *
     * @param base the first byte that is the allocator's, a multiple of 16
     * @param end the first byte behind that is not
     * @param control {@link #controlBytes} bytes, all zero at the beginning
     * @param walks whether frees walk the list to their neighbours, as the reference's do
     */
    public FirstFitAllocator(
            HeapMemory memory, long base, long end, HeapMemory control, boolean walks) {
        this.walks = walks;
        this.memory = memory;
        this.base = base;
        this.end = end & -ALIGNMENT;
        state = new FirstFitState(control, end);
        chunks = new Chunks(memory, state);
    }

    /** The bytes of control memory of a heap that ends at {@code end}. */
    public static long controlBytes(long end) {
        return FirstFitState.bytes(end);
    }

    /** A heap of one process that is all free. */
    static FirstFitAllocator create(HeapMemory memory, long base, long end, boolean walks) {
        var control = HeapMemory.ofBytes(controlBytes(end));
        var allocator = new FirstFitAllocator(memory, base, end, control, walks);
        allocator.begin();
        return allocator;
    }

    /**
     * Makes one free chunk of the whole heap; where there is no room for one, a heap that has
     * nothing to give.
     */
    public void begin() {
        chunks.link(NULL, NULL);
        if (capacity() > HEADER_BYTES) {
            insert(base, capacity() - HEADER_BYTES);
        }
    }

    HeapMemory memory() {
        return memory;
    }

    /** The first byte that is the allocator's. */
    public long base() {
        return base;
    }

    /** The bytes this allocator has to give, headers included. */
    public long capacity() {
        return Math.max(0, end - base);
    }

    /** See {@link Allocator#allocate}. */
    public long allocate(long bytes) {
        return allocate(bytes, 0);
    }

    /**
     * Allocates a node that was promised.
     *
     * @param bytes at most {@link #UNIT_BYTES} with its header
     */
    long allocateReserved(long bytes) {
        return allocate(bytes, 1);
    }

    private long allocate(long bytes, int reserved) {
        long payload = HeapMemory.aligned(bytes);
        long previous = NULL;
        long chunk = chunks.first();
        int walked = 0;
        while (chunk != NULL) {
            walked++;
            long size = chunks.size(chunk);
            if (size >= payload) {
                chunks.countSteps(walked);
                return take(previous, chunk, size, payload, reserved);
            }
            previous = chunk;
            chunk = chunks.next(chunk);
        }
        chunks.countSteps(walked);
        return NULL;
    }

    private long take(long previous, long chunk, long size, long payload, int reserved) {
        boolean split = size - payload > HEADER_BYTES;
        long restSize = size - payload - HEADER_BYTES;
        long units =
                FirstFitState.unitsOf(size)
                        - (split ? FirstFitState.unitsOf(restSize) : 0)
                        - reserved;
        if (units != 0 && !state.reserve(units)) {
            return NULL; // what is left has been promised to others
        }
        long follower = chunks.next(chunk);
        long taken = payload;
        if (split) {
            long rest = chunk + HEADER_BYTES + payload;
            chunks.setFree(rest, restSize, follower);
            chunks.link(previous, rest);
            state.moveFree(chunk, rest);
        } else {
            taken = size;
            chunks.link(previous, follower);
            state.removeFree(chunk);
        }
        chunks.setAllocated(chunk, taken);
        state.addAllocated(chunk);
        state.addLive(taken + HEADER_BYTES);
        return chunk + HEADER_BYTES;
    }

    /** See {@link Allocator#free}. */
    public void free(long offset) {
        long chunk = offset - HEADER_BYTES;
        checkBounds(offset);
        if (!state.removeAllocated(chunk)) {
            throw new InvalidFreeException(offset, "not allocated, or freed before");
        }
        if (!chunks.hasMagic(chunk)) {
            state.addAllocated(chunk);
            throw new InvalidFreeException(offset, "its header was overwritten");
        }
        long size = chunks.size(chunk);
        state.add(LIVE_BYTES, -(size + HEADER_BYTES));
        insert(chunk, size);
    }

    /** Puts a chunk into the free list and merges it with its free neighbours. */
    private void insert(long freed, long freedSize) {
        long chunk = freed;
        long size = freedSize;
        long previous = walks ? chunks.walkTo(chunk) : state.freeBelow(chunk);
        long follower = previous == NULL ? chunks.first() : chunks.next(previous);
        long units = 0;
        if (follower == chunk + HEADER_BYTES + size) {
            long followerSize = chunks.size(follower);
            units += FirstFitState.unitsOf(followerSize);
            size += HEADER_BYTES + followerSize;
            state.removeFree(follower);
            follower = chunks.next(follower);
        }
        long previousSize = previous == NULL ? 0 : chunks.size(previous);
        if (previous != NULL && previous + HEADER_BYTES + previousSize == chunk) {
            units += FirstFitState.unitsOf(previousSize);
            size += HEADER_BYTES + previousSize;
            chunk = previous;
        } else {
            state.addFree(chunk);
            chunks.link(previous, chunk);
        }
        chunks.setFree(chunk, size, follower);
        state.add(UNRESERVED, FirstFitState.unitsOf(size) - units);
    }

    private void checkBounds(long offset) {
        if (!HeapMemory.isAligned(offset)) {
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
     * @param units how many nodes to promise, each to be allocated by {@link #allocateReserved}
     * @return whether the block was admitted
     */
    boolean admit(long[] requests, long[] offsets, long units) {
        if (state.get(UNRESERVED) < units) {
            return false;
        }
        long peak = state.get(PEAK_BYTES);
        for (int i = 0; i < requests.length; i++) {
            offsets[i] = allocate(requests[i]);
            if (offsets[i] == NULL) {
                takeBack(offsets, i, peak);
                return false;
            }
        }
        if (!state.reserve(units)) {
            takeBack(offsets, requests.length, peak);
            return false;
        }
        return true;
    }

    /** Undoes the latest allocations as if they had never been made. */
    private void takeBack(long[] offsets, int count, long peak) {
        for (int i = count - 1; i >= 0; i--) {
            free(offsets[i]);
        }
        state.set(PEAK_BYTES, peak);
    }

    /** Takes back the promise of {@code units} nodes that were not needed. */
    void release(long units) {
        state.add(UNRESERVED, units);
    }

    /** The bytes of a live piece: what was asked for, rounded up, or a little more. */
    public long sizeOf(long offset) {
        return chunks.size(offset - HEADER_BYTES);
    }

    /** Free chunks looked at so far, through this object. */
    public long stepsWalked() {
        return chunks.steps();
    }

    /** Bytes in use now, headers included. */
    public long liveBytes() {
        return state.get(LIVE_BYTES);
    }

    /** The most bytes in use at once, headers included. */
    public long peakBytes() {
        return state.get(PEAK_BYTES);
    }

    /**
     * A chunk.
     *
     * @param start its header's offset
     * @param bytes its size, header included
     */
    public record Chunk(long start, long bytes) {}

    /** The free list, in its order. */
    public List<Chunk> freeList() {
        return chunks.free();
    }

    /** All free bytes, headers included, and the largest free chunk. */
    public FreeSpace freeSpace() {
        long largest = freeList().stream().mapToLong(Chunk::bytes).max().orElse(0);
        return new FreeSpace(capacity() - liveBytes(), largest);
    }
}
