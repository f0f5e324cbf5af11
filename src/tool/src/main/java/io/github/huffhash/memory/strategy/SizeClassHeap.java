package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A thread's own pieces by size class. They are refilled a span at a time, 16 KiB cut into pieces
 * of one class (a larger piece is a span by itself), and drained when all of a span has come back.
 * What another thread frees goes back to the owner through a lock-free list, which the owner
 * empties when it would otherwise need a new span.
 *
 * <p>A free list per span is the idea of Leijen, Zorn and de Moura, "Mimalloc: free list sharding
 * in action", 2019; a heap for each thread, to which a piece returns whichever thread frees it,
 * that of Berger, McKinley, Blumofe and Wilson, "Hoard: a scalable memory allocator", 2000; caches
 * by class in front of what all share go back to Bonwick and Adams, "Magazines and vmem", 2001.
 *
 * <p>Costs: a handful of plain reads and writes while the cache lasts, the heap's lock once a span;
 * one swap for a free by another thread. Rounding up to the class wastes up to half, and every
 * thread keeps a span of each class it has used; what others have freed is of no use before the
 * owner looks. Double frees and foreign pointers are found by the links outside the heap.
 */
final class SizeClassHeap extends PageHeap {
    /** Pieces begin at multiples of 16 bytes, numbered as grains. */
    private static final int GRAIN_SHIFT = 4;

    private static final int GRAINS_SHIFT = PAGE_SHIFT - GRAIN_SHIFT;

    /** 8 classes up to 1 KiB, 5 to 32 KiB, 5 to 1 MiB. */
    private static final SizeClasses CLASSES =
            new SizeClasses(1 << 20, 16, 32, 64, 128, 256, 512, 768, 1024);

    /** The class of a span that is one piece larger than all classes. */
    private static final int HUGE = CLASSES.count();

    /** The link of a piece in use: it is no grain. */
    private static final int LIVE = 0x80ADBEEF;

    /** The link of a piece that another thread has freed. */
    private static final int FREED = LIVE + 1;

    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    /** The most borrowed pieces of a class; of large ones, no more bytes than two pages. */
    private static final int MAX_BORROWED = 64;

    /**
     * For every grain at which a piece begins: its mark, or the grain of the next free piece.
     * Written by the thread that holds the piece at the time.
     */
    private final int[] links;

    /** The span of each page; that of several pages is in its first. Written by its owner. */
    private final Span[] spans;

    SizeClassHeap(long bytes) {
        super(bytes);
        links = new int[Math.toIntExact(capacity() >> GRAIN_SHIFT)];
        spans = new Span[pages()];
        Arrays.fill(spans, Span.NONE);
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new SpanAllocator(this, number);
    }

    @Override
    public void recycle() {
        super.recycle(); // borrowed pieces are on the way to their owners
        super.recycle();
    }

    private Span spanOf(int grain) {
        return spans[grain >> GRAINS_SHIFT];
    }

    private static final class SpanAllocator extends ThreadAllocator {
        private final SizeClassHeap heap;
        private final int[] links;
        private final RemoteFrees remote;

        /** The span that serves a class, and other spans of the class with free pieces. */
        private final Span[] current = new Span[CLASSES.count()];

        private final Span[] others = new Span[CLASSES.count()];

        /** Other threads' pieces that this thread has freed and may use again, by class. */
        private final int[][] borrowed = new int[CLASSES.count()][];

        private final int[] borrowedCount = new int[CLASSES.count()];

        SpanAllocator(SizeClassHeap heap, int number) {
            super(heap, number);
            this.heap = heap;
            links = heap.links;
            remote = new RemoteFrees(links);
            Arrays.fill(current, Span.NONE);
            Arrays.setAll(others, _ -> Span.listHead());
            Arrays.setAll(
                    borrowed,
                    i -> new int[Math.min(MAX_BORROWED, 2 * PAGE_BYTES / CLASSES.bytes(i))]);
        }

        @Override
        public long allocate(long bytes) {
            if (bytes <= 0 || bytes > CLASSES.largest()) {
                return allocateHuge(bytes);
            }
            int sizeClass = CLASSES.of(bytes);
            Span span = current[sizeClass];
            if (span.free == Span.END) {
                return allocateSlowly(sizeClass);
            }
            cacheHits++;
            return handOut(span.take(links));
        }

        private long allocateSlowly(int sizeClass) {
            collect();
            if (current[sizeClass].free == Span.END && borrowedCount[sizeClass] > 0) {
                cacheHits++;
                return handOut(borrowed[sizeClass][--borrowedCount[sizeClass]]);
            }
            Span span = refill(sizeClass);
            return span.free == Span.END ? counted(NULL) : handOut(span.take(links));
        }

        private long handOut(int grain) {
            links[grain] = LIVE;
            allocations++;
            return (long) grain << GRAIN_SHIFT;
        }

        /** A piece larger than all classes is a span that is not kept. */
        private long allocateHuge(long bytes) {
            cacheMisses++;
            Span span = newSpan(heap.pagesFor(HeapMemory.aligned(bytes)), HUGE);
            fallbacks += span == Span.NONE ? 0 : 1;
            return span == Span.NONE ? counted(NULL) : handOut(span.take(links));
        }

        /** Makes a span with free pieces the current one of its class, if there is any. */
        private Span refill(int sizeClass) {
            if (hasFree(sizeClass)) {
                cacheHits++;
                return current[sizeClass];
            }
            cacheMisses++;
            Span span = newSpan(Math.ceilDiv(CLASSES.bytes(sizeClass), PAGE_BYTES), sizeClass);
            boolean collected = hasFree(sizeClass); // while there was no page
            if (span != Span.NONE) {
                if (collected) {
                    others[sizeClass].add(current[sizeClass]);
                }
                current[sizeClass] = span;
            }
            return current[sizeClass];
        }

        /** Whether the current span of a class has free pieces, or another one replaces it. */
        private boolean hasFree(int sizeClass) {
            Span listed = others[sizeClass].next;
            if (current[sizeClass].free == Span.END && listed != others[sizeClass]) {
                listed.remove();
                current[sizeClass] = listed;
            }
            return current[sizeClass].free != Span.END;
        }

        private Span newSpan(int pages, int sizeClass) {
            int first = heap.allocatePages(pages, this);
            if (first < 0) {
                collect();
                giveBackEmpty();
                first = heap.allocatePages(pages, this);
                if (first < 0) {
                    return Span.NONE;
                }
            }
            var span = new Span(remote, first, pages, sizeClass);
            boolean one = pages > 1 || sizeClass == HUGE;
            int pieceBytes = one ? PAGE_BYTES : CLASSES.bytes(sizeClass);
            int pieces = PAGE_BYTES / pieceBytes;
            span.cut(first << GRAINS_SHIFT, pieces, pieceBytes >> GRAIN_SHIFT, links);
            heap.spans[first] = span;
            return span;
        }

        @Override
        public void free(long offset) {
            long grainNumber = offset >> GRAIN_SHIFT;
            if (!HeapMemory.isAligned(offset) || grainNumber < 0 || grainNumber >= links.length) {
                throw new InvalidFreeException(offset, "not a place in the heap");
            }
            int grain = (int) grainNumber;
            if (links[grain] != LIVE) {
                throw new InvalidFreeException(offset, "not allocated, or freed before");
            }
            Span span = heap.spanOf(grain);
            if (span.isOf(remote)) {
                put(span, grain);
            } else if (LINK.compareAndSet(links, grain, LIVE, FREED)) {
                remoteFrees++;
                borrowOrReturn(span, grain);
            } else {
                throw new InvalidFreeException(offset, "freed by two threads at once");
            }
            frees++;
        }

        private void borrowOrReturn(Span span, int grain) {
            int sizeClass = span.sizeClass;
            if (sizeClass != HUGE && borrowedCount[sizeClass] < borrowed[sizeClass].length) {
                borrowed[sizeClass][borrowedCount[sizeClass]++] = grain;
            } else {
                span.owner.add(grain, this);
            }
        }

        /** Takes a piece back into its span, which this thread owns. */
        private void put(Span span, int grain) {
            span.put(grain, links);
            if (span.used == 0) {
                emptied(span);
            } else if (!span.listed && span != current[span.sizeClass]) {
                others[span.sizeClass].add(span);
            }
        }

        /** A span goes back to the heap with its last piece, unless its class needs it. */
        private void emptied(Span span) {
            int sizeClass = span.sizeClass;
            if (sizeClass == HUGE) {
                giveBack(span);
            } else if (current[sizeClass].free == Span.END) {
                span.remove();
                current[sizeClass] = span;
            } else if (span != current[sizeClass]) {
                giveBack(span);
            }
        }

        private void giveBack(Span span) {
            span.remove();
            heap.spans[span.firstPage] = Span.NONE;
            heap.freePages(span.firstPage, span.pages, this);
        }

        /** Takes in what others have freed. */
        private void collect() {
            int grain = remote.takeAll();
            while (grain != RemoteFrees.END) {
                int next = links[grain];
                put(heap.spanOf(grain), grain);
                grain = next;
            }
        }

        private void giveBackEmpty() {
            for (int sizeClass = 0; sizeClass < current.length; sizeClass++) {
                Span span = current[sizeClass];
                if (span != Span.NONE && span.used == 0) {
                    current[sizeClass] = Span.NONE;
                    giveBack(span);
                }
            }
        }

        /** {@inheritDoc} The borrowed pieces go to their owners. */
        @Override
        protected void flushCaches() {
            for (int sizeClass = 0; sizeClass < borrowed.length; sizeClass++) {
                while (borrowedCount[sizeClass] > 0) {
                    int grain = borrowed[sizeClass][--borrowedCount[sizeClass]];
                    heap.spanOf(grain).owner.add(grain, this);
                }
            }
            collect();
            giveBackEmpty();
        }

        @Override
        public long usableSize(long offset, long requested) {
            Span span = heap.spans[(int) (offset >> PAGE_SHIFT)];
            return span.sizeClass == HUGE
                    ? (long) span.pages << PAGE_SHIFT
                    : CLASSES.bytes(span.sizeClass);
        }
    }
}
