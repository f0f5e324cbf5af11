package io.github.huffhash.memory;

import static io.github.huffhash.memory.FirstFitState.HEAD;
import static io.github.huffhash.memory.FirstFitState.LIVE_BYTES;
import static io.github.huffhash.memory.FirstFitState.PEAK_BYTES;
import static io.github.huffhash.memory.FirstFitState.UNRESERVED;
import static io.github.huffhash.memory.HeapMemory.ALIGNMENT;
import static io.github.huffhash.memory.HeapMemory.NULL;

import java.util.ArrayList;
import java.util.List;

/**
 * First fit over one free list in address order, with splitting and coalescing: the reference's
 * heap, chunk for chunk.
 *
 * <p>The list and the {@linkplain ChunkHeaders headers} lie in the heap itself. What the reference
 * finds by walking its list, {@link #free} finds in bitmaps of chunk starts instead: the free
 * neighbour below, and whether an offset is the start of a live chunk at all (the magic alone does
 * not tell: a file's bytes can imitate it, and coalescing leaves it standing). Placement is the
 * reference's. See Knuth, The Art of Computer Programming, volume 1, section 2.5.
 *
 * <p>All state lies in the memory and the control memory, so that several processes may attach to
 * one heap; nothing is synchronised.
 *
 * <p>Room for nodes can be promised ahead, see {@link #admit}.
 */
public final class FirstFitAllocator {
    /** Header of an allocated chunk, and of a free one. */
    public static final int HEADER_BYTES = ChunkHeaders.BYTES;

    /** Marks an allocated chunk. */
    public static final long MAGIC = ChunkHeaders.MAGIC;

    /** A tree node with its header: the unit in which free room is promised. */
    public static final int UNIT_BYTES = 48;

    private final HeapMemory memory;
    private final ChunkHeaders headers;
    private final FirstFitState state;
    private final long base;
    private final long end;
    private final boolean walks;

    /** Free chunks looked at so far, through this object. */
    private long steps;

    /**
     * A heap that {@link #create} has made, perhaps in another process, with the same memory,
     * bounds and control memory.
     */
    public FirstFitAllocator(HeapMemory memory, long base, long end, HeapMemory control) {
        this(memory, base, end, control, false);
    }

    private FirstFitAllocator(
            HeapMemory memory, long base, long end, HeapMemory control, boolean walks) {
        this.walks = walks;
        this.memory = memory;
        this.base = base;
        this.end = end & -ALIGNMENT;
        headers = new ChunkHeaders(memory);
        state = new FirstFitState(control, end);
    }

    /** The bytes of control memory of a heap that ends at {@code end}. */
    public static long controlBytes(long end) {
        return FirstFitState.bytes(end);
    }

    /** First fit over a part of the memory, in one process; see the other method. */
    public static FirstFitAllocator create(HeapMemory memory, long base, long end) {
        return create(memory, base, end, HeapMemory.ofBytes(controlBytes(end)));
    }

    /** The same whose frees walk the list to their neighbours, as the reference's do. */
    static FirstFitAllocator createWalking(HeapMemory memory, long end) {
        var control = HeapMemory.ofBytes(controlBytes(end));
        return initialized(new FirstFitAllocator(memory, 0, end, control, true));
    }

    /**
     * Makes one free chunk of everything from {@code base} to {@code end}; where there is no room
     * for one, a heap that has nothing to give.
     *
     * @param base the first byte that is the allocator's, a multiple of 16
     * @param end the first byte behind that is not
     * @param control {@link #controlBytes} bytes, all zero
     */
    public static FirstFitAllocator create(
            HeapMemory memory, long base, long end, HeapMemory control) {
        return initialized(new FirstFitAllocator(memory, base, end, control));
    }

    private static FirstFitAllocator initialized(FirstFitAllocator allocator) {
        allocator.state.set(HEAD, NULL);
        if (allocator.capacity() > HEADER_BYTES) {
            allocator.insert(allocator.base, allocator.capacity() - HEADER_BYTES);
        }
        return allocator;
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
        long chunk = state.get(HEAD);
        int walked = 0;
        while (chunk != NULL) {
            walked++;
            long size = headers.size(chunk);
            if (size >= payload) {
                steps += walked;
                return take(previous, chunk, size, payload, reserved);
            }
            previous = chunk;
            chunk = headers.next(chunk);
        }
        steps += walked;
        return NULL;
    }

    private long take(long previous, long chunk, long size, long payload, int reserved) {
        boolean split = size - payload > HEADER_BYTES;
        long restSize = size - payload - HEADER_BYTES;
        long units =
                FirstFitState.unitsOf(size)
                        - (split ? FirstFitState.unitsOf(restSize) : 0)
                        - reserved;
        if (units != 0) {
            long unreserved = state.get(UNRESERVED) - units;
            if (unreserved < 0) {
                return NULL; // what is left has been promised to others
            }
            state.set(UNRESERVED, unreserved);
        }
        long follower = headers.next(chunk);
        long taken = payload;
        if (split) {
            long rest = chunk + HEADER_BYTES + payload;
            headers.setFree(rest, restSize, follower);
            link(previous, rest);
            state.moveFree(chunk, rest);
        } else {
            taken = size;
            link(previous, follower);
            state.removeFree(chunk);
        }
        headers.setAllocated(chunk, taken);
        state.addAllocated(chunk);
        long live = state.add(LIVE_BYTES, taken + HEADER_BYTES);
        if (live > state.get(PEAK_BYTES)) {
            state.set(PEAK_BYTES, live);
        }
        return chunk + HEADER_BYTES;
    }

    /** See {@link Allocator#free}. */
    public void free(long offset) {
        long chunk = offset - HEADER_BYTES;
        checkBounds(offset);
        if (!state.removeAllocated(chunk)) {
            throw new InvalidFreeException(offset, "not allocated, or freed before");
        }
        if (!headers.hasMagic(chunk)) {
            state.addAllocated(chunk);
            throw new InvalidFreeException(offset, "its header was overwritten");
        }
        long size = headers.size(chunk);
        state.add(LIVE_BYTES, -(size + HEADER_BYTES));
        insert(chunk, size);
    }

    /** Puts a chunk into the free list and merges it with its free neighbours. */
    private void insert(long freed, long freedSize) {
        long chunk = freed;
        long size = freedSize;
        long previous = walks ? walkTo(chunk) : state.freeBelow(chunk);
        long follower = previous == NULL ? state.get(HEAD) : headers.next(previous);
        long units = 0;
        if (follower == chunk + HEADER_BYTES + size) {
            long followerSize = headers.size(follower);
            units += FirstFitState.unitsOf(followerSize);
            size += HEADER_BYTES + followerSize;
            state.removeFree(follower);
            follower = headers.next(follower);
        }
        long previousSize = previous == NULL ? 0 : headers.size(previous);
        if (previous != NULL && previous + HEADER_BYTES + previousSize == chunk) {
            units += FirstFitState.unitsOf(previousSize);
            size += HEADER_BYTES + previousSize;
            chunk = previous;
        } else {
            state.addFree(chunk);
            link(previous, chunk);
        }
        headers.setFree(chunk, size, follower);
        state.add(UNRESERVED, FirstFitState.unitsOf(size) - units);
    }

    /** The last free chunk below, or NULL, as the reference finds it. */
    private long walkTo(long end) {
        long previous = NULL;
        for (long chunk = state.get(HEAD);
                chunk != NULL && chunk < end;
                chunk = headers.next(chunk)) {
            previous = chunk;
            steps++;
        }
        return previous;
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
        if (state.get(UNRESERVED) < units) {
            takeBack(offsets, requests.length, peak);
            return false;
        }
        state.add(UNRESERVED, -units);
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
        return headers.size(offset - HEADER_BYTES);
    }

    /** Free chunks looked at so far, through this object. */
    public long stepsWalked() {
        return steps;
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
        List<Chunk> chunks = new ArrayList<>();
        for (long chunk = state.get(HEAD); chunk != NULL; chunk = headers.next(chunk)) {
            chunks.add(new Chunk(chunk, headers.size(chunk) + HEADER_BYTES));
        }
        return chunks;
    }

    /** All free bytes, headers included, and the largest free chunk. */
    public FreeSpace freeSpace() {
        long largest = freeList().stream().mapToLong(Chunk::bytes).max().orElse(0);
        return new FreeSpace(capacity() - liveBytes(), largest);
    }

    private void link(long previous, long chunk) {
        if (previous == NULL) {
            state.set(HEAD, chunk);
        } else {
            headers.setNext(previous, chunk);
        }
    }
}
