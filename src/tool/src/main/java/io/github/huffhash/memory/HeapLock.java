package io.github.huffhash.memory;

import io.github.huffhash.recording.Recording;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Mutual exclusion for threads, or for processes that share the lock's three words: its owner, or 0
 * while it is free; the tickets taken; and those served.
 *
 * <p>A waiter looks again after pauses that double each time, then gives its core away, then sleeps
 * in naps that grow; releasing is one store, which wakes no thread. At first, a thread that runs
 * may overtake one that waits: that keeps a short critical section fast when threads outnumber
 * cores and when the heap's cache lines are slow to change cores. A thread that has napped {@value
 * #PATIENCE} times in vain takes a ticket: until it is served, the lock goes in the order of the
 * tickets and to no thread without one. See Anderson, "The performance of spin lock alternatives
 * for shared-memory multiprocessors", 1990, and Mellor-Crummey and Scott, "Algorithms for scalable
 * synchronization on shared-memory multiprocessors", 1991, section 2.2. Memory effects are those of
 * a {@link java.util.concurrent.locks.Lock}. Not reentrant.
 */
public abstract class HeapLock {
    /** Bytes of the words of a lock in memory. */
    public static final int BYTES = 3 * Long.BYTES;

    static final int OWNER = 0;
    static final int TICKETS = 1;
    static final int SERVED = 2;

    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 10 : 0;
    private static final int YIELDS = 20;
    private static final int PATIENCE = 16;
    private static final long FIRST_NAP_NANOS = 50_000;

    /** The longest nap is the first, doubled so often: 1.6 ms. */
    private static final int MAX_DOUBLINGS = 5;

    /** A lock for the threads of one process. */
    public static HeapLock ofThreads() {
        return new OfThreads();
    }

    /**
     * A lock for threads or processes that share this memory.
     *
     * @param offset of {@link #BYTES} bytes, which are zero before the first use
     */
    public static HeapLock inMemory(SharedWords memory, long offset) {
        return new InMemory(memory, offset);
    }

    /** A word, not older than the last {@link #set} that this thread knows of. */
    protected abstract long get(int word);

    /** Stores a word after all that was stored before. */
    protected abstract void set(int word, long value);

    /** Sets a word if it is {@code expected}, and says whether it was. */
    protected abstract boolean compareAndSet(int word, long expected, long value);

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
     * Takes the lock if it is free and no ticket is waiting.
     *
     * @param owner the caller's number, not 0
     * @return whether it was
     */
    public final boolean tryAcquire(long owner) {
        return get(TICKETS) == get(SERVED) && compareAndSet(OWNER, 0, owner);
    }

    /** Whether the lock looks free: cheaper than to try, while it is held. */
    public final boolean isFree() {
        return get(OWNER) == 0;
    }

    /** Gives the lock back. Only its owner may call this. */
    public void release() {
        set(OWNER, 0);
    }

    private long await(long owner) {
        try (var _ = Recording.lockWait()) {
            long start = System.nanoTime();
            awaitFree(owner);
            return Math.max(1, System.nanoTime() - start);
        }
    }

    private void awaitFree(long owner) {
        for (int round = 0; round < PATIENCE; round++) {
            for (int attempt = 0; attempt <= SPINS + YIELDS; attempt++) {
                if (isFree() && tryAcquire(owner)) {
                    return;
                }
                pause(round, attempt);
            }
        }
        awaitTurn(takeTicket(), owner);
    }

    private long takeTicket() {
        while (true) {
            long ticket = get(TICKETS);
            if (compareAndSet(TICKETS, ticket, ticket + 1)) {
                return ticket;
            }
        }
    }

    private void awaitTurn(long ticket, long owner) {
        for (int round = 0; ; round++) {
            for (int attempt = 0; attempt <= SPINS + YIELDS; attempt++) {
                if (get(SERVED) == ticket && isFree() && compareAndSet(OWNER, 0, owner)) {
                    set(SERVED, ticket + 1);
                    return;
                }
                pause(round, attempt);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding is a hint here, nothing relies on it
    private void pause(int round, int attempt) {
        if (attempt < SPINS) {
            for (int i = 0; i < 1 << attempt; i++) {
                Thread.onSpinWait();
            }
        } else if (attempt < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, FIRST_NAP_NANOS << Math.min(round, MAX_DOUBLINGS));
        }
    }

    private static final class OfThreads extends HeapLock {
        /** Where the words begin: no other object shares their two cache lines. */
        private static final int FIRST = HeapMemory.LINE_BYTES / Long.BYTES;

        private final AtomicLongArray words = new AtomicLongArray(2 * FIRST + SERVED + 1);

        @Override
        protected long get(int word) {
            return words.getAcquire(FIRST + word);
        }

        @Override
        protected void set(int word, long value) {
            words.setRelease(FIRST + word, value);
        }

        @Override
        protected boolean compareAndSet(int word, long expected, long value) {
            return words.compareAndSet(FIRST + word, expected, value);
        }
    }

    private static final class InMemory extends HeapLock {
        private final SharedWords words;
        private final long offset;

        InMemory(SharedWords words, long offset) {
            this.words = words;
            this.offset = offset;
        }

        private long at(int word) {
            return offset + (long) word * Long.BYTES;
        }

        @Override
        protected long get(int word) {
            return words.getAcquire(at(word));
        }

        @Override
        protected void set(int word, long value) {
            words.setRelease(at(word), value);
        }

        @Override
        protected boolean compareAndSet(int word, long expected, long value) {
            return words.compareAndSet(at(word), expected, value);
        }
    }
}
