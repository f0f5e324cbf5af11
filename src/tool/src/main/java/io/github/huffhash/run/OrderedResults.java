package io.github.huffhash.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.function.IOConsumer;

/**
 * Puts results that come in any order back into theirs.
 *
 * <p>At most a window of results is held: a thread further ahead of the slowest waits. The slowest
 * never does.
 *
 * @param <R> the results
 */
public final class OrderedResults<R> {
    private final IOConsumer<R> sink;
    private final int window;

    /** Results that came before their turn, by index. Guarded by this. */
    private final Map<Long, R> early = new HashMap<>();

    /**
     * Index of the next result for the sink: the thread that brings it takes it there, and all that
     * have come after it. Guarded by this.
     */
    private long next;

    /**
     * Results for {@code sink}.
     *
     * @param window how many results may wait for their turn
     */
    public OrderedResults(IOConsumer<R> sink, int window) {
        this.sink = sink;
        this.window = window;
    }

    /**
     * Brings the result with this index; from 0 on, each comes once.
     *
     * @throws IOException if the sink fails
     * @throws InterruptedException if interrupted, before or while waiting for the slowest
     */
    public void put(long index, R result) throws IOException, InterruptedException {
        if (!isNext(index, result)) {
            return;
        }
        sink.accept(result);
        for (var follower = follower(); follower.isPresent(); follower = follower()) {
            sink.accept(follower.get());
        }
    }

    /** Whether it is this one's turn; else it is kept. */
    private synchronized boolean isNext(long index, R result) throws InterruptedException {
        if (Thread.interrupted()) { // as others have failed, however far this one could go
            throw new InterruptedException();
        }
        while (index >= next + window) {
            wait();
        }
        if (index == next) {
            return true;
        }
        early.put(index, result);
        return false;
    }

    /** The result after the one that the sink has taken, if it has come. */
    private synchronized Optional<R> follower() {
        next++;
        notifyAll();
        return Optional.ofNullable(early.remove(next));
    }
}
