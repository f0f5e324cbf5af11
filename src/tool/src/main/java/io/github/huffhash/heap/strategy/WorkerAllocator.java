package io.github.huffhash.heap.strategy;

import io.github.huffhash.heap.Allocator;
import io.github.huffhash.heap.HeapLock;
import io.github.huffhash.heap.HeapStatistics;

/**
 * One worker's way into a {@link SharedSpace}. Pieces may be freed through another worker's way
 * than they were allocated through.
 *
 * <p>An abstract class rather than an interface, because a virtual call is a little cheaper. The
 * counters are the worker's own; read them when it is done.
 */
public abstract class WorkerAllocator implements Allocator {
    /** The worker's number, not 0, by which locks know it. */
    final long id;

    long allocations;
    long failures;
    long frees;
    long acquisitions;
    long contended;
    long waitNanos;
    long casRetries;
    long cacheHits;
    long cacheMisses;
    long fallbacks;
    long remoteFrees;

    WorkerAllocator(long id) {
        this.id = id;
    }

    /**
     * How many bytes a live piece really has: what rounding up has added is internal fragmentation.
     *
     * @param offset the piece
     * @param requested what was asked for
     */
    public abstract long grantedBytes(long offset, long requested);

    /** What this worker has done so far. */
    public AllocatorCounts counts() {
        return new AllocatorCounts(
                allocations,
                failures,
                frees,
                acquisitions,
                contended,
                waitNanos,
                casRetries,
                cacheHits,
                cacheMisses,
                fallbacks,
                remoteFrees);
    }

    /** The same for those who know first fit and pools only: what a cache served is a pool's. */
    @Override
    public final HeapStatistics statistics() {
        AllocatorCounts counts = counts();
        return new HeapStatistics(
                counts.allocations(),
                counts.frees(),
                counts.acquisitions(),
                counts.contended(),
                counts.waitNanos(),
                0,
                0,
                counts.cacheHits(),
                counts.cacheMisses());
    }

    /** Takes a lock and counts that. */
    final void acquire(HeapLock lock) {
        long waited = lock.acquire(id);
        acquisitions++;
        if (waited > 0) {
            contended++;
            waitNanos += waited;
        }
    }
}
