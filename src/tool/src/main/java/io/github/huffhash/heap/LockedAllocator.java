package io.github.huffhash.heap;

/**
 * One worker's way into a first-fit heap that many share: every allocate and every free takes the
 * heap's lock once.
 *
 * <p>A block is first {@linkplain #admit admitted}: its first requests are made in one hold of the
 * lock and handed out, in order, by the allocations that follow; its nodes are promised, so that
 * none of them can fail. The lock counts are those of the requests as if each had been made by
 * itself. Counters are the worker's own; read them when it is done.
 */
public final class LockedAllocator implements SharedAllocator {
    private final FirstFitAllocator heap;
    private final HeapLock lock;
    private final long owner;

    private long[] offsets = new long[0];
    private int taken;
    private int handedOut;
    private long promised;

    private long acquisitions;
    private long contended;
    private long waitNanos;

    /**
     * @param heap the heap shared
     * @param lock its lock
     * @param owner the worker's number, not 0, by which the lock knows it
     */
    public LockedAllocator(FirstFitAllocator heap, HeapLock lock, long owner) {
        this.heap = heap;
        this.lock = lock;
        this.owner = owner;
    }

    @Override
    public HeapDemand shareOf(HeapDemand demand) {
        return demand;
    }

    @Override
    public boolean admit(HeapDemand share, int place) {
        long[] requests = share.requests();
        if (offsets.length < requests.length) {
            offsets = new long[requests.length];
        }
        long waited = lock.acquire(owner);
        try {
            if (!heap.admit(requests, offsets, requests.length, share.nodes())) {
                return false;
            }
        } finally {
            lock.release();
        }
        taken = requests.length;
        handedOut = 0;
        promised = share.nodes();
        count(waited, taken);
        return true;
    }

    @Override
    public long allocateBlock(int length) {
        return allocate(length);
    }

    @Override
    public long allocate(long bytes) {
        if (handedOut < taken) {
            return offsets[handedOut++];
        }
        long waited = lock.acquire(owner);
        long offset;
        try {
            offset = promised > 0 ? heap.allocatePromised(bytes) : heap.allocate(bytes);
        } finally {
            lock.release();
        }
        if (promised > 0) {
            promised--;
        }
        count(waited, 1);
        return offset;
    }

    /**
     * {@inheritDoc} A block's first free ends its allocations: what was promised and not used
     * returns to the heap.
     */
    @Override
    public void free(long offset) {
        long waited = lock.acquire(owner);
        try {
            heap.free(offset);
            if (promised > 0) {
                heap.release(promised);
                promised = 0;
            }
        } finally {
            lock.release();
        }
        count(waited, 1);
    }

    private void count(long waited, int requests) {
        acquisitions += requests;
        if (waited > 0) {
            countWait(waited);
        }
    }

    private void countWait(long nanos) {
        contended++;
        waitNanos += nanos;
    }

    /** The worker's acquisitions and waits; what is in use is known to the shared heap alone. */
    @Override
    public HeapStatistics statistics() {
        return new HeapStatistics(0, 0, acquisitions, contended, waitNanos, 0, 0, 0, 0);
    }
}
