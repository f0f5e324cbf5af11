package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.List;

/**
 * The size-class allocator with caches for small classes only: larger requests of all threads go to
 * one allocator behind a lock. It shows what each tier of caches adds.
 */
final class TieredHeap extends Heap {
    private final SizeClassHeap heap;
    private final HeapLock lock = HeapLock.ofThreads();

    /** Guarded by the lock. */
    private final ThreadAllocator shared;

    private final long largestCached;

    /**
     * A heap that is all free.
     *
     * @param largestCached the largest class with caches, or 0
     */
    TieredHeap(long bytes, long largestCached) {
        var whole = new SizeClassHeap(bytes);
        super(bytes, whole.memory());
        heap = whole;
        shared = heap.attach();
        this.largestCached = largestCached;
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new TieredAllocator(number);
    }

    @Override
    public List<HeapLock> locks() {
        return List.of(lock, heap.lock);
    }

    @Override
    public FreeSpace freeSpace() {
        return heap.freeSpace();
    }

    @Override
    public long capacity() {
        return heap.capacity();
    }

    @Override
    public long peakBytes() {
        return heap.peakBytes();
    }

    @Override
    public void recycle() {
        heap.recycle();
    }

    private final class TieredAllocator extends ThreadAllocator {
        private final ThreadAllocator own = heap.attach();

        TieredAllocator(int number) {
            super(TieredHeap.this, number);
        }

        @Override
        public long allocate(long bytes) {
            if (bytes <= largestCached) {
                return own.allocate(bytes);
            }
            cacheMisses++;
            acquire(lock);
            try {
                return counted(shared.allocate(bytes));
            } finally {
                lock.release();
            }
        }

        /** {@inheritDoc} A piece's class tells where it came from. */
        @Override
        public void free(long offset) {
            boolean inside = offset >= 0 && offset < capacity(); // the allocators refuse others
            if (inside && own.usableSize(offset, 0) <= largestCached) {
                own.free(offset);
                return;
            }
            acquire(lock);
            try {
                shared.free(offset);
                frees++;
            } finally {
                lock.release();
            }
        }

        @Override
        public long usableSize(long offset, long requested) {
            return own.usableSize(offset, requested);
        }

        @Override
        public Counters counters() {
            return super.counters().plus(own.counters());
        }
    }
}
