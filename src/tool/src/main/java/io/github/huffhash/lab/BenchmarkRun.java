package io.github.huffhash.lab;

import io.github.huffhash.engine.Crew;
import io.github.huffhash.heap.Allocator;
import io.github.huffhash.heap.strategy.AllocatorCounts;
import io.github.huffhash.heap.strategy.SharedSpace;
import io.github.huffhash.heap.strategy.WorkerAllocator;
import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.lab.Workload.Part;
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

    private final SharedSpace<?> heap;
    private final Part part;
    private final TraceReplay loop;
    private final long runNanos;
    private final RunCoordinator coordinator;
    private final CyclicBarrier start;
    private final CyclicBarrier end;

    /** Written before the workers pass the barrier, and read after it. */
    private long startNanos;

    /** The number of workers that have begun. Guarded by this. */
    private int workers;

    /** Sums over the workers that have ended. Guarded by this. */
    private AllocatorCounts counts = AllocatorCounts.NONE;

    private long operations;
    private long lastEnd = Long.MIN_VALUE;
    private long bulkResets;

    /**
     * @param traces one for each worker
     * @param runNanos the shortest time of the run
     */
    BenchmarkRun(
            SharedSpace<?> heap,
            Part part,
            TraceReplay loop,
            List<Trace> traces,
            long runNanos,
            Listener listener) {
        this.heap = heap;
        this.part = part;
        this.loop = loop;
        this.runNanos = runNanos;
        coordinator = new RunCoordinator(heap, traces, listener::onReset);
        start = new CyclicBarrier(traces.size(), () -> startNanos = System.nanoTime());
        end = new CyclicBarrier(traces.size(), listener::onEnd);
    }

    /**
     * Runs, and frees everything.
     *
     * @param wrapper wraps each worker's allocator
     */
    Sample run(Function<WorkerAllocator, Allocator> wrapper) throws IOException {
        int number = coordinator.states().size();
        try (var crew = new Crew("lab", number, () -> work(wrapper))) {
            for (int i = 0; i < number; i++) {
                crew.hire();
            }
            crew.await();
        }
        coordinator.freeHandoffArrays(heap.attach());
        heap.recycle();
        counts = counts.withoutFailures(bulkResets);
        return new Sample(
                lastEnd - startNanos, operations - counts.failures(), counts, coordinator.resets());
    }

    private synchronized WorkerState nextState() {
        return coordinator.states().get(workers++);
    }

    private void work(Function<WorkerAllocator, Allocator> wrapper) throws InterruptedException {
        WorkerState state = nextState();
        WorkerAllocator worker = heap.attach();
        Allocator allocator = wrapper.apply(worker);
        if (part == Part.REPLACEMENT) {
            fill(state, allocator);
        }
        await(start);
        AllocatorCounts before = worker.counts();
        long resetsBefore = state.bulkResets;
        int laps = 0;
        long endNanos;
        do {
            part.replay(loop, allocator, state);
            laps++;
            endNanos = System.nanoTime();
        } while (endNanos - startNanos < runNanos);
        coordinator.leave();
        AllocatorCounts worked = worker.counts().minus(before);
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
        for (int i = 0; i < RunCoordinator.SLOTS; i++) {
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
            AllocatorCounts worked, long replayed, long endNanos, long workerResets) {
        counts = counts.plus(worked);
        operations += replayed;
        lastEnd = Math.max(lastEnd, endNanos);
        bulkResets += workerResets;
    }
}
