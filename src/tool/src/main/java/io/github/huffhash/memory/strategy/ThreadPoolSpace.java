package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bump pools of 16 KiB for each worker in the lower half of the heap, first fit behind a lock in
 * the upper half. A worker fills its pool, leaves it, and takes another; a pool is used again when
 * the last of its pieces has been freed, by whoever that is. What is larger than a quarter of a
 * pool, or finds no pool free, goes to first fit. Each worker keeps one free pool for itself.
 *
 * <p>The pools mode's idea made fit for work without blocks; the pools are the regions of Hanson,
 * "Fast allocation and deallocation of memory based on object lifetimes", 1990, with counts of what
 * lives in them, as in Berger and others, "Reconsidering custom memory allocation", 2002.
 *
 * <p>Costs: an addition to allocate, another to free while the pool is the worker's current one,
 * and one atomic addition after that. One long-lived piece keeps a whole pool. Pools have no state
 * for a piece: a double free in one goes unnoticed, and makes it be used again too soon; first fit
 * finds it.
 */
final class ThreadPoolSpace extends StrategyHeap {
    private static final VarHandle COUNT =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private static final int POOL_SHIFT = 14;
    private static final int POOL_BYTES = 1 << POOL_SHIFT;
    private static final int MAX_PIECE_BYTES = POOL_BYTES / 4;

    /** Each pool's count is on cache lines of its own. */
    private static final int COUNT_STRIDE = 32;

    private final int pools;
    private final long poolsBytes;
    private final TaggedStack freePools;

    /**
     * For each pool: the frees that were not its current owner's own, below zero; the owner adds
     * its own sum when it leaves. Whoever brings it to zero after that has freed the last piece.
     */
    private final int[] counts;

    /** Changed once a pool, not once a piece. */
    private final AtomicInteger poolsInUse = new AtomicInteger();

    private final AtomicInteger poolsPeak = new AtomicInteger();

    private final FirstFitAllocator heap;
    private final HeapLock lock;

    ThreadPoolSpace(NativeHeap memory) {
        super(memory);
        pools = Math.toIntExact((memory.size() / 2) >> POOL_SHIFT);
        poolsBytes = (long) pools << POOL_SHIFT;
        counts = new int[pools * COUNT_STRIDE];
        freePools = new TaggedStack(new int[pools]);
        var anyone = new Worker(0);
        for (int pool = pools - 1; pool >= 0; pool--) {
            freePools.push(pool, anyone);
        }
        heap = memory.firstFit(poolsBytes, memory.size());
        lock = HeapLock.ofThreads();
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new Worker(number);
    }

    @Override
    public FreeSpace freeSpace() {
        int free = pools - poolsInUse.get();
        return new FreeSpace((long) free << POOL_SHIFT, free == 0 ? 0 : POOL_BYTES)
                .plus(heap.freeSpace());
    }

    @Override
    public long capacity() {
        return poolsBytes + heap.capacity();
    }

    @Override
    public long peakBytes() {
        return ((long) poolsPeak.get() << POOL_SHIFT) + heap.peakBytes();
    }

    /** A worker with its pool. */
    final class Worker extends ThreadAllocator {
        /** Its pool, none at first: then there is no room in it. */
        private int pool = -1;

        private long next;
        private long end;

        /** A pool that it has made free and keeps for itself, or −1. */
        private int spare = -1;

        /** Pieces allocated less those the worker itself has freed, in this pool. */
        private int balance;

        private Worker(int number) {
            super(ThreadPoolSpace.this, number);
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            if (size > end - next) {
                if (size > MAX_PIECE_BYTES || !newPool()) {
                    return fromHeap(size);
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
            if (pool >= 0 && balance + (int) COUNT.getAcquire(counts, pool * COUNT_STRIDE) == 0) {
                COUNT.setRelease(counts, pool * COUNT_STRIDE, 0);
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
            if (spare >= 0) {
                int taken = spare;
                spare = -1;
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
            if (by + (int) COUNT.getAndAdd(counts, pool * COUNT_STRIDE, by) == 0) {
                if (spare < 0) {
                    spare = pool;
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
        protected void giveBack() {
            leavePool();
            if (spare >= 0) {
                putPool(spare);
                spare = -1;
            }
        }

        private long fromHeap(long size) {
            cacheMisses++;
            fallbacks++;
            acquire(lock);
            long offset;
            try {
                offset = heap.allocate(size);
            } finally {
                lock.release();
            }
            if (offset == NULL) {
                failures++;
                return NULL;
            }
            allocations++;
            return poolsBytes + offset;
        }

        @Override
        public void free(long offset) {
            if (offset >= poolsBytes) {
                freeInHeap(offset);
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

        private void freeInHeap(long offset) {
            acquire(lock);
            try {
                heap.free(offset - poolsBytes);
            } catch (InvalidFreeException e) {
                throw new InvalidFreeException(offset, e.reason());
            } finally {
                lock.release();
            }
            frees++;
        }

        @Override
        public long usableSize(long offset, long requested) {
            return offset < poolsBytes
                    ? HeapMemory.aligned(requested)
                    : heap.sizeOf(offset - poolsBytes);
        }
    }
}
