package io.github.huffhash.lab;

import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.memory.Allocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/** The measured loops: each replays a worker's trace once. */
interface TraceReplay {
    /** Pieces in a batch. */
    int BATCH = 256;

    /** Pieces alive in the tight loop, a power of two. */
    int WINDOW = 16;

    /** Allocates and frees. */
    void oneAtATime(Allocator allocator, WorkerState state);

    /** Allocates a batch, then frees it. */
    void inBatches(Allocator allocator, WorkerState state);

    /** Frees the piece of the operation {@link #WINDOW} operations before, and allocates. */
    void tightLoop(Allocator allocator, WorkerState state);

    /** Frees a random object, or the next of the hand-off array, and allocates another. */
    void replacement(Allocator allocator, WorkerState state);

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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy the loops", e);
        }
    }

    /** The loops. As a class that is copied, it has neither inner classes nor lambdas. */
    final class Loops implements TraceReplay {
        Loops() {}

        @Override
        public void oneAtATime(Allocator allocator, WorkerState state) {
            for (int size : state.trace().sizes()) {
                long offset = allocator.allocate(size);
                if (offset < 0) {
                    offset = state.allocateAfterReset(allocator, size);
                }
                if (offset >= 0) {
                    allocator.free(offset);
                }
            }
        }

        @Override
        public void inBatches(Allocator allocator, WorkerState state) {
            int[] sizes = state.trace().sizes();
            long[] pieces = state.own;
            for (int from = 0; from < sizes.length; from += BATCH) {
                int count = Math.min(BATCH, sizes.length - from);
                for (int i = 0; i < count; i++) {
                    long offset = allocator.allocate(sizes[from + i]);
                    if (offset < 0) {
                        offset = state.allocateAfterReset(allocator, sizes[from + i]);
                    }
                    pieces[i] = offset;
                }
                for (int i = 0; i < count; i++) {
                    if (pieces[i] >= 0) {
                        allocator.free(pieces[i]);
                        pieces[i] = -1;
                    }
                }
            }
        }

        @Override
        public void tightLoop(Allocator allocator, WorkerState state) {
            int[] sizes = state.trace().sizes();
            long[] pieces = state.own;
            for (int i = 0; i < sizes.length; i++) {
                replace(allocator, state, pieces, i & (WINDOW - 1), sizes[i]);
            }
        }

        @Override
        public void replacement(Allocator allocator, WorkerState state) {
            Trace trace = state.trace();
            int[] sizes = trace.sizes();
            int[] slots = trace.slots();
            boolean[] remote = trace.remote();
            for (int i = 0; i < sizes.length; i++) {
                if (remote[i]) {
                    int slot = state.nextHandoff++;
                    replace(allocator, state, state.handoffArray, slot, sizes[i]);
                    if (state.nextHandoff == state.handoffArray.length) {
                        state.swapHandoff();
                    }
                } else {
                    replace(allocator, state, state.own, slots[i], sizes[i]);
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
            long offset = allocator.allocate(size);
            if (offset < 0) {
                offset = state.allocateAfterReset(allocator, size);
            }
            pieces[slot] = offset;
        }
    }
}
