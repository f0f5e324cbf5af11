package io.github.huffhash.run;

import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.run.RunStatistics.HeapUse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Measures for how much of a time locks are held and how much of the heap is in use, by looking
 * every half millisecond from a thread of its own: reading the clock at every hold would double
 * what a hold takes. What is in use is read without the lock, as it was a moment ago. Shared memory
 * that is cut short ends the sampling without a word, since the run reports it.
 */
public final class LockSampler implements AutoCloseable {
    private static final long PERIOD_NANOS = 500_000;

    private static final long NONE = -1;

    /** When so many looks at the heap are kept, every second is dropped. */
    private static final int MOST_LOOKS = 64;

    private final List<HeapLock> locks;
    private final LongSupplier bytesInUse;
    private final long startNanos = System.nanoTime();
    private final WorkerThreads thread = new WorkerThreads("lock-sampler", 1, this::look);

    /** Written by the thread, read when it has ended. */
    private long looks;

    private long held;
    private final List<HeapUse> uses = new ArrayList<>();
    private long rounds;
    private long stride = 1;

    /** Begins to look at locks, if there are any. */
    public LockSampler(List<HeapLock> locks) {
        this(locks, () -> NONE);
    }

    /**
     * Begins to look, if there are locks.
     *
     * @param bytesInUse of the heap; negative where that is not known
     */
    public LockSampler(List<HeapLock> locks, LongSupplier bytesInUse) {
        this.locks = List.copyOf(locks);
        this.bytesInUse = bytesInUse;
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
            if (rounds++ % stride == 0) {
                noteUse();
            }
        } while (!Thread.interrupted());
    }

    private void noteUse() {
        long bytes = bytesInUse.getAsLong();
        if (bytes == NONE) {
            return;
        }
        uses.add(new HeapUse(System.nanoTime() - startNanos, bytes));
        if (uses.size() == MOST_LOOKS) {
            for (int i = 0; i < MOST_LOOKS / 2; i++) {
                uses.remove(i + 1);
            }
            stride *= 2;
        }
    }

    /** Ends it. The looks at the heap, at most 64, as far apart as that takes. */
    public List<HeapUse> heapUse() {
        close();
        return List.copyOf(uses);
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
