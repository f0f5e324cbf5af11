package io.github.huffhash.io;

import java.io.IOException;

/**
 * An input, read piece by piece from its beginning to its end by one thread at a time.
 *
 * <p>A thread that waits for input can be interrupted; the read then fails.
 */
@FunctionalInterface
public interface BlockSource {
    /**
     * Reads until {@code length} bytes are there, or a piece or the input ends: no block reaches
     * across the end of a piece.
     *
     * @param into receives the bytes from index 0
     * @return how many bytes were read; 0 when there are no more
     * @throws IOException if reading fails; it names the input
     */
    int read(byte[] into, int length) throws IOException;

    /** How many bytes there will be, or 0 if that is not known. */
    default long expected() {
        return 0;
    }
}
