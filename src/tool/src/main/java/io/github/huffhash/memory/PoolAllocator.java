package io.github.huffhash.memory;

/**
 * A worker's pool: requests move a bump pointer, without header and without lock; what does not fit
 * goes to the shared heap. Freeing pool memory does nothing, the pool is recycled as a whole. See
 * Hanson, "Fast allocation and deallocation of memory based on object lifetimes", 1990.
 */
public final class PoolAllocator extends ThreadAllocator {
    private final PoolHeap heap;
    private final LockedAllocator shared;
    private final long poolsEnd;
    private final long poolBytes;

    /** The last demand, mostly that of the next block too, and what the pool leaves of it. */
    private HeapDemand lastDemand = HeapDemand.NONE;

    private HeapDemand remainder = HeapDemand.NONE;

    private long start;
    private long next;
    private long end;

    /** Whether the block's bytes are still to be allocated, which lie in the shared heap. */
    private boolean first;

    PoolAllocator(PoolHeap heap, long number) {
        super(heap, number);
        this.heap = heap;
        shared = new LockedAllocator(heap, number);
        poolBytes = heap.poolBytes();
        poolsEnd = heap.list().base();
    }

    @Override
    public Reservation reserve(HeapDemand demand, long block) throws InterruptedException {
        if (demand != lastDemand) {
            lastDemand = demand;
            remainder = demand.remainderAfterPool(poolBytes);
        }
        remainder.checkFits(heap.list());
        int pool = (int) (block % heap.pools());
        return heap.reserve(others -> (pool > 0 || others == 0) && admit(remainder, pool));
    }

    /**
     * Admits a block if the heap behind the pools is sure to hold the rest of it.
     *
     * @param rest what is left of its demand behind the pool
     * @param pool the number of its pool, from 0
     */
    boolean admit(HeapDemand rest, int pool) {
        if (!shared.admit(rest)) {
            return false;
        }
        heap.use(pool);
        start = pool * poolBytes;
        next = start;
        end = start + poolBytes;
        first = rest.requests().length > 0;
        return true;
    }

    @Override
    public long allocate(long bytes) {
        if (first) {
            first = false;
            return shared.allocate(bytes);
        }
        long size = HeapMemory.aligned(bytes);
        if (size > end - next) {
            cacheMisses++;
            return shared.allocate(bytes);
        }
        long offset = next;
        next += size;
        allocations++;
        cacheHits++;
        return offset;
    }

    @Override
    public void free(long offset) {
        if (offset >= start && offset < next && HeapMemory.isAligned(offset)) {
            frees++;
            return;
        }
        if (offset >= 0 && offset < poolsEnd) {
            throw new InvalidFreeException(offset, "not allocated from this worker's pool");
        }
        shared.free(offset);
    }

    @Override
    public long usableSize(long offset, long requested) {
        return offset < poolsEnd
                ? HeapMemory.aligned(requested)
                : shared.usableSize(offset, requested);
    }

    @Override
    public Counters counters() {
        return super.counters().plus(shared.counters());
    }
}
