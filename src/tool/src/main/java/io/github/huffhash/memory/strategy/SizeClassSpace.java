package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;

/** Workers with caches by size class: see {@link SizeClassAllocator}. */
final class SizeClassSpace extends PagedHeap {
    /** Pieces begin at multiples of 16 bytes, numbered as grains. */
    static final int GRAIN_SHIFT = 4;

    /** What a worker's links say of a piece that is in use: it is no grain. */
    static final int LIVE = 0x80ADBEEF;

    /** 8 classes up to 1 KiB, 5 to 32 KiB, 5 to 1 MiB. */
    static final SizeClasses CLASSES =
            new SizeClasses(1 << 20, 16, 32, 64, 128, 256, 512, 768, 1024);

    /**
     * For every grain at which a piece begins: {@link #LIVE}, or the grain of the next free piece.
     * Written by whoever the piece belongs to at the time.
     */
    final int[] links;

    /** The span of each page; that of a run is in its first. Written by the span's owner. */
    final Span[] spans;

    SizeClassSpace(NativeHeap heap) {
        super(heap);
        links = new int[Math.toIntExact(pages.capacity() >> GRAIN_SHIFT)];
        spans = new Span[pages.pages()];
        Arrays.fill(spans, Span.NONE);
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new SizeClassAllocator(this, number);
    }

    @Override
    public void recycle() {
        super.recycle();
        super.recycle(); // now with what the first round has returned to its owners
    }
}
