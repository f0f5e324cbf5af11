package io.github.huffhash.lab;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.lab.Workload.Trace;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.run.LockSampler;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.WorkerThreads;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One run of some workers over a heap. They meet at a barrier to begin, whenever a full arena is
 * reset as a whole, and to end.
 */
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
    private final LabSettings settings;
    private final Loop kind;
    private final TraceReplay loop;
    private final long leastNanos;
    private final Observer observer;
    private final List<WorkerState> states = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** As many hand-off arrays as there are workers, besides those that workers hold. */
    private final Queue<long[]> handoffArrays = new ConcurrentLinkedQueue<>();

    private final Phaser barrier;

    /** Written, as all below, by the last worker to arrive at the barrier, while others wait. */
    private long startNanos;

    private long resets;
    private long stepsBefore;
    private ProcessUsage usageBefore = ProcessUsage.NONE;
    private LockSampler sampler = new LockSampler(List.of());
    private Optional<Sample> sample = Optional.empty();

    /**
     * Generates the traces. Workers replay theirs at least once, unless that takes longer than
     * {@link LabSettings#longestNanos}.
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
        this.settings = settings;
        kind = part.loop();
        this.loop = loop;
        this.leastNanos = leastNanos;
        this.observer = observer;
        int operations = Math.max(1, settings.operations() / workers);
        for (int i = 0; i < workers; i++) {
            states.add(new WorkerState(part.trace(settings, i, operations)));
            handoffArrays.add(newHandoffArray());
        }
        barrier =
                new Phaser(workers) {
                    @Override
                    protected boolean onAdvance(int phase, int workersLeft) {
                        if (workersLeft == 0) {
                            end();
                        } else if (phase == 0) {
                            begin();
                        } else {
                            reset();
                        }
                        return workersLeft == 0;
                    }
                };
    }

    private void begin() {
        observer.onStart();
        stepsBefore = heap.stepsWalked();
        usageBefore = ProcessUsage.now();
        sampler = new LockSampler(heap.locks());
        startNanos = System.nanoTime();
    }

    private void reset() {
        pieces().forEach(array -> Arrays.fill(array, NULL));
        heap.recycle();
        resets++;
        observer.onReset();
    }

    private void end() {
        OptionalDouble held = sampler.heldShare();
        ProcessUsage usage = ProcessUsage.now().minus(usageBefore);
        Counters counts =
                states.stream()
                        .map(it -> it.worked)
                        .reduce(Counters.NONE, Counters::plus)
                        .withSteps(heap.stepsWalked() - stepsBefore);
        long nanos = states.stream().mapToLong(it -> it.endNanos).max().orElseThrow() - startNanos;
        long operations = counts.allocations();
        sample = Optional.of(new Sample(nanos, operations, counts, resets, held, usage));
        observer.onEnd();
    }

    /** Runs, and frees everything. */
    Sample run() throws IOException {
        try (var threads = new WorkerThreads("lab", states.size(), this::work);
                Closeable _ = barrier::forceTermination) {
            for (int i = 0; i < states.size(); i++) {
                if (!threads.startAnother() && !threads.hasFailed()) {
                    throw new IOException("cannot start more than " + i + " threads");
                }
            }
            threads.await();
        } finally {
            sampler.close();
        }
        freeAll();
        return sample.orElseThrow();
    }

    /** In the order of addresses, in which a free that walks the list finds its place at once. */
    private void freeAll() {
        ThreadAllocator allocator = heap.attach();
        pieces().flatMapToLong(Arrays::stream)
                .filter(offset -> offset != NULL)
                .sorted()
                .forEach(allocator::free);
        heap.recycle();
    }

    /** All arrays of live pieces. */
    private Stream<long[]> pieces() {
        return Stream.concat(
                states.stream().flatMap(it -> Stream.of(it.own, it.handoffArray)),
                handoffArrays.stream());
    }

    private void work() {
        WorkerState state = states.get(begun.getAndIncrement());
        try {
            ThreadAllocator worker = heap.attach();
            Allocator allocator = observer.wrap(worker);
            if (kind == Loop.REPLACEMENT) {
                state.fill(allocator);
            }
            if (barrier.arriveAndAwaitAdvance() < 0) {
                return; // some threads could not start
            }
            Counters before = worker.counters();
            replay(state, allocator);
            state.worked = worker.counters().minus(before).withoutFailures(state.bulkResets);
        } finally {
            barrier.arriveAndDeregister(); // others may wait for it to reset the heap
        }
    }

    private void replay(WorkerState state, Allocator allocator) {
        int length = state.trace.sizes().length;
        long replayed = 0;
        int from = 0;
        long nanos;
        do {
            int to = Math.min(from + kind.stride(), length);
            loop.replay(kind, allocator, state, from, to);
            replayed += to - from;
            from = to == length ? 0 : to;
            nanos = System.nanoTime() - startNanos;
        } while (nanos < leastNanos || (replayed < length && nanos < settings.longestNanos()));
        state.endNanos = startNanos + nanos;
    }

    private long[] newHandoffArray() {
        return emptyArray(settings.objects() / 8);
    }

    private static long[] emptyArray(int objects) {
        long[] array = new long[objects];
        Arrays.fill(array, NULL);
        return array;
    }

    /**
     * The live pieces of one worker.
     *
     * <p>All of them are in arrays here, never in a variable while something is allocated: a reset
     * of the heap clears the arrays.
     */
    final class WorkerState {
        final Trace trace;

        /** The worker's own objects. */
        final long[] own = emptyArray(settings.objects());

        /** An array whose objects another worker has allocated, replaced from the start. */
        long[] handoffArray = newHandoffArray();

        int nextHandoff;

        /** Requests that failed and led to a reset; they are no failures. */
        private long bulkResets;

        /** What it has done, written, as all below, at its end. */
        private Counters worked = Counters.NONE;

        private long endNanos;

        private WorkerState(Trace trace) {
            this.trace = trace;
        }

        private void fill(Allocator allocator) {
            for (long[] array : List.of(own, handoffArray)) {
                for (int i = 0; i < array.length; i++) {
                    array[i] = allocator.allocate(trace.sizes()[i % trace.sizes().length]);
                }
            }
        }

        /**
         * Handles a failed request. In an arena, waits until all workers have come to a reset of
         * the heap or left, then repeats the request.
         */
        long allocateAfterReset(Allocator allocator, int bytes) {
            boolean fits = heap.isArena() && HeapMemory.aligned(bytes) <= heap.capacity();
            long offset = NULL;
            // other workers may have filled the heap again before this thread runs
            while (fits && offset == NULL && barrier.arriveAndAwaitAdvance() >= 0) {
                bulkResets++;
                offset = allocator.allocate(bytes);
            }
            return offset;
        }

        /** Exchanges the hand-off array, full of this worker's objects, for another. */
        void swapHandoff() {
            handoffArrays.add(handoffArray);
            handoffArray = handoffArrays.remove();
            nextHandoff = 0;
        }
    }
}
