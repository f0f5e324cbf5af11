package io.github.huffhash.heap;

/**
 * A worker's pool: requests move a bump pointer, without header and without lock; what does not fit
 * goes to the shared heap. Freeing pool memory does nothing, the pool is recycled as a whole. See
 * Hanson, "Fast allocation and deallocation of memory based on object lifetimes", 1990.
 */
public final class PoolAllocator implements SharedAllocator {
    private final LockedAllocator shared;
    private final long poolsEnd;
    private final long poolBytes;

    private long start;
    private long next;
    private long end;
    private long poolAllocations;
    private long poolFallbacks;

    /**
     * @param shared the way into the heap behind the pools
     * @param poolBytes size of one pool, a multiple of 16
     * @param pools how many pools lie at the bottom of the heap
     */
    public PoolAllocator(LockedAllocator shared, long poolBytes, long pools) {
        this.shared = shared;
        this.poolBytes = poolBytes;
        this.poolsEnd = poolBytes * pools;
    }

    @Override
    public HeapDemand shareOf(HeapDemand demand) {
        return demand.beyondPool(poolBytes);
    }

    /** {@inheritDoc} The worker then allocates from the pool with that number, from its start. */
    @Override
    public boolean admit(HeapDemand share, int place) {
        if (!shared.admit(share, place)) {
            return false;
        }
        start = place * poolBytes;
        next = start;
        end = start + poolBytes;
        return true;
    }

    @Override
    public long allocateBlock(int length) {
        return shared.allocateBlock(length);
    }

    @Override
    public long allocate(long bytes) {
        long size = Allocator.aligned(bytes);
        if (size > end - next) {
            poolFallbacks++;
            return shared.allocate(bytes);
        }
        long offset = next;
        next += size;
        poolAllocations++;
        return offset;
    }

    @Override
    public void free(long offset) {
        if (offset >= start && offset < next && Allocator.isAligned(offset)) {
            return;
        }
        if (offset >= 0 && offset < poolsEnd) {
            throw new InvalidFreeException(offset, "not allocated from this worker's pool");
        }
        shared.free(offset);
    }

    @Override
    public HeapStatistics statistics() {
        return shared.statistics()
                .plus(
                        new HeapStatistics(
                                poolAllocations, 0, 0, 0, 0, 0, 0, poolAllocations, poolFallbacks));
    }
}
