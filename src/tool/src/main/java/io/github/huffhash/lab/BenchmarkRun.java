package io.github.huffhash.lab;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.lab.Workload.Part;
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
import java.util.concurrent.atomic.AtomicInteger;

/** One run of some workers over a heap. */
final class BenchmarkRun {
    /** Sees a run's course. */
    interface Observer {
        Observer NONE = new Observer() {};

        /** What a worker uses in place of its allocator. */
        default Allocator wrap(ThreadAllocator worker) {
            return worker;
        }

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
    private final Observer observer;
    private final RunCoordinator coordinator;
    private final CyclicBarrier start;
    private final CyclicBarrier end;
    private final AtomicInteger begun = new AtomicInteger();

    /** Written before the workers pass the barrier, and read after it. */
    private long startNanos;

    /** What there was before the run, then in it. Written by the last worker at a barrier. */
    private long steps;

    private ProcessUsage usage = ProcessUsage.NONE;
    private LockSampler sampler = new LockSampler(List.of());
    private OptionalDouble heldShare = OptionalDouble.empty();

    /**
     * Workers replay their traces at least once, unless that takes longer than {@link
     * LabSettings#longestNanos}.
     *
     * @param workers their number
     * @param leastNanos until then, they replay their traces again and again
     */
    BenchmarkRun(
            Heap heap,
            LabSettings settings,
            Part part,
            int workers,
            TraceReplay loop,
            long leastNanos,
            Observer observer) {
        this.heap = heap;
        kind = part.loop();
        this.loop = loop;
        this.leastNanos = leastNanos;
        mostNanos = settings.longestNanos();
        this.observer = observer;
        coordinator = new RunCoordinator(heap, settings, part, workers, observer::onReset);
        start = new CyclicBarrier(workers, this::begin);
        end = new CyclicBarrier(workers, this::end);
    }

    private void begin() {
        observer.onStart();
        steps = heap.stepsWalked();
        usage = ProcessUsage.now();
        sampler = new LockSampler(heap.locks());
        startNanos = System.nanoTime();
    }

    private void end() {
        heldShare = sampler.heldShare();
        usage = ProcessUsage.now().minus(usage);
        steps = heap.stepsWalked() - steps;
        observer.onEnd();
    }

    /** Runs, and frees everything. */
    Sample run() throws IOException {
        List<WorkerState> states = coordinator.states();
        try (var threads = new WorkerThreads("lab", states.size(), this::work)) {
            states.forEach(_ -> threads.start());
            threads.await();
        } finally {
            sampler.close();
        }
        coordinator.freeAll(heap.attach());
        heap.recycle();
        var counts = Counters.NONE;
        long lastEnd = startNanos;
        long operations = 0;
        long bulkResets = 0;
        for (WorkerState state : states) {
            counts = counts.plus(state.worked);
            lastEnd = Math.max(lastEnd, state.endNanos);
            operations += state.replayed;
            bulkResets += state.bulkResets;
        }
        counts = counts.withoutFailures(bulkResets).withSteps(steps);
        return new Sample(
                lastEnd - startNanos,
                operations - counts.failures(),
                counts,
                coordinator.resets(),
                heldShare,
                usage);
    }

    private void work() throws InterruptedException {
        WorkerState state = coordinator.states().get(begun.getAndIncrement());
        ThreadAllocator worker = heap.attach();
        Allocator allocator = observer.wrap(worker);
        if (kind == Loop.REPLACEMENT) {
            fill(state, allocator);
        }
        await(start);
        Counters before = worker.counters();
        try {
            replay(state, allocator);
        } finally {
            coordinator.leave(); // others may wait for it to reset the heap
        }
        state.worked = worker.counters().minus(before);
        await(end);
    }

    private void replay(WorkerState state, Allocator allocator) {
        int length = state.trace().sizes().length;
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
        state.replayed = replayed;
        state.endNanos = startNanos + nanos;
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
}
