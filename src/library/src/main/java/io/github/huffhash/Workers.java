package io.github.huffhash;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Which threads compress or decompress a stream. The output does not depend on it.
 *
 * <pre>{@code
 * var in = new HuffhashInputStream(file, Workers.threads(4));
 * var out = new HuffhashOutputStream(file, CompressOptions.DEFAULT, Workers.on(executor, 4));
 * }</pre>
 */
public final class Workers {
    /** The thread that reads or writes the stream: no other thread is involved. */
    public static final Workers CALLER = new Workers(Optional.empty(), 0);

    private final Optional<Executor> executor;
    private final int count;

    private Workers(Optional<Executor> executor, int count) {
        this.executor = executor;
        this.count = count;
    }

    /**
     * Daemon threads of each stream's own, which end with it, or after half a second without work.
     *
     * @param count how many, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public static Workers threads(int count) {
        return new Workers(Optional.empty(), atLeastOne(count));
    }

    /**
     * Threads of an executor. Whether it rejects tasks, loses them, runs them late or in the
     * calling thread affects speed only: the caller does what no other thread has begun.
     *
     * @param executor runs the tasks of each stream; it is never shut down here
     * @param count how many of a stream's tasks may run at once, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public static Workers on(Executor executor, int count) {
        return new Workers(Optional.of(executor), atLeastOne(count));
    }

    static int atLeastOne(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one worker is needed, not " + count);
        }
        return count;
    }

    /** How many threads may work besides the caller; 0 if it does all itself. */
    public int count() {
        return count;
    }

    /** The executor; nothing if each stream is to have threads of its own. */
    Optional<Executor> executor() {
        return executor;
    }
}
