package io.github.huffhash.memory;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * Mutual exclusion on one word: 0 while free, else the number of its owner.
 *
 * <p>A waiter looks again after pauses that double each time, then gives its core away, then sleeps
 * in short naps; whoever releases only stores a zero and never pays for waking anybody. Waiters are
 * not queued: a thread that runs may overtake one that waits, which is what keeps a short critical
 * section fast, when threads outnumber cores and when the heap's cache lines are slow to change
 * cores. See Anderson, "The performance of spin lock alternatives for shared-memory
 * multiprocessors", 1990. Memory effects are those of a {@link java.util.concurrent.locks.Lock}.
 * Not reentrant.
 */
public abstract class HeapLock {
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 10 : 0;
    private static final int YIELDS = 20;
    private static final long NAP_NANOS = 50_000;

    /** For subclasses. */
    protected HeapLock() {}

    /** A lock for the threads of one process. */
    public static HeapLock ofThreads() {
        return new ThreadLock();
    }

    /**
     * A lock for whoever shares this memory: threads, or processes.
     *
     * @param offset of an 8-byte word in {@code memory}, which is zero while the lock is free
     */
    public static HeapLock inMemory(MemorySegment memory, long offset) {
        return MemoryLock.on(memory, offset);
    }

    /**
     * Takes the lock, however long that takes.
     *
     * @param owner the caller's number, not 0
     * @return how many nanoseconds it waited: 0 if the lock was free
     */
    public long acquire(long owner) {
        return tryAcquire(owner) ? 0 : await(owner);
    }

    /**
     * Takes the lock if it is free.
     *
     * @param owner the caller's number, not 0
     * @return whether it was
     */
    public abstract boolean tryAcquire(long owner);

    /** Whether the lock looks free: cheaper than to try, while somebody has it. */
    public abstract boolean isFree();

    /** Gives the lock back. Only its owner may call this. */
    public abstract void release();

    @SuppressWarnings("ThreadPriorityCheck") // yielding is a hint here, nothing relies on it
    private long await(long owner) {
        long start = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            if (isFree() && tryAcquire(owner)) {
                return Math.max(1, System.nanoTime() - start);
            }
            if (attempt < SPINS) {
                spin(1 << attempt);
            } else if (attempt < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
                attempt = 0;
            }
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
