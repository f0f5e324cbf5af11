package io.github.huffhash.internal.zstd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Buffers, or other scratch memory, that are not in use. Any thread may give and take.
 *
 * @param <T> the buffers
 */
public final class BufferPool<T> {
    /** The one used last is taken first: it may still be in a cache. Guarded by this. */
    private final Deque<T> buffers = new ArrayDeque<>();

    /** Takes one, if there is any. */
    public synchronized Optional<T> take() {
        return Optional.ofNullable(buffers.pollLast());
    }

    /** Gives one back. */
    public synchronized void give(T buffer) {
        buffers.addLast(buffer);
    }
}
