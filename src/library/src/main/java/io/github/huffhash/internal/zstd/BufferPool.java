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

    private final int limit;

    /** A pool that keeps all buffers. */
    public BufferPool() {
        this(Integer.MAX_VALUE);
    }

    /**
     * @param limit how many buffers it keeps; those given beyond that are garbage
     */
    public BufferPool(int limit) {
        this.limit = limit;
    }

    /** A pool for all threads of the JVM: it keeps a few buffers for each processor. */
    public static <T> BufferPool<T> ofAllThreads() {
        return new BufferPool<>(2 * Runtime.getRuntime().availableProcessors());
    }

    /** Takes one, if there is any. */
    public synchronized Optional<T> take() {
        return Optional.ofNullable(buffers.pollLast());
    }

    /** Gives one back. */
    public synchronized void give(T buffer) {
        if (buffers.size() < limit) {
            buffers.addLast(buffer);
        }
    }
}
