package io.github.huffhash.heap.strategy;

/**
 * A space whose heap is given out in pages.
 *
 * @param <A> what a worker gets
 */
abstract class PagedSpace<A extends WorkerAllocator> extends SharedSpace<A> {
    final PageHeap pages;

    PagedSpace(NativeHeap heap) {
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
    public final long peakReservedBytes() {
        return pages.peakBytes();
    }
}
