package io.github.huffhash.memory;

import java.util.Optional;
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
     * The first failure: what other threads find after it is its consequence. Guarded by the lock.
     */
    private Optional<HeapExhaustedException> failure = Optional.empty();

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

    private final class UnboundedAllocator extends LockedAllocator {
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
                    throw failure.orElseGet(() -> exhausted(bytes));
                }
                allocations++;
                return offset;
            } finally {
                lock().release();
            }
        }

        private HeapExhaustedException exhausted(long bytes) {
            var first = new HeapExhaustedException(block, bytes, inside.get(), freeSpace());
            failure = Optional.of(first);
            return first;
        }
    }
}
