package io.github.huffhash.lab;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.run.WorkerThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

/** One run of some workers over a heap. */
final class BenchmarkRun {
    /** Is told about a run's course. */
    interface Listener {
        Listener NONE = new Listener() {};

        /** All workers have ended, and nothing has been freed yet. */
        default void onEnd() {}

        /** The heap has been reset as a whole. */
        default void onReset() {}
    }

    private final Heap heap;
    private final Part part;
    private final TraceReplay loop;
    private final long runNanos;
    private final RunCoordinator coordinator;
    private final CyclicBarrier start;
    private final CyclicBarrier end;

    /** Written before the workers pass the barrier, and read after it. */
    private long startNanos;

    /** Free chunks looked at: before the run, then in it. Written by the last at a barrier. */
    private long steps;

    /** The number of workers that have begun. Guarded by this. */
    private int workers;

    /** Sums over the workers that have ended. Guarded by this. */
    private Counters counts = Counters.NONE;

    private long operations;
    private long lastEnd = Long.MIN_VALUE;
    private long bulkResets;

    /**
     * @param traces one for each worker
     * @param runNanos the shortest time of the run
     */
    BenchmarkRun(
            Heap heap,
            Part part,
            TraceReplay loop,
            List<Trace> traces,
            LabSettings settings,
            long runNanos,
            Listener listener) {
        this.heap = heap;
        this.part = part;
        this.loop = loop;
        this.runNanos = runNanos;
        coordinator = new RunCoordinator(heap, traces, settings.objects(), listener::onReset);
        start = new CyclicBarrier(traces.size(), this::begin);
        end = new CyclicBarrier(traces.size(), () -> end(listener));
    }

    private void begin() {
        steps = heap.stepsWalked();
        startNanos = System.nanoTime();
    }

    private void end(Listener listener) {
        steps = heap.stepsWalked() - steps;
        listener.onEnd();
    }

    /**
     * Runs, and frees everything.
     *
     * @param wrapper wraps each worker's allocator
     */
    Sample run(Function<ThreadAllocator, Allocator> wrapper) throws IOException {
        int number = coordinator.states().size();
        try (var crew = new WorkerThreads("lab", number, () -> work(wrapper))) {
            for (int i = 0; i < number; i++) {
                crew.start();
            }
            crew.await();
        }
        coordinator.freeHandoffArrays(heap.attach());
        heap.recycle();
        counts = counts.withoutFailures(bulkResets).withSteps(steps);
        return new Sample(
                lastEnd - startNanos, operations - counts.failures(), counts, coordinator.resets());
    }

    private synchronized WorkerState nextState() {
        return coordinator.states().get(workers++);
    }

    private void work(Function<ThreadAllocator, Allocator> wrapper) throws InterruptedException {
        WorkerState state = nextState();
        ThreadAllocator worker = heap.attach();
        Allocator allocator = wrapper.apply(worker);
        if (part == Part.REPLACEMENT) {
            fill(state, allocator);
        }
        await(start);
        Counters before = worker.counters();
        long resetsBefore = state.bulkResets;
        int laps = 0;
        long endNanos;
        do {
            part.replay(loop, allocator, state);
            laps++;
            endNanos = System.nanoTime();
        } while (endNanos - startNanos < runNanos);
        coordinator.leave();
        Counters worked = worker.counters().minus(before);
        await(end);
        state.freeAll(allocator);
        add(
                worked,
                (long) laps * state.trace().length(),
                endNanos,
                state.bulkResets - resetsBefore);
    }

    private static void fill(WorkerState state, Allocator allocator) {
        int[] sizes = state.trace().sizes();
        for (int i = 0; i < state.own.length; i++) {
            for (long[] array : List.of(state.own, state.handoffArray)) {
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

    private synchronized void add(
            Counters worked, long replayed, long endNanos, long workerResets) {
        counts = counts.plus(worked);
        operations += replayed;
        lastEnd = Math.max(lastEnd, endNanos);
        bulkResets += workerResets;
    }
}
