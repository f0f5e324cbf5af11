package io.github.huffhash.memory;

/**
 * The reference's heap: one first-fit list behind one lock. It admits a block only if it is sure to
 * hold it, see {@link FirstFitAllocator#admit}.
 */
public final class FirstFitHeap extends Heap {
    private final HeapMemory memory;
    private final FirstFitAllocator list;
    private final HeapLock lock;
    private final boolean locked;

    private FirstFitHeap(HeapMemory memory, FirstFitAllocator list, HeapLock lock, boolean locked) {
        super(memory.size());
        this.memory = memory;
        this.list = list;
        this.lock = lock;
        this.locked = locked;
    }

    /** A heap for the threads of one process, all free. */
    public static FirstFitHeap ofThreads(long bytes) {
        return create(bytes, true);
    }

    /** A heap for one thread, which takes no lock. */
    public static FirstFitHeap ofOneThread(long bytes) {
        return create(bytes, false);
    }

    /**
     * The allocator of a process that shares a heap with others.
     *
     * @param owner the number by which the lock knows the process, not 0
     */
    public static LockedAllocator shared(FirstFitAllocator list, HeapLock lock, long owner) {
        var heap = new FirstFitHeap(list.memory(), list, lock, true);
        return new LockedAllocator(heap, list, lock, owner);
    }

    private static FirstFitHeap create(long bytes, boolean locked) {
        var memory = HeapMemory.allocate(bytes);
        var control = ControlWords.inArray(FirstFitAllocator.controlWords(bytes));
        return new FirstFitHeap(
                memory, FirstFitAllocator.create(memory, 0, control), HeapLock.ofThreads(), locked);
    }

    @Override
    public HeapMemory memory() {
        return memory;
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return locked ? new LockedAllocator(this, list, lock, number) : new Unlocked(number);
    }

    @Override
    public FreeSpace freeSpace() {
        return new FreeSpace(list.freeBytes(), list.largestFreeBytes());
    }

    @Override
    public long capacity() {
        return list.capacity();
    }

    @Override
    public long peakBytes() {
        return list.peakBytes();
    }

    @Override
    public void close() {}

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
            long offset = list.allocate(bytes);
            if (offset == HeapMemory.NULL) {
                failures++;
            } else {
                allocations++;
            }
            return offset;
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
