package io.github.huffhash.cli;

import io.github.huffhash.HuffhashInputStream;
import io.github.huffhash.Workers;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The decompression of one input.
 *
 * @param workers how many threads decode, at least 1
 */
record DecompressRun(int workers) implements Coding {
    /** {@inheritDoc} The input is closed. */
    @Override
    public Counts over(Input input, OutputStream out) throws IOException {
        try (var content = new HuffhashInputStream(input.stream(), Workers.threads(workers))) {
            long bytes = content.transferTo(out);
            return new Counts(input.position(), bytes);
        }
    }
}
