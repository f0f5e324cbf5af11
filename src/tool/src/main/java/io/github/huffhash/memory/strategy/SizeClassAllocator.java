package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static io.github.huffhash.memory.strategy.SizeClassSpace.CLASSES;
import static io.github.huffhash.memory.strategy.SizeClassSpace.GRAIN_SHIFT;
import static io.github.huffhash.memory.strategy.SizeClassSpace.LIVE;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A worker's own pieces by size class. They are refilled a span at a time, 16 KiB cut into pieces
 * of one class (a larger piece is a span by itself), and drained when all of a span has come back.
 * What another worker frees goes back to the owner through a lock-free list, which the owner
 * empties when it would otherwise need a new span.
 *
 * <p>A free list per span is the idea of Leijen, Zorn and de Moura, "Mimalloc: free list sharding
 * in action", 2019; a heap for each worker, to which a piece returns whoever frees it, that of
 * Berger, McKinley, Blumofe and Wilson, "Hoard: a scalable memory allocator", 2000; caches by class
 * in front of what all share go back to Bonwick and Adams, "Magazines and vmem", 2001.
 *
 * <p>Costs: a handful of plain reads and writes while the cache lasts, the heap's lock once a span;
 * one swap for a free by another worker. Rounding up to the class wastes up to half, and every
 * worker keeps a span of each class it has used; what others have freed is of no use before the
 * owner looks. Double frees and foreign pointers are found by the links beside the heap.
 */
final class SizeClassAllocator extends ThreadAllocator {
    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    /** The mark of a piece that is on its way to its owner, or is to be used again before. */
    private static final int FREED = LIVE + 1;

    /** The most borrowed pieces of a class, and their most bytes. */
    private static final int MAX_BORROWED = 64;

    private static final int BORROWED_BYTES = 2 * PageHeap.PAGE_BYTES;

    private final SizeClassSpace space;
    private final int[] links;
    private final RemoteFrees remote;

    /** The span that serves a class, and others of the class that have free pieces. */
    private final Span[] current = new Span[CLASSES.count()];

    private final Span[] others = new Span[CLASSES.count()];

    /** Others' pieces that this worker has freed and may use again, by class. */
    private final int[][] borrowed = new int[CLASSES.count()][];

    private final int[] borrowedCount = new int[CLASSES.count()];

    SizeClassAllocator(SizeClassSpace space, long id) {
        super(space, id);
        this.space = space;
        links = space.links;
        remote = new RemoteFrees(links);
        Arrays.fill(current, Span.NONE);
        Arrays.setAll(others, _ -> Span.listHead());
        Arrays.setAll(
                borrowed,
                sizeClass ->
                        new int[Math.min(MAX_BORROWED, BORROWED_BYTES / CLASSES.bytes(sizeClass))]);
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
        return take(span);
    }

    private long allocateSlowly(int sizeClass) {
        collect();
        if (current[sizeClass].free == Span.END && borrowedCount[sizeClass] > 0) {
            int grain = borrowed[sizeClass][--borrowedCount[sizeClass]];
            links[grain] = LIVE;
            cacheHits++;
            allocations++;
            return (long) grain << GRAIN_SHIFT;
        }
        Span span = refill(sizeClass);
        if (span.free == Span.END) {
            failures++;
            return NULL;
        }
        return take(span);
    }

    private long take(Span span) {
        int grain = span.free;
        span.free = links[grain];
        span.used++;
        links[grain] = LIVE;
        allocations++;
        return (long) grain << GRAIN_SHIFT;
    }

    /** A piece larger than all classes is a span that is not kept. */
    private long allocateHuge(long bytes) {
        int pages = space.pages.pagesFor(HeapMemory.aligned(bytes));
        cacheMisses++;
        Span span = newSpan(pages, CLASSES.count());
        if (span == Span.NONE) {
            failures++;
            return NULL;
        }
        fallbacks++;
        return take(span);
    }

    /** Makes a span with free pieces the current one of its class, if there is any to be had. */
    private Span refill(int sizeClass) {
        Span span = current[sizeClass];
        if (span.free == Span.END) {
            span = others[sizeClass].next;
            if (span == others[sizeClass]) {
                cacheMisses++;
                span = newSpan(pagesOf(sizeClass), sizeClass);
                if (span == Span.NONE) {
                    return span;
                }
                current[sizeClass] = span;
                return span;
            }
            span.remove();
            current[sizeClass] = span;
        }
        cacheHits++;
        return span;
    }

    private static int pagesOf(int sizeClass) {
        return Math.ceilDiv(CLASSES.bytes(sizeClass), PageHeap.PAGE_BYTES);
    }

    private Span newSpan(int pages, int sizeClass) {
        int first = space.pages.allocate(pages, this);
        if (first < 0) {
            collect();
            giveBackEmpty();
            first = space.pages.allocate(pages, this);
            if (first < 0) {
                return Span.NONE;
            }
        }
        var span = new Span(remote, first, pages, sizeClass);
        int grain = first << (PageHeap.PAGE_SHIFT - GRAIN_SHIFT);
        int pieces =
                pages > 1 || sizeClass == CLASSES.count()
                        ? 1
                        : PageHeap.PAGE_BYTES / CLASSES.bytes(sizeClass);
        int step = pieces == 1 ? 0 : CLASSES.bytes(sizeClass) >> GRAIN_SHIFT;
        for (int i = 0; i < pieces - 1; i++) {
            links[grain + i * step] = grain + (i + 1) * step;
        }
        links[grain + (pieces - 1) * step] = Span.END;
        span.free = grain;
        space.spans[first] = span;
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
        frees++;
        Span span = spanOf(grain);
        if (span.isOf(remote)) {
            put(span, grain);
        } else if (LINK.compareAndSet(links, grain, LIVE, FREED)) {
            remoteFrees++;
            borrowOrReturn(span, grain);
        } else {
            frees--;
            throw new InvalidFreeException(offset, "freed by two workers at once");
        }
    }

    private void borrowOrReturn(Span span, int grain) {
        int sizeClass = span.sizeClass;
        if (sizeClass < CLASSES.count() && borrowedCount[sizeClass] < borrowed[sizeClass].length) {
            borrowed[sizeClass][borrowedCount[sizeClass]++] = grain;
        } else {
            span.owner.add(grain, this);
        }
    }

    /** Gives every borrowed piece to its owner. */
    private void returnBorrowed() {
        for (int sizeClass = 0; sizeClass < borrowed.length; sizeClass++) {
            while (borrowedCount[sizeClass] > 0) {
                int grain = borrowed[sizeClass][--borrowedCount[sizeClass]];
                spanOf(grain).owner.add(grain, this);
            }
        }
    }

    private Span spanOf(int grain) {
        return space.spans[grain >> (PageHeap.PAGE_SHIFT - GRAIN_SHIFT)];
    }

    /** Takes a piece back into its span, which is this worker's. */
    private void put(Span span, int grain) {
        links[grain] = span.free;
        span.free = grain;
        span.used--;
        if (span.used == 0) {
            emptied(span);
        } else if (!span.listed && span != current[span.sizeClass]) {
            others[span.sizeClass].add(span);
        }
    }

    /** A span that is not the current one goes back to the heap when its last piece comes in. */
    private void emptied(Span span) {
        int sizeClass = span.sizeClass;
        if (sizeClass == CLASSES.count()) {
            giveBack(span);
        } else if (span != current[sizeClass]) {
            if (current[sizeClass].free == Span.END) {
                if (span.listed) {
                    span.remove();
                }
                current[sizeClass] = span; // it would be needed at once
            } else {
                giveBack(span);
            }
        }
    }

    private void giveBack(Span span) {
        if (span.listed) {
            span.remove();
        }
        space.spans[span.firstPage] = Span.NONE;
        space.pages.free(span.firstPage, span.pages, this);
    }

    /** Takes in what others have freed. */
    private void collect() {
        int grain = remote.takeAll();
        while (grain != RemoteFrees.END) {
            int next = links[grain];
            put(spanOf(grain), grain);
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

    /**
     * {@inheritDoc} What others have freed is taken in, and every span that has come back whole is
     * given back.
     */
    @Override
    protected void giveBack() {
        returnBorrowed();
        collect();
        giveBackEmpty();
    }

    @Override
    public long usableSize(long offset, long requested) {
        Span span = space.spans[(int) (offset >> PageHeap.PAGE_SHIFT)];
        return span.sizeClass == CLASSES.count()
                ? (long) span.pages << PageHeap.PAGE_SHIFT
                : CLASSES.bytes(span.sizeClass);
    }
}
