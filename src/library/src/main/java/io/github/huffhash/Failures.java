package io.github.huffhash;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What failed streams have in common. */
final class Failures {
    private Failures() {}

    /**
     * Throws the failure of another thread, or one that was kept.
     *
     * @return never; for the compiler
     */
    static IOException rethrown(Throwable failure) throws IOException {
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

    /** The failure of whatever is tried after another failure. */
    static IOException after(String what, Throwable failure) {
        return failure instanceof IOException e ? e : new IOException(what, failure);
    }

    /**
     * Closes the stream below one that may have failed. An exception that the caller has seen
     * already is not thrown again as it is: it cannot suppress itself.
     */
    static void close(Closeable below, Optional<Throwable> failure) throws IOException {
        try {
            below.close();
        } catch (Throwable e) {
            if (failure.isPresent() && failure.get().equals(e)) {
                throw new IOException(e.getMessage(), e);
            }
            throw e;
        }
    }
}
