package io.github.huffhash;

import io.github.huffhash.internal.zstd.Failure;
import java.io.IOException;
import java.io.OutputStream;

/** A sink that fails from some write on, always with the same exception. */
final class FailingSink extends OutputStream {
    private final Throwable failure;
    int writesLeft;
    boolean closed;

    FailingSink(Throwable failure, int writesLeft) {
        this.failure = failure;
        this.writesLeft = writesLeft;
    }

    @Override
    public void write(int b) throws IOException {
        if (writesLeft-- <= 0) {
            throw Failure.rethrown(failure);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        write(0);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (writesLeft <= 0) {
            throw Failure.rethrown(failure);
        }
    }
}
