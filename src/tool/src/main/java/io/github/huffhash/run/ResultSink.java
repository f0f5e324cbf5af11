package io.github.huffhash.run;

import java.io.IOException;

/**
 * Takes results in block order, one call at a time.
 *
 * @param <R> what comes out of the work on blocks
 */
@FunctionalInterface
public interface ResultSink<R> {
    /**
     * Takes the next result.
     *
     * @param result never null
     * @throws IOException if it cannot be written; the run stops
     */
    void accept(R result) throws IOException;
}
