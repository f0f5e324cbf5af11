package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One bump pointer for all workers, moved by compare-and-set: pieces follow each other without
 * headers, frees do nothing, and {@link Space#recycle} makes everything free at once. See Hanson,
 * "Fast allocation and deallocation of memory based on object lifetimes", 1990.
 *
 * <p>Costs: one swap to allocate, at a word where all workers meet; nothing to free, and nothing
 * gained by it either: a full arena has no memory, however little of it is live. There is no state
 * for a piece, so double frees go unnoticed; pointers to what was never handed out are found.
 */
final class ArenaAllocator extends ThreadAllocator {
    /** The memory and its bump pointer. */
    static final class Space extends StrategyHeap {
        private static final VarHandle WORD =
                MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

        /** The word is in the middle, so that nothing else shares its cache lines. */
        private static final int AT = 16;

        private final long[] words = new long[2 * AT];
        private final long capacity;
        private long peak;

        Space(NativeHeap heap) {
            super(heap);
            capacity = heap.size() & -HeapMemory.ALIGNMENT;
        }

        @Override
        protected ThreadAllocator newAllocator(int number) {
            return new ArenaAllocator(this, number);
        }

        /** Everything below has been handed out. */
        private long top() {
            return (long) WORD.getOpaque(words, AT);
        }

        @Override
        public FreeSpace freeSpace() {
            return new FreeSpace(capacity - top(), capacity - top());
        }

        @Override
        public long capacity() {
            return capacity;
        }

        @Override
        public long peakBytes() {
            return Math.max(peak, top());
        }

        @Override
        public boolean isArena() {
            return true;
        }

        @Override
        public void recycle() {
            peak = peakBytes();
            WORD.setRelease(words, AT, 0L);
        }
    }

    private final Space space;
    private final long[] words;
    private final long capacity;

    private ArenaAllocator(Space space, long id) {
        super(space, id);
        this.space = space;
        words = space.words;
        capacity = space.capacity;
    }

    @Override
    public long allocate(long bytes) {
        long size = HeapMemory.aligned(bytes);
        while (true) {
            long top = (long) Space.WORD.getOpaque(words, Space.AT);
            if (size > capacity - top) {
                failures++;
                return NULL;
            }
            if (Space.WORD.compareAndSet(words, Space.AT, top, top + size)) {
                allocations++;
                return top;
            }
            casRetries++;
        }
    }

    @Override
    public void free(long offset) {
        if (!HeapMemory.isAligned(offset) || offset < 0 || offset >= space.top()) {
            throw new InvalidFreeException(offset, "never handed out");
        }
        frees++;
    }

    @Override
    public long usableSize(long offset, long requested) {
        return HeapMemory.aligned(requested);
    }
}
