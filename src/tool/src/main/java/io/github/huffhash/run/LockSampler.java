package io.github.huffhash.run;

import io.github.huffhash.memory.HeapLock;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures for how much of a time locks are held, by looking at them every half millisecond from a
 * thread of its own: reading the clock at every hold would double what a hold takes. Shared memory
 * that is cut short ends the sampling without a word, since the run reports it.
 */
public final class LockSampler implements AutoCloseable {
    private static final long PERIOD_NANOS = 500_000;

    private final List<HeapLock> locks;
    private final WorkerThreads thread = new WorkerThreads("lock-sampler", 1, this::look);

    /** Written by the thread, read when it has ended. */
    private long looks;

    private long held;

    /** Begins to look, if there is something to look at. */
    public LockSampler(List<HeapLock> locks) {
        this.locks = List.copyOf(locks);
        if (!locks.isEmpty()) {
            thread.start();
        }
    }

    private void look() {
        do {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            for (HeapLock lock : locks) {
                held += lock.isFree() ? 0 : 1;
                looks++;
            }
        } while (!Thread.interrupted());
    }

    /**
     * Ends it. The share of the time, from 0 to 1, that a lock was held, of several locks the mean;
     * empty without looks.
     */
    public OptionalDouble heldShare() {
        close();
        return looks == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) held / looks);
    }

    /** Ends it; the thread is gone then. */
    @Override
    public void close() {
        thread.close();
    }
}
