package io.github.huffhash.engine.process;

import java.util.concurrent.locks.LockSupport;

/**
 * How a process waits for another without a call that would wake it: first a moment at work, then
 * in longer naps.
 */
final class Backoff {
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;
    private static final long FIRST_NAP_NANOS = 50_000;

    private final long longestNapNanos;
    private int spins;
    private long napNanos = FIRST_NAP_NANOS;

    /** A wait whose naps grow up to {@code longestNapNanos}. */
    Backoff(long longestNapNanos) {
        this.longestNapNanos = longestNapNanos;
    }

    /** Waits a little, a little longer than the last time. */
    void pause() {
        if (spins < SPINS) {
            spins++;
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(this, napNanos);
            napNanos = Math.min(longestNapNanos, napNanos * 2);
        }
    }

    /** What was waited for has come. */
    void reset() {
        spins = 0;
        napNanos = FIRST_NAP_NANOS;
    }
}
