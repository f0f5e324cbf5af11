package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.BitSet;

/**
 * Hands out runs of pages of 16 KiB, first fit, behind a lock: the memory in bulk that other
 * strategies cut up. Its book is beside the heap and made ahead, so that taking a page touches no
 * page.
 */
final class PageHeap {
    static final int PAGE_SHIFT = 14;
    static final int PAGE_BYTES = 1 << PAGE_SHIFT;

    private final int pages;
    private final BitSet used;
    final HeapLock lock;
    private int inUse;
    private int peak;

    PageHeap(NativeHeap heap) {
        pages = Math.toIntExact(heap.size() >> PAGE_SHIFT);
        used = new BitSet(pages);
        lock = HeapLock.ofThreads();
    }

    /** How many there are. */
    int pages() {
        return pages;
    }

    long capacity() {
        return (long) pages << PAGE_SHIFT;
    }

    /** How many pages {@code bytes} take, or more than there are. */
    int pagesFor(long bytes) {
        return (int) Math.min(pages + 1L, ((bytes - 1) >> PAGE_SHIFT) + 1);
    }

    /** Takes {@code count} pages in a row; returns the first, or −1. */
    int allocate(int count, ThreadAllocator worker) {
        worker.acquire(lock);
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
    void free(int first, int count, ThreadAllocator worker) {
        worker.acquire(lock);
        try {
            used.clear(first, first + count);
            inUse -= count;
        } finally {
            lock.release();
        }
    }

    /** The most bytes in use at once. */
    long peakBytes() {
        return (long) peak << PAGE_SHIFT;
    }

    /** What is free. Nobody may be at work. */
    FreeSpace freeSpace() {
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
}
