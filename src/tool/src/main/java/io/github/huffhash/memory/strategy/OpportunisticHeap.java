package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;

/**
 * The reference's one list behind one lock, which a thread only tries to take: while it is busy,
 * the thread serves itself from a small reserve of pieces, and puts what it frees there. The
 * reserve is filled up, and drained, in batches while the lock is held anyway.
 *
 * <p>To try a lock and do something else if it is taken is how glibc's malloc chooses among its
 * arenas (Gloger, ptmalloc, 1996); the reserve is a small magazine as in Bonwick and Adams,
 * "Magazines and vmem", 2001.
 *
 * <p>Costs: two locked operations to fill a reserve that a thread without rivals never needs; a
 * piece from the reserve is as large as its class. While the lock is free every piece is walked for
 * as in first fit. Double frees are found by the header's magic number, and foreign pointers unless
 * the bytes before them imitate a header while the lock is busy.
 */
final class OpportunisticHeap extends FirstFitHeap {
    private static final SizeClasses CLASSES =
            new SizeClasses(2048, 16, 32, 64, 128, 256, 512, 768, 1024);

    /** Pieces of one class that a batch fills up to, and the most there may be. */
    private static final int BATCH = 8;

    private static final int MAX_RESERVE = 32;

    /** The magic number in the header of a piece in a reserve. */
    private static final long RESERVED = 0xFEEDF00DL;

    OpportunisticHeap(long bytes) {
        super(HeapMemory.ofBytes(bytes), 0, bytes);
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new ReserveAllocator(number);
    }

    /** The allocator of one thread, with its reserve. */
    private final class ReserveAllocator extends ThreadAllocator {
        private final HeapMemory memory = memory();
        private final FirstFitAllocator list = list();
        private final HeapLock lock = lock();
        private final long[][] reserve = new long[CLASSES.count()][MAX_RESERVE];
        private final int[] count = new int[CLASSES.count()];

        /** The class that was last found empty, to be filled up at the next chance; −1 if none. */
        private int wanted = -1;

        ReserveAllocator(int number) {
            super(OpportunisticHeap.this, number);
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            int sizeClass = size <= CLASSES.largest() ? CLASSES.of(size) : -1;
            if (!lock.tryAcquire(id)) {
                if (sizeClass >= 0 && count[sizeClass] > 0) {
                    cacheHits++;
                    return fromReserve(sizeClass);
                }
                acquire(lock);
                wanted = sizeClass;
            } else {
                lockAcquisitions++;
            }
            try {
                cacheMisses++;
                return fromHeap(size);
            } finally {
                lock.release();
            }
        }

        private long fromReserve(int sizeClass) {
            long offset = reserve[sizeClass][--count[sizeClass]];
            mark(offset, FirstFitAllocator.MAGIC);
            allocations++;
            return offset;
        }

        /** With the lock held. */
        private long fromHeap(long size) {
            long offset = list.allocate(size);
            if (offset == NULL && Arrays.stream(count).anyMatch(pieces -> pieces > 0)) {
                drainHeld();
                offset = list.allocate(size);
            }
            if (offset == NULL) {
                failures++;
                return NULL;
            }
            if (wanted >= 0) {
                fill(wanted);
                wanted = -1;
            }
            allocations++;
            return offset;
        }

        private void fill(int sizeClass) {
            while (count[sizeClass] < BATCH) {
                long offset = list.allocate(CLASSES.bytes(sizeClass));
                if (offset == NULL) {
                    return;
                }
                keep(offset, sizeClass);
            }
        }

        private void keep(long offset, int sizeClass) {
            mark(offset, RESERVED);
            reserve[sizeClass][count[sizeClass]++] = offset;
        }

        @Override
        public void free(long offset) {
            if (lock.tryAcquire(id)) {
                lockAcquisitions++;
            } else {
                if (keepFreed(offset)) {
                    return;
                }
                acquire(lock);
            }
            try {
                list.free(offset);
                drainFull();
            } finally {
                lock.release();
            }
            frees++;
        }

        /** Puts a freed piece into the reserve if there is room for one of its size. */
        private boolean keepFreed(long offset) {
            if (!HeapMemory.isAligned(offset)
                    || offset < FirstFitAllocator.HEADER_BYTES
                    || offset >= memory.size()
                    || memory.get(offset - Long.BYTES) != FirstFitAllocator.MAGIC) {
                return false; // the list finds what is wrong with it
            }
            long size = list.sizeOf(offset);
            if (size < CLASSES.bytes(0) || size > CLASSES.largest()) {
                return false;
            }
            int sizeClass = CLASSES.of(size);
            if (CLASSES.bytes(sizeClass) > size) {
                sizeClass--; // it must hold any request of its class
            }
            if (count[sizeClass] == MAX_RESERVE) {
                return false;
            }
            keep(offset, sizeClass);
            frees++;
            return true;
        }

        /** With the lock held: reserves that are full are emptied by half. */
        private void drainFull() {
            for (int sizeClass = 0; sizeClass < count.length; sizeClass++) {
                if (count[sizeClass] == MAX_RESERVE) {
                    drain(sizeClass, MAX_RESERVE / 2);
                }
            }
        }

        private void drain(int sizeClass, int rest) {
            while (count[sizeClass] > rest) {
                long offset = reserve[sizeClass][--count[sizeClass]];
                mark(offset, FirstFitAllocator.MAGIC);
                list.free(offset);
            }
        }

        private void drainHeld() {
            for (int sizeClass = 0; sizeClass < count.length; sizeClass++) {
                drain(sizeClass, 0);
            }
        }

        @Override
        protected void flushCaches() {
            acquire(lock);
            try {
                drainHeld();
            } finally {
                lock.release();
            }
        }

        private void mark(long offset, long magic) {
            memory.set(offset - Long.BYTES, magic);
        }

        @Override
        public long usableSize(long offset, long requested) {
            return list.sizeOf(offset);
        }
    }
}
