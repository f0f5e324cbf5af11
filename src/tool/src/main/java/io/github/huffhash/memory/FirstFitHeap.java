package io.github.huffhash.memory;

import java.util.List;

/**
 * The reference's heap: one first-fit list behind one lock. It admits a block only if it is sure to
 * hold it, see {@link FirstFitAllocator#admit}. Heaps that put something in front of the list
 * extend it.
 */
public class FirstFitHeap extends Heap {
    private final FirstFitAllocator list;
    private final HeapLock lock;
    private final boolean locked;

    FirstFitHeap(FirstFitAllocator list, HeapLock lock, boolean locked) {
        super(list.memory().size(), list.memory());
        this.list = list;
        this.lock = lock;
        this.locked = locked;
    }

    /** A heap in a part of the memory, for the threads of one process, all free. */
    public FirstFitHeap(HeapMemory memory, long base, long end) {
        this(FirstFitAllocator.create(memory, base, end, false), HeapLock.ofThreads(), true);
    }

    /**
     * A heap for the threads of one process, all free.
     *
     * @param walks whether frees walk the list, as the reference's do
     */
    public static FirstFitHeap ofThreads(long bytes, boolean walks) {
        return new FirstFitHeap(list(bytes, walks), HeapLock.ofThreads(), true);
    }

    /** The same for one thread, which takes no lock. */
    public static FirstFitHeap ofOneThread(long bytes, boolean walks) {
        return new FirstFitHeap(list(bytes, walks), HeapLock.ofThreads(), false);
    }

    static FirstFitAllocator list(long bytes, boolean walks) {
        return FirstFitAllocator.create(HeapMemory.ofBytes(bytes), 0, bytes, walks);
    }

    /**
     * The allocator of a process that shares a heap with others.
     *
     * @param number the number by which the lock knows the process, not 0
     */
    public static LockedAllocator attach(FirstFitAllocator list, HeapLock lock, int number) {
        return new LockedAllocator(new FirstFitHeap(list, lock, true), number);
    }

    /** The list, to be used with the lock held. */
    public final FirstFitAllocator list() {
        return list;
    }

    /** The lock that guards the list. */
    public final HeapLock lock() {
        return lock;
    }

    /** Allocates from the list for a thread, which counts the lock alone. */
    public final long allocate(long bytes, ThreadAllocator thread) {
        thread.acquire(lock);
        try {
            return list.allocate(bytes);
        } finally {
            lock.release();
        }
    }

    /** Frees a piece of the list for a thread, which counts the lock alone. */
    public final void free(long offset, ThreadAllocator thread) {
        thread.acquire(lock);
        try {
            list.free(offset);
        } finally {
            lock.release();
        }
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return locked ? new LockedAllocator(this, number) : new Unlocked(number);
    }

    @Override
    public List<HeapLock> locks() {
        return List.of(lock);
    }

    @Override
    public long stepsWalked() {
        return list.stepsWalked();
    }

    @Override
    public FreeSpace freeSpace() {
        return list.freeSpace();
    }

    @Override
    public long capacity() {
        return list.capacity();
    }

    @Override
    public long liveBytes() {
        return list.liveBytes();
    }

    @Override
    public long peakBytes() {
        return list.peakBytes();
    }

    /** The only thread's allocator. */
    private final class Unlocked extends ThreadAllocator {
        Unlocked(int number) {
            super(FirstFitHeap.this, number);
        }

        @Override
        public Reservation reserve(HeapDemand demand, long block) throws InterruptedException {
            demand.checkFits(list);
            return super.reserve(demand, block);
        }

        @Override
        public long allocate(long bytes) {
            return counted(list.allocate(bytes));
        }

        @Override
        public void free(long offset) {
            list.free(offset);
            frees++;
        }

        @Override
        public long usableSize(long offset, long requested) {
            return list.sizeOf(offset);
        }
    }
}
