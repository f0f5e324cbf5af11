package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.PaddedLong;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bump pools of 16 KiB for each thread in the lower half of the heap, first fit behind a lock in
 * the upper half. A thread fills its pool, leaves it, and takes another; a pool is used again when
 * the last of its pieces has been freed, by any thread. A request that does not fit its pool goes
 * to first fit if it is larger than a quarter of one, or if no other is free. Each thread keeps one
 * free pool for itself.
 *
 * <p>The pools mode's idea made fit for work without blocks; the pools are the regions of Hanson,
 * "Fast allocation and deallocation of memory based on object lifetimes", 1990, with counts of what
 * lives in them, as in Berger and others, "Reconsidering custom memory allocation", 2002.
 *
 * <p>Costs: an addition to allocate, another to free while the pool is the thread's current one,
 * and one atomic addition after that. One long-lived piece keeps a whole pool. Pools have no state
 * for a piece: a double free in one goes unnoticed, and makes it be used again too soon; first fit
 * finds it.
 */
final class BumpPoolsHeap extends FirstFitHeap {
    private static final int POOL_SHIFT = 14;
    private static final int POOL_BYTES = 1 << POOL_SHIFT;
    private static final int MAX_PIECE_BYTES = POOL_BYTES / 4;

    private final int pools;
    private final long poolsBytes;
    private final TaggedStack freePools;

    /**
     * For each pool: the frees by threads other than its current owner, below zero; the owner adds
     * its own sum when it leaves. The thread that brings it to zero after that has freed the last
     * piece.
     */
    private final PaddedLong[] counts;

    /** Changed once a pool, not once a piece. */
    private final AtomicInteger poolsInUse = new AtomicInteger();

    private final AtomicInteger poolsPeak = new AtomicInteger();

    BumpPoolsHeap(long bytes) {
        super(HeapMemory.ofBytes(bytes), poolsBytes(bytes), bytes);
        poolsBytes = poolsBytes(bytes);
        pools = Math.toIntExact(poolsBytes >> POOL_SHIFT);
        counts = new PaddedLong[pools];
        Arrays.setAll(counts, _ -> new PaddedLong());
        freePools = new TaggedStack(new int[pools]);
        ThreadAllocator any = newAllocator(1);
        for (int pool = pools - 1; pool >= 0; pool--) {
            freePools.push(pool, any);
        }
    }

    private static long poolsBytes(long heapBytes) {
        return (heapBytes / 2) & -POOL_BYTES;
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new BumpAllocator(number);
    }

    @Override
    public FreeSpace freeSpace() {
        int free = pools - poolsInUse.get();
        return new FreeSpace((long) free << POOL_SHIFT, free == 0 ? 0 : POOL_BYTES)
                .plus(super.freeSpace());
    }

    @Override
    public long capacity() {
        return poolsBytes + super.capacity();
    }

    @Override
    public long peakBytes() {
        return ((long) poolsPeak.get() << POOL_SHIFT) + super.peakBytes();
    }

    /** The allocator of one thread, with its pool. */
    private final class BumpAllocator extends ThreadAllocator {
        /** Its pool, none at first: then there is no room in it. */
        private int pool = -1;

        private long next;
        private long end;

        /** A free pool that this thread keeps for itself, or −1. */
        private int keptPool = -1;

        /** Pieces allocated less those the worker itself has freed, in this pool. */
        private int balance;

        BumpAllocator(int number) {
            super(BumpPoolsHeap.this, number);
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            if (size > end - next) {
                if (size > MAX_PIECE_BYTES || !newPool()) {
                    return fromList(size);
                }
                cacheMisses++;
            } else {
                cacheHits++;
            }
            long offset = next;
            next += size;
            balance++;
            allocations++;
            return offset;
        }

        /** Empties the pool if nothing in it is live, or else leaves it for another. */
        private boolean newPool() {
            if (pool >= 0 && balance + counts[pool].getAcquire() == 0) {
                counts[pool].setRelease(0);
            } else {
                int taken = takePool();
                if (taken < 0) {
                    return false;
                }
                leavePool();
                pool = taken;
                end = (long) (pool + 1) << POOL_SHIFT;
            }
            next = end - POOL_BYTES;
            balance = 0;
            return true;
        }

        private int takePool() {
            if (keptPool >= 0) {
                int taken = keptPool;
                keptPool = -1;
                return taken;
            }
            int taken = freePools.pop(this);
            if (taken >= 0) {
                poolsPeak.accumulateAndGet(poolsInUse.incrementAndGet(), Math::max);
            }
            return taken;
        }

        /** From now on the pool's last free makes it free. */
        private void leavePool() {
            if (pool >= 0) {
                int left = pool;
                pool = -1;
                next = end;
                change(left, balance);
                balance = 0;
            }
        }

        private void change(int pool, int by) {
            if (by + counts[pool].getAndAdd(by) == 0) {
                if (keptPool < 0) {
                    keptPool = pool;
                } else {
                    putPool(pool);
                }
            }
        }

        private void putPool(int pool) {
            poolsInUse.decrementAndGet();
            freePools.push(pool, this);
        }

        /** Keeps no pool. */
        @Override
        protected void flushCaches() {
            leavePool();
            if (keptPool >= 0) {
                putPool(keptPool);
                keptPool = -1;
            }
        }

        private long fromList(long size) {
            cacheMisses++;
            long offset = BumpPoolsHeap.this.allocate(size, this);
            fallbacks += offset == HeapMemory.NULL ? 0 : 1;
            return counted(offset);
        }

        @Override
        public void free(long offset) {
            if (offset >= poolsBytes) {
                BumpPoolsHeap.this.free(offset, this);
                frees++;
                return;
            }
            if (!HeapMemory.isAligned(offset) || offset < 0) {
                throw new InvalidFreeException(offset, "not a place in the heap");
            }
            int freed = (int) (offset >> POOL_SHIFT);
            frees++;
            if (freed == pool) {
                balance--;
            } else {
                change(freed, -1);
            }
        }

        @Override
        public long usableSize(long offset, long requested) {
            return offset < poolsBytes ? HeapMemory.aligned(requested) : list().sizeOf(offset);
        }
    }
}
