package io.github.huffhash.lab;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Heap;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The workers' common room: where arrays change hands, and where all meet to free the heap. */
final class Office {
    private final Heap space;
    private final Runnable onReset;
    private final List<Desk> desks;

    /** An array for each worker that nobody has. */
    private final AtomicReferenceArray<long[]> spare;

    private final AtomicInteger nextSpare = new AtomicInteger();
    private final Phaser meeting;

    /** Changed while all workers wait. */
    private volatile int resets;

    /**
     * @param tapes one for each worker
     * @param onReset is called when the heap has been freed as a whole
     */
    Office(Heap space, List<Tape> tapes, Runnable onReset) {
        this.space = space;
        this.onReset = onReset;
        desks = tapes.stream().map(tape -> new Desk(this, tape)).toList();
        spare = new AtomicReferenceArray<>(tapes.size());
        for (int i = 0; i < tapes.size(); i++) {
            spare.set(i, Desk.emptyArray());
        }
        meeting =
                new Phaser(tapes.size()) {
                    @Override
                    protected boolean onAdvance(int phase, int workersLeft) {
                        if (workersLeft > 0) {
                            reset();
                        }
                        return workersLeft == 0;
                    }
                };
    }

    List<Desk> desks() {
        return desks;
    }

    /** Whether freeing the heap as a whole makes room for so many bytes. */
    boolean canReset(int bytes) {
        return space.isArena() && Allocator.aligned(bytes) <= space.capacity();
    }

    /** Takes an array that another worker has filled, for one of one's own. */
    long[] exchange(long[] array) {
        return spare.getAndSet(Math.floorMod(nextSpare.getAndIncrement(), spare.length()), array);
    }

    /** Waits until all workers have come here or left. */
    void awaitReset() {
        meeting.arriveAndAwaitAdvance();
    }

    /** This worker will not come any more. */
    void leave() {
        meeting.arriveAndDeregister();
    }

    /** How often the heap was freed as a whole. */
    int resets() {
        return resets;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one worker does it for all
    private void reset() {
        desks.forEach(Desk::forget);
        for (int i = 0; i < spare.length(); i++) {
            Arrays.fill(spare.get(i), NULL);
        }
        space.recycle();
        resets++;
        onReset.run();
    }

    /** Frees what lies in the arrays that nobody has. All workers have left. */
    void clear(Allocator allocator) {
        for (int i = 0; i < spare.length(); i++) {
            var last = new Desk(this, desks.getFirst().tape());
            last.visiting = spare.get(i);
            last.clear(allocator);
        }
    }
}
