package io.github.huffhash.internal.zstd;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The first failure of a stream: nothing can be done with the stream after it. */
public final class Failure {
    private final String after;
    private Optional<Throwable> first = Optional.empty();

    /** Something that may fail. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * @param after the message of what is tried after a failure
     */
    public Failure(String after) {
        this.after = after;
    }

    /** Does a step, and remembers its failure, whatever it is. */
    public void guard(Step step) throws IOException {
        try {
            step.run();
        } catch (Throwable e) {
            first = Optional.of(e);
            throw e;
        }
    }

    /** Whether there is one. */
    public boolean isPresent() {
        return first.isPresent();
    }

    /** Makes sure that there is none. */
    public void requireNone() throws IOException {
        if (first.isPresent()) {
            throw first.get() instanceof IOException e ? e : new IOException(after, first.get());
        }
    }

    /**
     * Closes the stream below. An exception that the caller has seen already is thrown neither as
     * it is nor as a cause: a try with resources adds what closing throws to it.
     */
    public void close(Closeable below) throws IOException {
        try {
            below.close();
        } catch (Throwable e) {
            if (first.isPresent() && first.get().equals(e)) {
                throw new IOException(e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Throws what another thread, or an earlier step, has failed with.
     *
     * @return never; for the compiler
     */
    public static IOException rethrown(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(failure);
    }
}
