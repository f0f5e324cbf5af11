package io.github.huffhash.lab;

import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.run.Crew;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

/** One run of some workers over a space. */
final class Trial {
    private final Heap space;
    private final Part part;
    private final TapeLoop loop;
    private final long runNanos;
    private final Office office;
    private final CyclicBarrier start;
    private final CyclicBarrier end;

    /** Written before the workers pass the barrier, and read behind it. */
    private long startNanos;

    /** The workers that have begun. Guarded by this. */
    private int workers;

    /** Sums over the workers that have ended. Guarded by this. */
    private Counters counts = Counters.NONE;

    private long operations;
    private long lastEnd = Long.MIN_VALUE;

    /** Failures after which the heap was freed. Guarded by this. */
    private long fruitless;

    /**
     * @param runNanos the shortest time of the run
     * @param onEnd is called when all workers have ended, and still have what they have
     * @param onReset is called when the heap has been freed as a whole
     */
    Trial(
            Heap space,
            Part part,
            TapeLoop loop,
            List<Tape> tapes,
            long runNanos,
            Runnable onEnd,
            Runnable onReset) {
        this.space = space;
        this.part = part;
        this.loop = loop;
        this.runNanos = runNanos;
        office = new Office(space, tapes, onReset);
        start = new CyclicBarrier(tapes.size(), () -> startNanos = System.nanoTime());
        end = new CyclicBarrier(tapes.size(), onEnd);
    }

    /**
     * Runs, and frees everything.
     *
     * @param wrapper puts something around each worker's allocator
     */
    Sample run(Function<ThreadAllocator, Allocator> wrapper) throws IOException {
        int number = office.desks().size();
        try (var crew = new Crew("lab", number, () -> work(wrapper))) {
            for (int i = 0; i < number; i++) {
                crew.hire();
            }
            crew.await();
        }
        office.clear(space.attach());
        space.recycle();
        counts = counts.withoutFailures(fruitless);
        return new Sample(
                lastEnd - startNanos, operations - counts.failures(), counts, office.resets());
    }

    private synchronized Desk nextDesk() {
        return office.desks().get(workers++);
    }

    private void work(Function<ThreadAllocator, Allocator> wrapper) throws InterruptedException {
        Desk desk = nextDesk();
        ThreadAllocator worker = space.attach();
        Allocator allocator = wrapper.apply(worker);
        if (part == Part.REPLACEMENT) {
            fill(desk, allocator);
        }
        await(start);
        Counters before = worker.counters();
        long metBefore = desk.meetings;
        int laps = 0;
        long endNanos;
        do {
            part.lap(loop, allocator, desk);
            laps++;
            endNanos = System.nanoTime();
        } while (endNanos - startNanos < runNanos);
        office.leave();
        Counters after = worker.counters();
        await(end);
        desk.clear(allocator);
        book(
                after.minus(before),
                (long) laps * desk.tape().sizes().length,
                endNanos,
                desk.meetings - metBefore);
    }

    private static void fill(Desk desk, Allocator allocator) {
        int[] sizes = desk.tape().sizes();
        for (int i = 0; i < Desk.SLOTS; i++) {
            for (long[] array : List.of(desk.own, desk.visiting)) {
                array[i] = allocator.allocate(sizes[i % sizes.length]);
            }
        }
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException _) {
            throw new InterruptedException("another worker has failed");
        }
    }

    private synchronized void book(Counters worked, long laps, long endNanos, long met) {
        counts = counts.plus(worked);
        operations += laps;
        lastEnd = Math.max(lastEnd, endNanos);
        fruitless += met;
    }
}
