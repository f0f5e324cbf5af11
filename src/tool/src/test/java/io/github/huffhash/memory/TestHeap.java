package io.github.huffhash.memory;

import java.util.stream.LongStream;

/**
 * A first-fit heap with its memory and its lock.
 *
 * @param memory the memory
 * @param allocator the first fit
 * @param lock free at first
 */
public record TestHeap(HeapMemory memory, FirstFitAllocator allocator, HeapLock lock) {
    /** A heap in {@code memory}; what lies below {@code base} is not the first fit's. */
    public static TestHeap in(HeapMemory memory, long base) {
        return new TestHeap(
                memory,
                FirstFitAllocator.create(memory, base, memory.size(), false),
                HeapLock.ofThreads());
    }

    /** A heap of {@code bytes} bytes, all of them the first fit's. */
    public static TestHeap ofBytes(long bytes) {
        return in(HeapMemory.ofBytes(bytes), 0);
    }

    /** A copy of all words. */
    long[] snapshot() {
        return words(memory);
    }

    static long[] words(HeapMemory memory) {
        return LongStream.range(0, memory.size() / Long.BYTES)
                .map(word -> memory.get(word * Long.BYTES))
                .toArray();
    }

    /** Whether nothing is allocated and everything has coalesced into one chunk again. */
    public boolean isOneFreeChunk() {
        var free = allocator.freeSpace();
        return free.totalBytes() == allocator.capacity()
                && free.largestBytes() == free.totalBytes();
    }

    /** An allocator over pools below this heap. */
    public PoolAllocator pools(int number, long poolBytes, int pools) {
        return new PoolHeap(allocator, lock, poolBytes, pools).newAllocator(number);
    }

    /** A thread's allocator that takes the lock. */
    public LockedAllocator locked(int number) {
        return FirstFitHeap.attach(allocator, lock, number);
    }

    /** The allocator of the only thread. */
    public ThreadAllocator unlocked() {
        return new FirstFitHeap(allocator, lock, false).attach();
    }
}
