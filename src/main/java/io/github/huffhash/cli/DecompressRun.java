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
record DecompressRun(int workers) {
    /**
     * Decompresses {@code input}, which is closed, to {@code out}, which is neither flushed nor
     * closed.
     *
     * @return how many bytes came out
     */
    long over(Input input, OutputStream out) throws IOException {
        try (var content = new HuffhashInputStream(input.stream(), Workers.threads(workers))) {
            return content.transferTo(out);
        }
    }
}
