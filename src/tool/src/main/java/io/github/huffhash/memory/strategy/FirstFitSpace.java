package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;

/**
 * The heap in one or more stripes, each with a first-fit list and a lock of its own. A worker
 * starts at its own stripe and goes on to the next when that is full; a piece goes back to where it
 * came from.
 *
 * <p>With one stripe this is the reference, one list behind one mutex: {@code first-fit}. With more
 * it is {@code striped}, the locks of a striped hash table put on a heap; Berger, McKinley, Blumofe
 * and Wilson ("Hoard: a scalable memory allocator", 2000) call a heap without such stripes serial.
 *
 * <p>Costs: a lock for every request, contended as often as workers share a stripe; the walk along
 * the list, which stripes shorten; 16 bytes for each piece. No piece is larger than a stripe, and a
 * request may fail at a heap whose free bytes lie in many. Double frees and foreign pointers are
 * found.
 */
final class FirstFitSpace extends StrategyHeap {
    /** The fewest bytes of a stripe, and the most stripes. */
    private static final long MIN_STRIPE_BYTES = 256 << 10;

    private static final long MAX_STRIPES = 16;

    private final FirstFitAllocator[] heaps;
    private final HeapLock[] locks;
    private final long stripeBytes;

    private FirstFitSpace(NativeHeap heap, int stripes) {
        super(heap);
        stripeBytes = (heap.size() / stripes) & -NativeHeap.LINE_BYTES;
        heaps = new FirstFitAllocator[stripes];
        locks = new HeapLock[stripes];
        Arrays.setAll(locks, _ -> HeapLock.ofThreads());
        for (int i = 0; i < stripes; i++) {
            long end = i == stripes - 1 ? heap.size() : (i + 1) * stripeBytes;
            heaps[i] = heap.firstFit(i * stripeBytes, end);
        }
    }

    /** One stripe. */
    static FirstFitSpace whole(NativeHeap heap) {
        return new FirstFitSpace(heap, 1);
    }

    /** Several, if the heap is large enough. */
    static FirstFitSpace striped(NativeHeap heap) {
        return new FirstFitSpace(
                heap, (int) Math.clamp(heap.size() / MIN_STRIPE_BYTES, 1, MAX_STRIPES));
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new Worker(number);
    }

    @Override
    public FreeSpace freeSpace() {
        return Arrays.stream(heaps)
                .map(FirstFitAllocator::freeSpace)
                .reduce(FreeSpace.NONE, FreeSpace::plus);
    }

    @Override
    public long capacity() {
        return Arrays.stream(heaps).mapToLong(FirstFitAllocator::capacity).sum();
    }

    /** {@inheritDoc} With stripes, the sum of their peaks, which need not have been at once. */
    @Override
    public long peakBytes() {
        return Arrays.stream(heaps).mapToLong(heap -> heap.peakBytes()).sum();
    }

    /** A worker's way into all stripes. */
    final class Worker extends ThreadAllocator {
        private final int own;

        private Worker(int number) {
            super(FirstFitSpace.this, number);
            own = number % heaps.length;
        }

        @Override
        public long allocate(long bytes) {
            for (int i = 0; i < heaps.length; i++) {
                int stripe = own + i < heaps.length ? own + i : own + i - heaps.length;
                long offset;
                acquire(locks[stripe]);
                try {
                    offset = heaps[stripe].allocate(bytes);
                } finally {
                    locks[stripe].release();
                }
                if (offset != NULL) {
                    allocations++;
                    fallbacks += i > 0 ? 1 : 0;
                    return stripe * stripeBytes + offset;
                }
            }
            failures++;
            return HeapMemory.NULL;
        }

        @Override
        public void free(long offset) {
            int stripe = stripeOf(offset);
            acquire(locks[stripe]);
            try {
                heaps[stripe].free(offset - stripe * stripeBytes);
            } catch (InvalidFreeException e) {
                throw new InvalidFreeException(offset, e.reason());
            } finally {
                locks[stripe].release();
            }
            frees++;
        }

        private int stripeOf(long offset) {
            return Math.clamp(offset / stripeBytes, 0, heaps.length - 1);
        }

        @Override
        public long usableSize(long offset, long requested) {
            int stripe = stripeOf(offset);
            return heaps[stripe].sizeOf(offset - stripe * stripeBytes);
        }
    }
}
