package io.github.huffhash.io;

import java.io.IOException;

/**
 * An input, read piece by piece from its beginning to its end. Not thread-safe: its readers take
 * turns.
 *
 * <p>It may have places where a piece has to end, so that no block reaches across.
 *
 * <p>A reader that waits for input can be interrupted: the source is closed then, and the read
 * fails.
 */
public interface BlockSource extends AutoCloseable {
    /**
     * Reads until {@code length} bytes are there, or a piece or the input ends.
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

    /** The input's name, for people: as the user gave it. */
    String name();

    @Override
    void close() throws IOException;
}
