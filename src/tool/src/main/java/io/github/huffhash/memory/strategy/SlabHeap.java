package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Pages cut into slots of fixed sizes, on lock-free lists that all threads share. All slots begin
 * at multiples of 64 bytes, a cache line, so that no two pieces share one. What is too large for a
 * slot is a run of pages, behind the lock of the pages.
 *
 * <p>Slabs are Bonwick's ("The slab allocator: an object-caching kernel memory allocator", 1994),
 * the list is Treiber's stack with a tag ({@link TaggedStack}). A mark outside the heap, a magic
 * number, tells a slot in use from a free one, so double frees and foreign pointers are found,
 * unless two threads free one piece at the very same moment.
 *
 * <p>Costs without a cache ({@code slab}): one swap to allocate and one to free, and all threads
 * meet at one word for each class: no thread ever waits for one that does not run, but swaps are
 * lost and done again. Rounding to cache lines wastes much of small pieces, and a page stays with
 * its class until {@link #recycle}.
 *
 * <p>With a cache ({@code slab-pool}) a thread has its own small stacks of slots in front of the
 * lists: filled and drained half at a time, each with one swap. The stacks are the magazines of
 * Bonwick and Adams, "Magazines and vmem", 2001. A slot goes into the cache of the thread that
 * frees it: the memory wanders with the work. Costs: an array access while the cache lasts; slots
 * in a cache are of no use to others, so a heap is full sooner.
 */
final class SlabHeap extends PageHeap {
    /** Slots in a full cache of small slots; of large ones, no more bytes than two pages. */
    static final int CACHE_SLOTS = 64;

    /** Slots begin at multiples of 64 bytes, numbered as lines. */
    private static final int LINE_SHIFT = 6;

    private static final int LINES_SHIFT = PAGE_SHIFT - LINE_SHIFT;
    private static final int PAGE_LINES = 1 << LINES_SHIFT;

    private static final SizeClasses CLASSES =
            new SizeClasses(8192, 64, 128, 192, 256, 384, 512, 768, 1024);

    /** The link of a slot in use: it is no link. */
    private static final int MAGIC = 0x8BADF00D;

    private static final int FREED = MAGIC + 1;
    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private final int cacheSlots;

    /** For every line at which a slot begins, the next free slot or its mark. */
    private final int[] links;

    private final TaggedStack[] freeSlots = new TaggedStack[CLASSES.count()];

    /** The class of each page + 1; −n for the first of a run of n; written when it is taken. */
    private final int[] kinds;

    /**
     * @param cacheSlots the most slots of a class that a thread keeps, an even number; 0 for no
     *     cache
     */
    SlabHeap(long bytes, int cacheSlots) {
        super(bytes);
        this.cacheSlots = cacheSlots;
        kinds = new int[pages()];
        links = new int[Math.toIntExact(capacity() >> LINE_SHIFT)];
        Arrays.setAll(freeSlots, _ -> new TaggedStack(links));
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new SlabAllocator(this, number);
    }

    /** {@inheritDoc} Pages with no slot in use go back to the heap. */
    @Override
    public void recycle() {
        super.recycle();
        for (TaggedStack stack : freeSlots) {
            stack.clear();
        }
        ThreadAllocator any = newAllocator(1);
        for (int page = 0; page < kinds.length; page++) {
            if (kinds[page] > 0 && !hasUsedSlot(page)) {
                kinds[page] = 0;
                freePages(page, 1, any);
            }
        }
    }

    private boolean hasUsedSlot(int page) {
        int lines = CLASSES.bytes(kinds[page] - 1) >> LINE_SHIFT;
        int end = (page + 1) << LINES_SHIFT;
        for (int slot = page << LINES_SHIFT; slot + lines <= end; slot += lines) {
            if (links[slot] == MAGIC) {
                return true;
            }
        }
        return false;
    }

    private static final class SlabAllocator extends ThreadAllocator {
        private final SlabHeap heap;
        private final int[] links;
        private final int[][] cache = new int[CLASSES.count()][];
        private final int[] cached = new int[CLASSES.count()];

        SlabAllocator(SlabHeap heap, int number) {
            super(heap, number);
            this.heap = heap;
            links = heap.links;
            Arrays.setAll(
                    cache,
                    i -> new int[Math.min(heap.cacheSlots, 2 * PAGE_BYTES / CLASSES.bytes(i))]);
        }

        @Override
        public long allocate(long bytes) {
            if (bytes <= 0 || bytes > CLASSES.largest()) {
                return allocateRun(HeapMemory.aligned(bytes));
            }
            int sizeClass = CLASSES.of(bytes);
            int count = cached[sizeClass] - 1;
            if (count < 0) {
                return used(heap.cacheSlots == 0 ? popOrCut(sizeClass) : refill(sizeClass));
            }
            cacheHits++;
            cached[sizeClass] = count;
            return used(cache[sizeClass][count]);
        }

        /** Marks a slot as in use; its offset. */
        private long used(int line) {
            if (line < 0) {
                failures++;
                return NULL;
            }
            LINK.setOpaque(links, line, MAGIC);
            allocations++;
            return (long) line << LINE_SHIFT;
        }

        private int popOrCut(int sizeClass) {
            int line = heap.freeSlots[sizeClass].pop(this);
            return line < 0 ? cut(sizeClass) : line;
        }

        /** Fills half an empty cache; returns one slot, or −1. */
        private int refill(int sizeClass) {
            cacheMisses++;
            int[] slots = cache[sizeClass];
            int count = heap.freeSlots[sizeClass].popSome(slots, slots.length / 2, this);
            if (count == 0) {
                return cut(sizeClass);
            }
            cached[sizeClass] = count - 1;
            return slots[count - 1];
        }

        /** Cuts a new page into slots; returns one of them, or −1 if there is no page. */
        private int cut(int sizeClass) {
            int page = heap.allocatePages(1, this);
            if (page < 0) {
                return -1;
            }
            heap.kinds[page] = sizeClass + 1;
            int lines = CLASSES.bytes(sizeClass) >> LINE_SHIFT;
            int first = page << LINES_SHIFT;
            int last = first + (PAGE_LINES / lines - 1) * lines;
            TaggedStack stack = heap.freeSlots[sizeClass];
            for (int slot = first + lines; slot < last; slot += lines) {
                stack.link(slot, slot + lines);
            }
            stack.pushChain(first + lines, last, this);
            return first;
        }

        private long allocateRun(long bytes) {
            cacheMisses += heap.cacheSlots == 0 ? 0 : 1;
            int count = heap.pagesFor(bytes);
            int page = heap.allocatePages(count, this);
            if (page < 0) {
                return used(page);
            }
            fallbacks++;
            heap.kinds[page] = -count;
            return used(page << LINES_SHIFT);
        }

        @Override
        public void free(long offset) {
            int line = checkUsed(offset);
            frees++;
            int kind = heap.kinds[line >> LINES_SHIFT];
            if (kind < 0) {
                LINK.setOpaque(links, line, FREED);
                heap.freePages(line >> LINES_SHIFT, -kind, this);
            } else if (heap.cacheSlots == 0) {
                heap.freeSlots[kind - 1].push(line, this);
            } else {
                LINK.setOpaque(links, line, FREED);
                keep(line, kind - 1);
            }
        }

        /**
         * The line at {@code offset}, if what begins there is in use: asked once, before any
         * attempt to push it writes a link over the mark, so that a second attempt does not take
         * the thread's own mark for a double free.
         *
         * <p>There is no swap: two threads that free one piece at the very same moment are not
         * found out.
         */
        private int checkUsed(long offset) {
            long line = offset >> LINE_SHIFT;
            if ((offset & ((1 << LINE_SHIFT) - 1)) != 0 || line < 0 || line >= links.length) {
                throw new InvalidFreeException(offset, "not a place in the heap");
            }
            if ((int) LINK.getOpaque(links, (int) line) != MAGIC) {
                throw new InvalidFreeException(offset, "not allocated, or freed before");
            }
            return (int) line;
        }

        /** Puts a freed slot into the cache; half a full cache goes to the shared list first. */
        private void keep(int line, int sizeClass) {
            int[] slots = cache[sizeClass];
            int count = cached[sizeClass];
            if (count == slots.length) {
                count /= 2;
                TaggedStack stack = heap.freeSlots[sizeClass];
                for (int i = count; i < slots.length - 1; i++) {
                    stack.link(slots[i], slots[i + 1]);
                }
                stack.pushChain(slots[count], slots[slots.length - 1], this);
            }
            slots[count] = line;
            cached[sizeClass] = count + 1;
        }

        /** {@inheritDoc} Forgets the cache: the heap collects all slots that are not in use. */
        @Override
        protected void flushCaches() {
            Arrays.fill(cached, 0);
        }

        @Override
        public long usableSize(long offset, long requested) {
            int kind = heap.kinds[(int) (offset >> PAGE_SHIFT)];
            return kind < 0 ? (long) -kind << PAGE_SHIFT : CLASSES.bytes(kind - 1);
        }
    }
}
