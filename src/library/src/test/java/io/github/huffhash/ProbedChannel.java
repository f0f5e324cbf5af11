package io.github.huffhash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file in memory that counts what is read of it and may become shorter. */
class ProbedChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private int size;
    private long position;
    private boolean closed;

    /** How many bytes were read. */
    long bytesRead;

    /** How often it was read. */
    int reads;

    ProbedChannel(byte[] bytes) {
        this.bytes = bytes;
        size = bytes.length;
    }

    /** From now on the file ends here. */
    void shrinkTo(int newSize) {
        size = newSize;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        reads++;
        if (position >= size) {
            return -1;
        }
        int count = Math.min(target.remaining(), size - (int) position);
        target.put(bytes, (int) position, count);
        position += count;
        bytesRead += count;
        return count;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
