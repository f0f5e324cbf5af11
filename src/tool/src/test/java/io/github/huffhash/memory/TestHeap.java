package io.github.huffhash.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A first-fit heap with its memory and its lock.
 *
 * @param segment the memory
 * @param memory the same, as the heap sees it
 * @param allocator the first fit
 * @param lock free at first
 */
public record TestHeap(
        MemorySegment segment, HeapMemory memory, FirstFitAllocator allocator, HeapLock lock) {

    /** A heap in {@code segment}; what lies below {@code base} is not the first fit's. */
    public static TestHeap in(MemorySegment segment, long base) {
        var memory = HeapMemory.of(segment);
        int words = FirstFitAllocator.controlWords(segment.byteSize());
        var allocator = FirstFitAllocator.create(memory, base, ControlWords.inArray(words));
        var lock = HeapLock.ofThreads();
        return new TestHeap(segment, memory, allocator, lock);
    }

    /** A heap of {@code bytes} bytes, all of them the first fit's. */
    public static TestHeap ofBytes(long bytes) {
        return in(Arena.ofAuto().allocate(bytes, 16), 0);
    }

    /** A copy of all bytes. */
    MemorySegment snapshot() {
        long[] copy = new long[Math.toIntExact(segment.byteSize() / Long.BYTES)];
        MemorySegment.copy(segment, 0, MemorySegment.ofArray(copy), 0, copy.length * 8L);
        return MemorySegment.ofArray(copy);
    }

    /** An allocator over pools below this heap. */
    public PoolAllocator pools(long owner, long poolBytes, int pools) {
        return new PoolHeap(memory, allocator, lock, poolBytes, pools)
                .newAllocator(Math.toIntExact(owner));
    }

    /** A worker's way into this heap. */
    public LockedAllocator locked(long owner) {
        return FirstFitHeap.shared(allocator, lock, owner);
    }
}
