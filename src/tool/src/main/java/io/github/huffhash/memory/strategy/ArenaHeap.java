package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.PaddedLong;
import io.github.huffhash.memory.ThreadAllocator;

/**
 * One bump pointer for all threads, moved by compare-and-set: pieces follow each other without
 * headers, frees do nothing, and {@link #recycle} makes everything free at once. See Hanson, "Fast
 * allocation and deallocation of memory based on object lifetimes", 1990.
 *
 * <p>Costs: one swap to allocate, at a word that all threads write; nothing to free, and nothing
 * gained by it either: a full arena has no memory, however little of it is live. There is no state
 * for a piece, so double frees and pointers into pieces go unnoticed; only pointers that are not
 * aligned, or beyond what was handed out, are found.
 */
final class ArenaHeap extends Heap {
    private final long capacity;

    /** Everything below has been handed out. */
    private final PaddedLong top = new PaddedLong();

    private long peak;

    ArenaHeap(long bytes) {
        super(bytes);
        capacity = bytes & -HeapMemory.ALIGNMENT;
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new BumpAllocator(this, number);
    }

    @Override
    public FreeSpace freeSpace() {
        return new FreeSpace(capacity - top.get(), capacity - top.get());
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public long peakBytes() {
        return Math.max(peak, top.get());
    }

    @Override
    public boolean isArena() {
        return true;
    }

    @Override
    public void recycle() {
        peak = peakBytes();
        top.setRelease(0);
    }

    private static final class BumpAllocator extends ThreadAllocator {
        private final PaddedLong top;
        private final long capacity;

        BumpAllocator(ArenaHeap heap, int number) {
            super(heap, number);
            top = heap.top;
            capacity = heap.capacity;
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            while (true) {
                long offset = top.getOpaque();
                if (size > capacity - offset) {
                    failures++;
                    return NULL;
                }
                if (top.compareAndSet(offset, offset + size)) {
                    allocations++;
                    return offset;
                }
                casRetries++;
            }
        }

        @Override
        public void free(long offset) {
            if (!HeapMemory.isAligned(offset) || offset < 0 || offset >= top.getOpaque()) {
                throw new InvalidFreeException(offset, "never handed out");
            }
            frees++;
        }
    }
}
