package io.github.huffhash.lab;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.run.LockSampler;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.WorkerThreads;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

/** One run of some workers over a heap. */
final class BenchmarkRun {
    /** Is told about a run's course. */
    interface Listener {
        Listener NONE = new Listener() {};

        /** The workers begin: what they have allocated until now is not measured. */
        default void onStart() {}

        /** All workers have ended, and nothing has been freed yet. */
        default void onEnd() {}

        /** The heap has been reset as a whole. */
        default void onReset() {}
    }

    private final Heap heap;
    private final Loop kind;
    private final TraceReplay loop;
    private final long leastNanos;
    private final long mostNanos;
    private final RunCoordinator coordinator;
    private final CyclicBarrier start;
    private final CyclicBarrier end;

    /** Written before the workers pass the barrier, and read after it. */
    private long startNanos;

    /** What there was before the run, then in it. Written by the last worker at a barrier. */
    private long steps;

    private ProcessUsage usage = ProcessUsage.NONE;
    private LockSampler sampler = new LockSampler(List.of());
    private OptionalDouble heldShare = OptionalDouble.empty();

    /** The number of workers that have begun. Guarded by this. */
    private int workers;

    /** Sums over the workers that have ended. Guarded by this. */
    private Counters counts = Counters.NONE;

    private long operations;
    private long lastEnd = Long.MIN_VALUE;
    private long bulkResets;

    /**
     * @param traces one for each worker
     * @param leastNanos until then, workers replay their traces again and again
     * @param mostNanos then, they stop even before the end of a trace
     */
    BenchmarkRun(
            Heap heap,
            Loop kind,
            TraceReplay loop,
            List<Trace> traces,
            int objects,
            long leastNanos,
            long mostNanos,
            Listener listener) {
        this.heap = heap;
        this.kind = kind;
        this.loop = loop;
        this.leastNanos = leastNanos;
        this.mostNanos = mostNanos;
        coordinator = new RunCoordinator(heap, traces, objects, listener::onReset);
        start = new CyclicBarrier(traces.size(), () -> begin(listener));
        end = new CyclicBarrier(traces.size(), () -> end(listener));
    }

    private void begin(Listener listener) {
        listener.onStart();
        steps = heap.stepsWalked();
        usage = ProcessUsage.now();
        sampler = new LockSampler(heap.locks());
        startNanos = System.nanoTime();
    }

    private void end(Listener listener) {
        heldShare = sampler.heldShare();
        usage = ProcessUsage.now().minus(usage);
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
        try (var threads = new WorkerThreads("lab", number, () -> work(wrapper))) {
            for (int i = 0; i < number; i++) {
                threads.start();
            }
            threads.await();
        } finally {
            sampler.close();
        }
        coordinator.freeAll(heap.attach());
        heap.recycle();
        counts = counts.withoutFailures(bulkResets).withSteps(steps);
        return new Sample(
                lastEnd - startNanos,
                operations - counts.failures(),
                counts,
                coordinator.resets(),
                heldShare,
                usage);
    }

    private synchronized WorkerState nextState() {
        return coordinator.states().get(workers++);
    }

    private void work(Function<ThreadAllocator, Allocator> wrapper) throws InterruptedException {
        WorkerState state = nextState();
        ThreadAllocator worker = heap.attach();
        Allocator allocator = wrapper.apply(worker);
        if (kind == Loop.REPLACEMENT) {
            fill(state, allocator);
        }
        await(start);
        Counters before = worker.counters();
        long resetsBefore = state.bulkResets;
        long replayed;
        long endNanos;
        try {
            replayed = replay(state, allocator);
            endNanos = System.nanoTime();
        } finally {
            coordinator.leave(); // others may wait for it to reset the heap
        }
        Counters worked = worker.counters().minus(before);
        await(end);
        add(worked, replayed, endNanos, state.bulkResets - resetsBefore);
    }

    /** Returns the number of operations. */
    private long replay(WorkerState state, Allocator allocator) {
        int length = state.trace().length();
        long replayed = 0;
        int from = 0;
        long nanos;
        do {
            int to = Math.min(from + kind.stride(), length);
            kind.replay(loop, allocator, state, from, to);
            replayed += to - from;
            from = to == length ? 0 : to;
            nanos = System.nanoTime() - startNanos;
        } while (nanos < leastNanos || (replayed < length && nanos < mostNanos));
        return replayed;
    }

    private static void fill(WorkerState state, Allocator allocator) {
        int[] sizes = state.trace().sizes();
        for (long[] array : List.of(state.own, state.handoffArray)) {
            for (int i = 0; i < array.length; i++) {
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
