package io.github.huffhash.memory;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reference's heap as the reference uses it: every block begins at once, whether or not the
 * heap can hold it. The first request that finds no room fails with a {@link
 * HeapExhaustedException}, where the original crashes.
 */
public final class UnboundedHeap extends FirstFitHeap {
    /** Blocks that have begun and not ended. */
    private final AtomicInteger inside = new AtomicInteger();

    /**
     * A heap that is all free.
     *
     * @param walks whether frees walk the list, as the reference's do
     */
    public UnboundedHeap(long bytes, boolean walks) {
        super(list(bytes, walks), HeapLock.ofThreads(), true);
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new UnboundedAllocator(number);
    }

    private final class UnboundedAllocator extends ThreadAllocator {
        private long block;

        UnboundedAllocator(int number) {
            super(UnboundedHeap.this, number);
        }

        @Override
        public Reservation reserve(HeapDemand demand, long index) {
            block = index;
            inside.incrementAndGet();
            return inside::decrementAndGet;
        }

        @Override
        public long allocate(long bytes) {
            acquire(lock());
            try {
                long offset = list().allocate(bytes);
                if (offset == HeapMemory.NULL) {
                    throw new HeapExhaustedException(block, bytes, inside.get(), freeSpace());
                }
                allocations++;
                return offset;
            } finally {
                lock().release();
            }
        }

        @Override
        public void free(long offset) {
            UnboundedHeap.this.free(offset, this);
            frees++;
        }

        @Override
        public long usableSize(long offset, long requested) {
            return list().sizeOf(offset);
        }
    }
}
