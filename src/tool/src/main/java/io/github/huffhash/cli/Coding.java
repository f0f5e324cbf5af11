package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;

/** What is done with the bytes of each file. */
@FunctionalInterface
interface Coding {
    /**
     * Reads the input to its end and writes what it becomes to {@code out}, which is neither
     * flushed nor closed.
     *
     * @throws IOException if either fails, or the input makes no sense
     */
    Counts over(Input input, OutputStream out) throws IOException;

    /**
     * How much it was.
     *
     * @param in bytes read
     * @param out bytes written
     */
    record Counts(long in, long out) {}
}
