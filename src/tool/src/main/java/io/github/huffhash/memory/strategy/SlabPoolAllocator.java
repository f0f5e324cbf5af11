package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;

/**
 * A worker's own small stacks of slots in front of the lists of a {@link SlabSpace}: filled and
 * drained half at a time, each with one swap.
 *
 * <p>The stacks are the magazines of Bonwick and Adams, "Magazines and vmem", 2001, over Bonwick's
 * slabs (1994). A slot goes into the cache of whoever frees it: the memory wanders with the work.
 *
 * <p>Costs: an array access while the cache lasts; slots in a cache are of no use to others, so a
 * heap is full sooner. Double frees and foreign pointers are found as in slab.
 */
final class SlabPoolAllocator extends ThreadAllocator {
    /** The space in which workers keep slots. */
    static final class Space extends SlabSpace {
        Space(NativeHeap heap) {
            super(heap);
        }

        @Override
        protected ThreadAllocator newAllocator(int number) {
            return new SlabPoolAllocator(this, number);
        }
    }

    /** Slots in a full cache, by class: no more bytes than two pages. */
    private static final int MAX_SLOTS = 64;

    private final Space space;
    private final int[][] cache = new int[Space.CLASSES.count()][];
    private final int[] cached = new int[Space.CLASSES.count()];

    private SlabPoolAllocator(Space space, long id) {
        super(space, id);
        this.space = space;
        Arrays.setAll(
                cache,
                sizeClass ->
                        new int
                                [Math.min(
                                        MAX_SLOTS,
                                        2 * PageHeap.PAGE_BYTES / Space.CLASSES.bytes(sizeClass))]);
    }

    @Override
    public long allocate(long bytes) {
        if (bytes <= 0 || bytes > Space.CLASSES.largest()) {
            return allocateRun(bytes);
        }
        int sizeClass = Space.CLASSES.of(bytes);
        int count = cached[sizeClass] - 1;
        if (count < 0) {
            count = refill(sizeClass) - 1;
            if (count < 0) {
                failures++;
                return NULL;
            }
        } else {
            cacheHits++;
        }
        cached[sizeClass] = count;
        allocations++;
        return space.use(cache[sizeClass][count]);
    }

    private long allocateRun(long bytes) {
        int line = space.allocateRun(HeapMemory.aligned(bytes), this);
        cacheMisses++;
        if (line < 0) {
            failures++;
            return NULL;
        }
        fallbacks++;
        allocations++;
        return space.use(line);
    }

    /** Fills half an empty cache; returns how many slots it has then. */
    private int refill(int sizeClass) {
        cacheMisses++;
        int[] slots = cache[sizeClass];
        int count = space.freeSlots(sizeClass).popSome(slots, slots.length / 2, this);
        if (count == 0) {
            int slot = space.cut(sizeClass, this);
            if (slot < 0) {
                return 0;
            }
            slots[0] = slot;
            count = 1;
        }
        return count;
    }

    @Override
    public void free(long offset) {
        int line = space.checkUsed(offset);
        frees++;
        if (space.isRun(line)) {
            space.freeRun(line, this);
            return;
        }
        space.markCached(line);
        int sizeClass = space.classOf(line);
        int[] slots = cache[sizeClass];
        int count = cached[sizeClass];
        if (count == slots.length) {
            count = drain(sizeClass);
        }
        slots[count] = line;
        cached[sizeClass] = count + 1;
    }

    /** Gives half a full cache to everybody; returns how many slots are left. */
    private int drain(int sizeClass) {
        int[] slots = cache[sizeClass];
        int half = slots.length / 2;
        TaggedStack stack = space.freeSlots(sizeClass);
        for (int i = half; i < slots.length - 1; i++) {
            stack.link(slots[i], slots[i + 1]);
        }
        stack.pushChain(slots[half], slots[slots.length - 1], this);
        return half;
    }

    /** {@inheritDoc} The space collects all slots that are not in use. */
    @Override
    protected void giveBack() {
        Arrays.fill(cached, 0);
    }

    @Override
    public long usableSize(long offset, long requested) {
        return space.usableSize(offset);
    }
}
