package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.BitSet;
import java.util.List;

/**
 * A heap whose memory is taken in bulk: runs of pages of 16 KiB, first fit, behind a lock. The page
 * table lies outside the heap and is made ahead, so that taking a page touches no page.
 */
abstract class PageHeap extends Heap {
    static final int PAGE_SHIFT = 14;
    static final int PAGE_BYTES = 1 << PAGE_SHIFT;

    final HeapLock lock = HeapLock.ofThreads();

    private final int pages;

    /** Guarded by the lock, as are the next two. */
    private final BitSet used;

    private int inUse;
    private int peak;

    PageHeap(long bytes) {
        super(bytes);
        pages = Math.toIntExact(bytes >> PAGE_SHIFT);
        used = new BitSet(pages);
    }

    /** The number of pages. */
    final int pages() {
        return pages;
    }

    /** How many pages {@code bytes} take, or more than there are. */
    final int pagesFor(long bytes) {
        return (int) Math.min(pages + 1L, ((bytes - 1) >> PAGE_SHIFT) + 1);
    }

    /** Takes {@code count} pages in a row; returns the first, or −1. */
    final int allocatePages(int count, ThreadAllocator thread) {
        thread.acquire(lock);
        try {
            int first = find(count);
            if (first >= 0) {
                used.set(first, first + count);
                inUse += count;
                peak = Math.max(peak, inUse);
            }
            return first;
        } finally {
            lock.release();
        }
    }

    private int find(int count) {
        int first = used.nextClearBit(0);
        while (first + count <= pages) {
            int end = used.nextSetBit(first);
            if (end < 0 || end - first >= count) {
                return first;
            }
            first = used.nextClearBit(end);
        }
        return -1;
    }

    /** Gives back pages in a row. */
    final void freePages(int first, int count, ThreadAllocator thread) {
        thread.acquire(lock);
        try {
            used.clear(first, first + count);
            inUse -= count;
        } finally {
            lock.release();
        }
    }

    @Override
    public List<HeapLock> locks() {
        return List.of(lock);
    }

    @Override
    public final FreeSpace freeSpace() {
        int largest = 0;
        int first = used.nextClearBit(0);
        while (first < pages) {
            int next = used.nextSetBit(first);
            int end = next < 0 ? pages : next;
            largest = Math.max(largest, end - first);
            first = used.nextClearBit(end);
        }
        return new FreeSpace((long) (pages - inUse) << PAGE_SHIFT, (long) largest << PAGE_SHIFT);
    }

    @Override
    public final long capacity() {
        return (long) pages << PAGE_SHIFT;
    }

    @Override
    public final long peakBytes() {
        return (long) peak << PAGE_SHIFT;
    }
}
