package io.github.huffhash.run;

import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import java.util.Map;
import java.util.function.IntPredicate;

/** The blocks of a run that are in its heap, and what the threads that have ended counted. */
final class InFlight {
    /** Guarded by this, as is all else. */
    private int blocks;

    private final Map<Phase, Long> phaseNanos = PhaseClock.sums();

    /**
     * Waits until the heap is as it should be; it is looked at again whenever a block is done.
     *
     * @param ready whether it is, with so many blocks in it
     */
    synchronized void await(IntPredicate ready) throws InterruptedException {
        while (!ready.test(blocks)) {
            wait();
        }
    }

    /** A block begins, once the heap is {@linkplain #await as it should be}. */
    synchronized void begin(IntPredicate ready) throws InterruptedException {
        await(ready);
        blocks++;
    }

    /** Whether there are none. */
    synchronized boolean isEmpty() {
        return blocks == 0;
    }

    /** A block is done. */
    synchronized void end() {
        blocks--;
        notifyAll();
    }

    /** Adds what a thread has counted that does no more blocks. */
    synchronized void add(PhaseClock clock) {
        clock.addTo(phaseNanos);
    }

    /** How long all threads took; for when they have ended. */
    synchronized Map<Phase, Long> phaseNanos() {
        return phaseNanos;
    }
}
