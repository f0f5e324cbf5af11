package io.github.huffhash.run.process;

import java.util.concurrent.locks.LockSupport;

/**
 * How a process waits for another without a call that would wake it: first a moment at work, then
 * in naps that grow with the wait. What comes is noticed late by an eighth of the time it took, at
 * most, and a process that has nothing to do for long takes next to no processor time.
 */
public final class Backoff {
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;
    private static final long FIRST_NAP_NANOS = 50_000;

    private final long longestNapNanos;
    private int spins;

    /** The naps so far, together. */
    private long waitedNanos;

    /** A wait whose naps grow up to {@code longestNapNanos}. */
    public Backoff(long longestNapNanos) {
        this.longestNapNanos = longestNapNanos;
    }

    /** Waits a little, a little longer than the last time. */
    public void pause() {
        if (spins < SPINS) {
            spins++;
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(this, nextNapNanos());
        }
    }

    /** How long the next nap is; it counts as taken. */
    long nextNapNanos() {
        long nap = Math.clamp(waitedNanos / 8, FIRST_NAP_NANOS, longestNapNanos);
        waitedNanos += nap;
        return nap;
    }

    /** What was waited for has come. */
    public void reset() {
        spins = 0;
        waitedNanos = 0;
    }
}
