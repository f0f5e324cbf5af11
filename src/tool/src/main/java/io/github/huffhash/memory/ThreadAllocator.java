package io.github.huffhash.memory;

/**
 * One thread's way into a {@link Heap}. A piece may be freed through the allocator of another
 * thread than it was allocated through.
 *
 * <p>An abstract class rather than an interface, because a virtual call is a little cheaper. The
 * counters are the thread's own; read them when it is done.
 */
public abstract class ThreadAllocator implements Allocator {
    /** The thread's number, not 0, by which locks know it. */
    protected final long id;

    /** What the thread has counted so far, see {@link Counters}. */
    protected long allocations;

    protected long failures;
    protected long frees;
    protected long lockAcquisitions;
    protected long casRetries;
    protected long cacheHits;
    protected long cacheMisses;
    protected long fallbacks;
    protected long remoteFrees;

    /** Acquisitions that shared the hold of another request. */
    private long sharedHolds;

    private long contendedAcquisitions;
    private long lockWaitNanos;
    private long longestWaitNanos;

    private final Heap heap;

    /**
     * For subclasses.
     *
     * @param heap the heap that is shared
     * @param id the thread's number, not 0
     */
    protected ThreadAllocator(Heap heap, long id) {
        this.heap = heap;
        this.id = id;
    }

    final Heap heap() {
        return heap;
    }

    /**
     * Waits until the heap has room for a block, which this thread then allocates and frees. Blocks
     * have to come in order, one call at a time.
     *
     * <p>First fit is sure to serve what it admits. Other strategies can only count: no more blocks
     * are in the heap than would fill it. A request may fail then, and the block is done again by
     * {@link #reserveExclusively}.
     *
     * @param demand what the block may ask for
     * @param block its number, from 0
     */
    public Reservation reserve(HeapDemand demand, long block) throws InterruptedException {
        long most = heap.bytes() / demand.footprint();
        return heap.reserve(others -> others < Math.max(1, most));
    }

    /**
     * Waits until no block is in the heap, which is then recycled and is this thread's alone: for a
     * block that has found no room. It must have freed all it had and closed its reservation.
     */
    public final Reservation reserveExclusively() throws InterruptedException {
        return heap.reserveExclusively();
    }

    /**
     * How many bytes a live piece really has: what rounding up has added is internal fragmentation.
     * Where nothing more is known, that is up to the alignment.
     *
     * @param offset the piece
     * @param requested what was asked for
     */
    public long usableSize(long offset, long requested) {
        return HeapMemory.aligned(requested);
    }

    /** What this thread has done so far; exact while no other thread is using this allocator. */
    public Counters counters() {
        return new Counters(
                allocations,
                failures,
                frees,
                new LockUse(
                        lockAcquisitions,
                        lockAcquisitions - sharedHolds,
                        contendedAcquisitions,
                        lockWaitNanos,
                        longestWaitNanos),
                casRetries,
                cacheHits,
                cacheMisses,
                fallbacks,
                remoteFrees,
                0);
    }

    /** Counts a request by its answer, which is returned. */
    protected final long counted(long offset) {
        if (offset == HeapMemory.NULL) {
            failures++;
        } else {
            allocations++;
        }
        return offset;
    }

    /** Gives back to the heap what this thread keeps to itself, see {@link Heap#recycle}. */
    protected void flushCaches() {}

    /** Counts a compare-and-set that was lost to another thread. */
    public final void countCasRetry() {
        casRetries++;
    }

    /** Takes a lock and counts that. */
    public final void acquire(HeapLock lock) {
        long waited = lock.acquire(id);
        lockAcquisitions++;
        countWait(waited);
    }

    /**
     * Counts one hold of a lock for several requests.
     *
     * @param waited how many nanoseconds it waited for, 0 if the lock was free
     * @param requests at least 1
     */
    final void countHold(long waited, int requests) {
        lockAcquisitions += requests;
        sharedHolds += requests - 1;
        countWait(waited);
    }

    private void countWait(long waited) {
        if (waited > 0) {
            contendedAcquisitions++;
            lockWaitNanos += waited;
            longestWaitNanos = Math.max(longestWaitNanos, waited);
        }
    }
}
