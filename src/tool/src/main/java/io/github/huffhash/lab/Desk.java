package io.github.huffhash.lab;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.Allocator;
import java.util.Arrays;

/**
 * Where one worker keeps the pieces it has.
 *
 * <p>All of them are in arrays here, never in a variable while something is allocated: when a heap
 * is freed as a whole, they are forgotten.
 */
final class Desk {
    /** Objects in an array. */
    static final int SLOTS = 1000;

    private final Office office;
    private final Tape tape;

    /** The worker's own objects. */
    final long[] own = emptyArray();

    /** An array that came from another worker, to be replaced from the start. */
    long[] visiting = emptyArray();

    int nextVisiting;

    /** Failures after which all met to free the heap as a whole: they are none. */
    long meetings;

    Desk(Office office, Tape tape) {
        this.office = office;
        this.tape = tape;
    }

    static long[] emptyArray() {
        long[] array = new long[SLOTS];
        Arrays.fill(array, NULL);
        return array;
    }

    Tape tape() {
        return tape;
    }

    /**
     * What is to be done when there is no memory: if frees give nothing back, everybody comes
     * together, the heap is freed as a whole, and the request is made again.
     */
    long allocateAgain(Allocator allocator, int bytes) {
        long offset = NULL;
        // the others may have filled it again before this thread had its turn
        while (offset == NULL && office.canReset(bytes)) {
            meetings++;
            office.awaitReset();
            offset = allocator.allocate(bytes);
        }
        return offset;
    }

    /** Gives the visiting array, all of it this worker's now, for another. */
    void handOver() {
        visiting = office.exchange(visiting);
        nextVisiting = 0;
    }

    /** Frees everything. */
    void clear(Allocator allocator) {
        for (long[] array : new long[][] {own, visiting}) {
            for (int i = 0; i < array.length; i++) {
                if (array[i] != NULL) {
                    allocator.free(array[i]);
                    array[i] = NULL;
                }
            }
        }
    }

    /** Has nothing any more. */
    void forget() {
        Arrays.fill(own, NULL);
        Arrays.fill(visiting, NULL);
    }
}
