package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FreeSpace;

/** A heap that is given out in pages. */
abstract class PagedHeap extends StrategyHeap {
    final PageHeap pages;

    PagedHeap(NativeHeap heap) {
        super(heap);
        pages = new PageHeap(heap);
    }

    @Override
    public final FreeSpace freeSpace() {
        return pages.freeSpace();
    }

    @Override
    public final long capacity() {
        return pages.capacity();
    }

    @Override
    public final long peakBytes() {
        return pages.peakBytes();
    }
}
