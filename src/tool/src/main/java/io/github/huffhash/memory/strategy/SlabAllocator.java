package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;

/**
 * Slots of fixed sizes on lock-free lists that all workers share.
 *
 * <p>Slabs are Bonwick's ("The slab allocator: an object-caching kernel memory allocator", 1994),
 * the list is Treiber's stack with a tag ({@link TaggedStack}). A mark beside the heap, a magic
 * number, tells a slot in use from a free one, so double frees and foreign pointers are found,
 * unless two workers free one piece at the very same moment.
 *
 * <p>Costs: one swap to allocate and one to free, and all workers meet at one word for each class:
 * nobody ever waits for a thread that does not run, but swaps are lost and done again. Rounding to
 * cache lines wastes much of small pieces, and a page stays with its class.
 */
final class SlabAllocator extends ThreadAllocator {
    /** The space in which workers go to the lists each time. */
    static final class Space extends SlabSpace {
        Space(NativeHeap heap) {
            super(heap);
        }

        @Override
        protected ThreadAllocator newAllocator(int number) {
            return new SlabAllocator(this, number);
        }
    }

    private final Space space;

    private SlabAllocator(Space space, long id) {
        super(space, id);
        this.space = space;
    }

    @Override
    public long allocate(long bytes) {
        int line;
        if (bytes <= 0 || bytes > Space.CLASSES.largest()) {
            line = space.allocateRun(HeapMemory.aligned(bytes), this);
            fallbacks++;
        } else {
            int sizeClass = Space.CLASSES.of(bytes);
            line = space.freeSlots(sizeClass).pop(this);
            if (line < 0) {
                line = space.cut(sizeClass, this);
            }
        }
        if (line < 0) {
            failures++;
            return NULL;
        }
        allocations++;
        return space.use(line);
    }

    @Override
    public void free(long offset) {
        int line = space.checkUsed(offset);
        frees++;
        if (space.isRun(line)) {
            space.freeRun(line, this);
        } else {
            space.freeSlots(space.classOf(line)).push(line, this);
        }
    }

    @Override
    public long usableSize(long offset, long requested) {
        return space.usableSize(offset);
    }
}
