package io.github.huffhash.lab;

import io.github.huffhash.lab.BenchmarkRun.WorkerState;
import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.lab.Workload.Trace;
import io.github.huffhash.memory.Allocator;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/** The measured loops. */
interface TraceReplay {
    /** Pieces in a batch. */
    int BATCH = 256;

    /** Pieces alive in the tight loop, a power of two. */
    int WINDOW = 16;

    /**
     * Replays the operations of the worker's trace {@code from} to {@code to}, at most a stride.
     */
    void replay(Loop kind, Allocator allocator, WorkerState state, int from, int to);

    /**
     * A copy of the loops that the JVM compiles separately, as a hidden class. A loop that has run
     * with one allocator has its methods inlined; a loop that has run with many calls them through
     * a table.
     */
    static TraceReplay newCopy() {
        String name = Loops.class.getName();
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (var stream = Objects.requireNonNull(Loops.class.getResourceAsStream(file), file)) {
            return (TraceReplay)
                    MethodHandles.lookup()
                            .defineHiddenClass(stream.readAllBytes(), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy the loops", e);
        }
    }

    /** The loops. As a class that is copied, it has neither inner classes nor lambdas. */
    final class Loops implements TraceReplay {
        Loops() {}

        @Override
        public void replay(Loop kind, Allocator allocator, WorkerState state, int from, int to) {
            switch (kind) {
                case ONE_AT_A_TIME -> oneAtATime(allocator, state, from, to);
                case IN_BATCHES -> inBatches(allocator, state, from, to);
                case TIGHT_LOOP -> tightLoop(allocator, state, from, to);
                case REPLACEMENT -> replacement(allocator, state, from, to);
            }
        }

        /** Allocates and frees. */
        private static void oneAtATime(Allocator allocator, WorkerState state, int from, int to) {
            int[] sizes = state.trace.sizes();
            for (int i = from; i < to; i++) {
                long offset = allocate(allocator, state, sizes[i]);
                if (offset >= 0) {
                    allocator.free(offset);
                }
            }
        }

        /** Allocates a batch, {@link #BATCH} operations at most, then frees it. */
        private static void inBatches(Allocator allocator, WorkerState state, int from, int to) {
            int[] sizes = state.trace.sizes();
            long[] pieces = state.own;
            for (int i = from; i < to; i++) {
                pieces[i - from] = allocate(allocator, state, sizes[i]);
            }
            for (int i = from; i < to; i++) {
                if (pieces[i - from] >= 0) {
                    allocator.free(pieces[i - from]);
                    pieces[i - from] = -1;
                }
            }
        }

        /** Frees the piece of the operation {@link #WINDOW} operations before, and allocates. */
        private static void tightLoop(Allocator allocator, WorkerState state, int from, int to) {
            int[] sizes = state.trace.sizes();
            for (int i = from; i < to; i++) {
                replace(allocator, state, state.own, i & (WINDOW - 1), sizes[i]);
            }
        }

        /** Frees a random object, or the next of the hand-off array, and allocates another. */
        private static void replacement(Allocator allocator, WorkerState state, int from, int to) {
            Trace trace = state.trace;
            int[] sizes = trace.sizes();
            for (int i = from; i < to; i++) {
                if (trace.remote()[i]) {
                    replace(allocator, state, state.handoffArray, state.nextHandoff++, sizes[i]);
                    if (state.nextHandoff == state.handoffArray.length) {
                        state.swapHandoff();
                    }
                } else {
                    replace(allocator, state, state.own, trace.slots()[i], sizes[i]);
                }
            }
        }

        private static void replace(
                Allocator allocator, WorkerState state, long[] pieces, int slot, int size) {
            long old = pieces[slot];
            if (old >= 0) {
                pieces[slot] = -1;
                allocator.free(old);
            }
            pieces[slot] = allocate(allocator, state, size);
        }

        private static long allocate(Allocator allocator, WorkerState state, int size) {
            long offset = allocator.allocate(size);
            return offset < 0 ? state.allocateAfterReset(allocator, size) : offset;
        }
    }
}
