package io.github.huffhash.io;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts results that come in any order back into theirs.
 *
 * <p>At most a window of results is held: whoever is further ahead of the slowest waits. The
 * slowest never does.
 *
 * @param <R> the results
 */
public final class OrderedResults<R> {
    private final ResultSink<R> sink;
    private final int window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();

    /** Results that came before their turn, by index. Guarded by the lock. */
    private final Map<Long, R> early = new HashMap<>();

    /** Index of the next result for the sink. Guarded by the lock. */
    private long next;

    /**
     * Results for {@code sink}.
     *
     * @param window how many results may wait for their turn
     */
    public OrderedResults(ResultSink<R> sink, int window) {
        this.sink = sink;
        this.window = window;
    }

    /**
     * Brings the result with this index; from 0 on, each comes once.
     *
     * @throws IOException if the sink fails
     * @throws InterruptedException if interrupted while waiting for the slowest
     */
    public void put(long index, R result) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (index >= next + window) {
                advanced.await();
            }
            if (index > next) {
                early.put(index, result);
                return;
            }
            sink.accept(result);
            next++;
            for (R follower = early.remove(next); follower != null; follower = early.remove(next)) {
                sink.accept(follower);
                next++;
            }
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
