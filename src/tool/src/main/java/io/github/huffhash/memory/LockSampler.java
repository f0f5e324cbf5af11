package io.github.huffhash.memory;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures for how much of a time locks are held, by looking at them every half millisecond from a
 * thread of its own: reading the clock at every hold would double what a hold takes.
 */
public final class LockSampler implements AutoCloseable {
    private static final long PERIOD_NANOS = 500_000;

    private final List<HeapLock> locks;
    private final Thread thread;

    /** Written by the thread, read when it has ended. */
    private long looks;

    private long held;
    private volatile boolean ended;

    /** Begins to look, if there is something to look at. */
    public LockSampler(List<HeapLock> locks) {
        this.locks = List.copyOf(locks);
        thread = new Thread(this::look, "huffhash-lock-sampler");
        thread.setDaemon(true);
        if (!locks.isEmpty()) {
            thread.start();
        }
    }

    private void look() {
        while (!ended) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            for (HeapLock lock : locks) {
                looks++;
                held += lock.isFree() ? 0 : 1;
            }
        }
    }

    /** Ends it. The share of the time, from 0 to 1, that a lock was held; empty without looks. */
    public OptionalDouble heldShare() {
        close();
        return looks == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) held / looks);
    }

    /** Ends it; the thread is gone then. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
