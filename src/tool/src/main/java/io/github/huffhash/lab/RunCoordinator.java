package io.github.huffhash.lab;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.lab.Workload.Trace;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the workers of one run share: the hand-off arrays, and the reset of a heap as a whole. */
final class RunCoordinator {
    private final Heap heap;
    private final Runnable onReset;
    private final int objects;
    private final List<WorkerState> states;

    /** As many hand-off arrays as there are workers, besides those that workers hold. */
    private final AtomicReferenceArray<long[]> handoffArrays;

    private final AtomicInteger nextHandoffArray = new AtomicInteger();
    private final Phaser resetBarrier;

    /** Written while all workers wait. */
    private volatile int resets;

    /**
     * Generates the traces of the workers.
     *
     * @param onReset is called after each reset of the heap
     */
    RunCoordinator(Heap heap, LabSettings settings, Part part, int workers, Runnable onReset) {
        this.heap = heap;
        this.onReset = onReset;
        objects = settings.objects();
        int operations = Math.max(1, settings.operations() / workers);
        states =
                IntStream.range(0, workers)
                        .mapToObj(i -> new WorkerState(part.trace(settings, i, operations)))
                        .toList();
        handoffArrays = new AtomicReferenceArray<>(workers);
        for (int i = 0; i < workers; i++) {
            handoffArrays.set(i, emptyArray(handoffObjects()));
        }
        resetBarrier =
                new Phaser(workers) {
                    @Override
                    protected boolean onAdvance(int phase, int workersLeft) {
                        if (workersLeft > 0) {
                            reset();
                        }
                        return workersLeft == 0;
                    }
                };
    }

    private int handoffObjects() {
        return objects / 8;
    }

    private static long[] emptyArray(int objects) {
        long[] array = new long[objects];
        Arrays.fill(array, NULL);
        return array;
    }

    /** One for each worker. */
    List<WorkerState> states() {
        return states;
    }

    /** The number of resets of the heap. */
    int resets() {
        return resets;
    }

    /** Ends a worker's part in resets. */
    void leave() {
        resetBarrier.arriveAndDeregister();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the last worker to arrive at the barrier
    private void reset() {
        states.forEach(WorkerState::forgetAll);
        for (int i = 0; i < handoffArrays.length(); i++) {
            Arrays.fill(handoffArrays.get(i), NULL);
        }
        heap.recycle();
        resets++;
        onReset.run();
    }

    /**
     * Frees everything, once all workers have left: in the order of addresses, in which a free that
     * walks the list of free chunks finds its place at once.
     */
    void freeAll(Allocator allocator) {
        Stream.concat(
                        states.stream().flatMap(it -> Stream.of(it.own, it.handoffArray)),
                        IntStream.range(0, handoffArrays.length()).mapToObj(handoffArrays::get))
                .flatMapToLong(Arrays::stream)
                .filter(offset -> offset != NULL)
                .sorted()
                .forEach(allocator::free);
    }

    /**
     * The live pieces of one worker.
     *
     * <p>All of them are in arrays here, never in a variable while something is allocated: a reset
     * of the heap clears the arrays.
     */
    final class WorkerState {
        private final Trace trace;

        /** The worker's own objects. */
        final long[] own = emptyArray(objects);

        /** An array whose objects another worker has allocated, replaced from the start. */
        long[] handoffArray = emptyArray(handoffObjects());

        int nextHandoff;

        /** Requests that failed and led to a reset; they are no failures. */
        long bulkResets;

        /** What it has done, written at its end. */
        Counters worked = Counters.NONE;

        long replayed;
        long endNanos;

        private WorkerState(Trace trace) {
            this.trace = trace;
        }

        Trace trace() {
            return trace;
        }

        /**
         * Handles a failed request. In an arena, waits until all workers have come to a reset of
         * the heap or left, then repeats the request.
         */
        long allocateAfterReset(Allocator allocator, int bytes) {
            boolean fits = heap.isArena() && HeapMemory.aligned(bytes) <= heap.capacity();
            long offset = NULL;
            // other workers may have filled the heap again before this thread runs
            while (fits && offset == NULL) {
                bulkResets++;
                resetBarrier.arriveAndAwaitAdvance();
                offset = allocator.allocate(bytes);
            }
            return offset;
        }

        /** Exchanges the hand-off array, full of this worker's objects, for another. */
        void swapHandoff() {
            int index = Math.floorMod(nextHandoffArray.getAndIncrement(), handoffArrays.length());
            handoffArray = handoffArrays.getAndSet(index, handoffArray);
            nextHandoff = 0;
        }

        private void forgetAll() {
            Arrays.fill(own, NULL);
            Arrays.fill(handoffArray, NULL);
        }
    }
}
