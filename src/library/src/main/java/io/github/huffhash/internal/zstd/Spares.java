package io.github.huffhash.internal.zstd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Things that nobody uses at present, for whoever needs one next. Any thread may bring and take.
 *
 * @param <T> the things
 */
public final class Spares<T> {
    /** The one used last is taken first: it may be in a cache still. Guarded by this. */
    private final Deque<T> spares = new ArrayDeque<>();

    /** Takes one, if there is any. */
    public synchronized Optional<T> take() {
        return Optional.ofNullable(spares.pollLast());
    }

    /** Leaves one. */
    public synchronized void give(T spare) {
        spares.addLast(spare);
    }
}
