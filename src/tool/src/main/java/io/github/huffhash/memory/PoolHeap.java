package io.github.huffhash.memory;

import io.github.huffhash.recording.Recording;

/**
 * Pools at the bottom of the heap, the reference's first fit behind them. A block has a pool for
 * its tree; as many blocks as there are pools are a batch, and the next batch begins when all of
 * them are done.
 */
public final class PoolHeap extends FirstFitHeap {
    private final long poolBytes;
    private final int pools;

    /** How many pools were used so far. Guarded by this. */
    private int usedPools;

    /** How many batches there were, and the last one. Guarded by this. */
    private long batches;

    private Recording.Span batch = Recording.NONE;

    /**
     * A heap that is all free.
     *
     * @param bytes its size, pools included
     * @param poolBytes size of one pool, a multiple of 16
     * @param pools how many pools there are, and blocks in a batch
     */
    public PoolHeap(long bytes, long poolBytes, int pools) {
        this(
                FirstFitAllocator.create(
                        HeapMemory.ofBytes(bytes), poolsBytes(poolBytes, pools), bytes, false),
                HeapLock.ofThreads(),
                poolBytes,
                pools);
    }

    PoolHeap(FirstFitAllocator list, HeapLock lock, long poolBytes, int pools) {
        super(list, lock, true);
        this.poolBytes = poolBytes;
        this.pools = pools;
    }

    /** Bytes of all pools together; no more than 2⁶², which no heap has. */
    private static long poolsBytes(long poolBytes, int pools) {
        long most = 1L << 62;
        return poolBytes > most / pools ? most : poolBytes * pools;
    }

    @Override
    protected PoolAllocator newAllocator(int number) {
        return new PoolAllocator(this, number);
    }

    long poolBytes() {
        return poolBytes;
    }

    int pools() {
        return pools;
    }

    /** Notes that a pool is used: the first one by the first block of a batch. */
    synchronized void use(int pool) {
        if (pool == 0) {
            batch.close();
            batch = Recording.batch(batches++);
        }
        usedPools = Math.max(usedPools, pool + 1);
    }

    @Override
    public synchronized void close() {
        batch.close();
        super.close();
    }

    @Override
    public synchronized long liveBytes() {
        return super.liveBytes() + usedPools * poolBytes;
    }

    /** {@inheritDoc} Every pool that was used counts as a whole. */
    @Override
    public synchronized long peakBytes() {
        return super.peakBytes() + usedPools * poolBytes;
    }
}
