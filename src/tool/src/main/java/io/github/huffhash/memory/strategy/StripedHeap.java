package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;
import java.util.List;

/**
 * The heap in stripes, each with a first-fit list and a lock of its own. A thread starts at its own
 * stripe and goes on to the next when that is full; a piece goes back to the stripe it came from.
 *
 * <p>These are the locks of a striped hash table put on a heap; Berger, McKinley, Blumofe and
 * Wilson ("Hoard: a scalable memory allocator", 2000) call a heap without such stripes serial.
 *
 * <p>Costs: a lock for every request, contended as often as threads share a stripe; the walk along
 * the list, which stripes shorten; 16 bytes for each piece. No piece is larger than a stripe, and a
 * request may fail at a heap whose free bytes lie in many. Double frees and foreign pointers are
 * found.
 */
final class StripedHeap extends Heap {
    /** The fewest bytes of a stripe, and the most stripes. */
    private static final long MIN_STRIPE_BYTES = 256 << 10;

    private static final long MAX_STRIPES = 16;

    private final FirstFitHeap[] stripes;
    private final long stripeBytes;

    StripedHeap(long bytes) {
        super(bytes);
        int number = (int) Math.clamp(bytes / MIN_STRIPE_BYTES, 1, MAX_STRIPES);
        stripeBytes = number == 1 ? bytes : (bytes / number) & -HeapMemory.LINE_BYTES;
        stripes = new FirstFitHeap[number];
        Arrays.setAll(
                stripes,
                i -> {
                    long end = i == number - 1 ? bytes : (i + 1) * stripeBytes;
                    return new FirstFitHeap(memory(), i * stripeBytes, end);
                });
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new StripedAllocator(number);
    }

    @Override
    public List<HeapLock> locks() {
        return Arrays.stream(stripes).map(FirstFitHeap::lock).toList();
    }

    @Override
    public long stepsWalked() {
        return Arrays.stream(stripes).mapToLong(FirstFitHeap::stepsWalked).sum();
    }

    @Override
    public FreeSpace freeSpace() {
        return Arrays.stream(stripes)
                .map(FirstFitHeap::freeSpace)
                .reduce(FreeSpace.NONE, FreeSpace::plus);
    }

    @Override
    public long capacity() {
        return Arrays.stream(stripes).mapToLong(FirstFitHeap::capacity).sum();
    }

    /** {@inheritDoc} The sum of the stripes' peaks, which need not have been at once. */
    @Override
    public long peakBytes() {
        return Arrays.stream(stripes).mapToLong(FirstFitHeap::peakBytes).sum();
    }

    private int stripeOf(long offset) {
        return Math.clamp(offset / stripeBytes, 0, stripes.length - 1);
    }

    private final class StripedAllocator extends ThreadAllocator {
        private final int own;

        StripedAllocator(int number) {
            super(StripedHeap.this, number);
            own = number % stripes.length;
        }

        @Override
        public long allocate(long bytes) {
            for (int i = 0; i < stripes.length; i++) {
                int stripe = own + i < stripes.length ? own + i : own + i - stripes.length;
                long offset = stripes[stripe].allocate(bytes, this);
                if (offset != HeapMemory.NULL) {
                    allocations++;
                    fallbacks += i > 0 ? 1 : 0;
                    return offset;
                }
            }
            failures++;
            return HeapMemory.NULL;
        }

        @Override
        public void free(long offset) {
            stripes[stripeOf(offset)].free(offset, this);
            frees++;
        }

        @Override
        public long usableSize(long offset, long requested) {
            return stripes[stripeOf(offset)].list().sizeOf(offset);
        }
    }
}
