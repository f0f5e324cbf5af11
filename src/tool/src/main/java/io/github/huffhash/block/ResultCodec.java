package io.github.huffhash.block;

import java.nio.ByteBuffer;

/**
 * The result of one block as bytes, to pass it from one process to another of the same version.
 *
 * @param <R> the result
 */
public interface ResultCodec<R> {
    /** The most bytes a result takes. */
    int maxBytes();

    /** Writes a result at the buffer's position. */
    void write(R result, ByteBuffer into);

    /** Reads what {@link #write} wrote. */
    R read(ByteBuffer from);
}
