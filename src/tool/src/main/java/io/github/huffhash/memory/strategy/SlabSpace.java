package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Pages cut into slots of fixed sizes, with a lock-free list of the free slots of each class.
 *
 * <p>All slots begin at multiples of 64 bytes, a cache line, so that no two pieces share one. What
 * is too large for a slot is a run of pages, behind the lock of the pages.
 *
 * <p>A page stays with its class until {@link #recycle}.
 */
abstract class SlabSpace extends PagedHeap {
    /** Slots begin at multiples of 64 bytes, numbered as lines. */
    static final int LINE_SHIFT = 6;

    static final SizeClasses CLASSES =
            new SizeClasses(8192, 64, 128, 192, 256, 384, 512, 768, 1024);

    /** What the link of a slot says while the slot is in use: it is no link. */
    private static final int MAGIC = 0x8BADF00D;

    private static final int FREED = MAGIC + 1;
    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    /** For every line at which a slot begins, the next free slot or its mark. */
    private final int[] links;

    private final TaggedStack[] freeSlots = new TaggedStack[CLASSES.count()];

    /** The class of each page + 1; −n for the first of a run of n; written when it is taken. */
    private final int[] kinds;

    SlabSpace(NativeHeap heap) {
        super(heap);
        kinds = new int[pages.pages()];
        links = new int[Math.toIntExact(pages.capacity() >> LINE_SHIFT)];
        for (int i = 0; i < freeSlots.length; i++) {
            freeSlots[i] = new TaggedStack(links);
        }
    }

    /** The free slots of a class. */
    final TaggedStack freeSlots(int sizeClass) {
        return freeSlots[sizeClass];
    }

    /** Cuts a new page into slots: one is the caller's, returned; −1 if there is no page. */
    final int cut(int sizeClass, ThreadAllocator worker) {
        int page = pages.allocate(1, worker);
        if (page < 0) {
            return -1;
        }
        kinds[page] = sizeClass + 1;
        int lines = CLASSES.bytes(sizeClass) >> LINE_SHIFT;
        int slots = (PageHeap.PAGE_BYTES >> LINE_SHIFT) / lines;
        int first = page << (PageHeap.PAGE_SHIFT - LINE_SHIFT);
        int last = first + (slots - 1) * lines;
        TaggedStack stack = freeSlots[sizeClass];
        for (int slot = first + lines; slot < last; slot += lines) {
            stack.link(slot, slot + lines);
        }
        stack.pushChain(first + lines, last, worker);
        return first;
    }

    /** A run of pages: its first line, or −1. */
    final int allocateRun(long bytes, ThreadAllocator worker) {
        int count = pages.pagesFor(bytes);
        int page = pages.allocate(count, worker);
        if (page < 0) {
            return -1;
        }
        kinds[page] = -count;
        return page << (PageHeap.PAGE_SHIFT - LINE_SHIFT);
    }

    /** Gives back a run. */
    final void freeRun(int line, ThreadAllocator worker) {
        LINK.setOpaque(links, line, FREED);
        int page = pageOf(line);
        pages.free(page, -kinds[page], worker);
    }

    /** Whether it is a run rather than a slot. */
    final boolean isRun(int line) {
        return kinds[pageOf(line)] < 0;
    }

    final int classOf(int line) {
        return kinds[pageOf(line)] - 1;
    }

    private static int pageOf(int line) {
        return line >> (PageHeap.PAGE_SHIFT - LINE_SHIFT);
    }

    /** Marks what the caller has taken as in use and turns it into an offset. */
    final long use(int line) {
        LINK.setOpaque(links, line, MAGIC);
        return (long) line << LINE_SHIFT;
    }

    /**
     * The line at {@code offset}, if what begins there is in use: asked once, before any attempt to
     * push it writes a link over the mark, so that no second attempt meets its own doing.
     *
     * <p>There is no swap: two workers that free one piece at the very same moment are not found
     * out.
     */
    final int checkUsed(long offset) {
        long line = offset >> LINE_SHIFT;
        if ((offset & ((1 << LINE_SHIFT) - 1)) != 0 || line < 0 || line >= links.length) {
            throw new InvalidFreeException(offset, "not a place in the heap");
        }
        if ((int) LINK.getOpaque(links, (int) line) != MAGIC) {
            throw new InvalidFreeException(offset, "not allocated, or freed before");
        }
        return (int) line;
    }

    /** Marks a slot as one that waits in a worker's cache. */
    final void markCached(int line) {
        LINK.setOpaque(links, line, FREED);
    }

    final long usableSize(long offset) {
        int line = (int) (offset >> LINE_SHIFT);
        return isRun(line)
                ? (long) -kinds[pageOf(line)] << PageHeap.PAGE_SHIFT
                : CLASSES.bytes(classOf(line));
    }

    /** {@inheritDoc} Pages with no slot in use go back to the heap. */
    @Override
    public void recycle() {
        super.recycle();
        var anyone = newAllocator(1);
        for (TaggedStack stack : freeSlots) {
            stack.clear();
        }
        for (int page = 0; page < kinds.length; page++) {
            int sizeClass = kinds[page] - 1;
            if (sizeClass >= 0 && !hasUsedSlot(page, sizeClass)) {
                kinds[page] = 0;
                pages.free(page, 1, anyone);
            }
        }
    }

    private boolean hasUsedSlot(int page, int sizeClass) {
        int lines = CLASSES.bytes(sizeClass) >> LINE_SHIFT;
        int first = page << (PageHeap.PAGE_SHIFT - LINE_SHIFT);
        int end = first + (PageHeap.PAGE_BYTES >> LINE_SHIFT);
        for (int slot = first; slot + lines <= end; slot += lines) {
            if (links[slot] == MAGIC) {
                return true;
            }
        }
        return false;
    }
}
