package io.github.huffhash.memory;

/**
 * One thread's or process's allocator in a {@link FirstFitHeap}: every allocate and every free
 * takes the heap's lock once.
 *
 * <p>A block is first {@linkplain #admit admitted}: its first requests are made in one hold of the
 * lock and handed out, in order, by the allocations that follow; its nodes are promised, so that
 * none of them can fail. The lock counts are those of the requests as if each had been made by
 * itself.
 */
public class LockedAllocator extends ThreadAllocator {
    private final FirstFitAllocator list;
    private final HeapLock lock;

    private long[] offsets = new long[0];
    private int taken;
    private int handedOut;
    private long reserved;

    /**
     * @param heap the heap that is shared
     * @param number the thread's number, not 0, by which the lock knows it
     */
    LockedAllocator(FirstFitHeap heap, long number) {
        super(heap, number);
        list = heap.list();
        lock = heap.lock();
    }

    @Override
    public Reservation reserve(HeapDemand demand, long block) throws InterruptedException {
        demand.checkFits(list);
        return heap().reserve(_ -> admit(demand));
    }

    /**
     * Admits a block if the heap is sure to hold it.
     *
     * @return whether it was admitted; if not, nothing has changed and nothing was counted
     */
    public boolean admit(HeapDemand demand) {
        long[] requests = demand.requests();
        if (offsets.length < requests.length) {
            offsets = new long[requests.length];
        }
        long waited = lock.acquire(id);
        try {
            if (!list.admit(requests, offsets, demand.nodes())) {
                return false;
            }
        } finally {
            lock.release();
        }
        taken = requests.length;
        handedOut = 0;
        reserved = demand.nodes();
        countHold(waited, taken);
        return true;
    }

    @Override
    public long allocate(long bytes) {
        if (handedOut < taken) {
            allocations++;
            return offsets[handedOut++];
        }
        long offset;
        acquire(lock);
        try {
            offset = reserved > 0 ? list.allocateReserved(bytes) : list.allocate(bytes);
        } finally {
            lock.release();
        }
        if (reserved > 0) {
            reserved--;
        }
        return counted(offset);
    }

    /**
     * {@inheritDoc} A block's first free ends its allocations: what was promised and not used
     * returns to the heap.
     */
    @Override
    public void free(long offset) {
        acquire(lock);
        try {
            list.free(offset);
            if (reserved > 0) {
                list.release(reserved);
                reserved = 0;
            }
        } finally {
            lock.release();
        }
        frees++;
    }

    @Override
    public long usableSize(long offset, long requested) {
        return list.sizeOf(offset);
    }
}
