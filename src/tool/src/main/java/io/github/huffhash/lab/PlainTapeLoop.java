package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * The loops. The class is loaded several times under hidden names, so it has neither inner classes
 * nor lambdas.
 */
final class PlainTapeLoop implements TapeLoop {
    PlainTapeLoop() {}

    /** A copy of this class with a profile of its own. */
    static TapeLoop newCopy() {
        String file = PlainTapeLoop.class.getSimpleName() + ".class";
        try (var stream =
                Objects.requireNonNull(PlainTapeLoop.class.getResourceAsStream(file), file)) {
            return (TapeLoop)
                    MethodHandles.lookup()
                            .defineHiddenClass(stream.readAllBytes(), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a copy of the loops", e);
        }
    }

    @Override
    public void oneAtATime(Allocator allocator, Desk desk) {
        for (int size : desk.tape().sizes()) {
            long offset = allocator.allocate(size);
            if (offset < 0) {
                offset = desk.allocateAgain(allocator, size);
            }
            if (offset >= 0) {
                allocator.free(offset);
            }
        }
    }

    @Override
    public void inBatches(Allocator allocator, Desk desk) {
        int[] sizes = desk.tape().sizes();
        long[] pieces = desk.own;
        for (int from = 0; from < sizes.length; from += BATCH) {
            int count = Math.min(BATCH, sizes.length - from);
            for (int i = 0; i < count; i++) {
                long offset = allocator.allocate(sizes[from + i]);
                if (offset < 0) {
                    offset = desk.allocateAgain(allocator, sizes[from + i]);
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
    public void tightLoop(Allocator allocator, Desk desk) {
        int[] sizes = desk.tape().sizes();
        long[] pieces = desk.own;
        for (int i = 0; i < sizes.length; i++) {
            replace(allocator, desk, pieces, i & (WINDOW - 1), sizes[i]);
        }
    }

    @Override
    public void replacement(Allocator allocator, Desk desk) {
        Tape tape = desk.tape();
        int[] sizes = tape.sizes();
        int[] slots = tape.slots();
        boolean[] remote = tape.remote();
        for (int i = 0; i < sizes.length; i++) {
            if (remote[i]) {
                replace(allocator, desk, desk.visiting, desk.nextVisiting++, sizes[i]);
                if (desk.nextVisiting == Desk.SLOTS) {
                    desk.handOver();
                }
            } else {
                replace(allocator, desk, desk.own, slots[i], sizes[i]);
            }
        }
    }

    private static void replace(Allocator allocator, Desk desk, long[] pieces, int slot, int size) {
        long old = pieces[slot];
        if (old >= 0) {
            pieces[slot] = -1;
            allocator.free(old);
        }
        long offset = allocator.allocate(size);
        if (offset < 0) {
            offset = desk.allocateAgain(allocator, size);
        }
        pieces[slot] = offset;
    }
}
