package io.github.huffhash.hadoop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A file of a Hadoop file system as a channel. It is read at positions: the position of the stream
 * stays as it is. Closing the channel does not close the file. Not thread-safe.
 */
public final class HadoopChannel implements SeekableByteChannel {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FSDataInputStream file;
    private final long size;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long position;
    private boolean closed;

    /**
     * @param size how many bytes the file has
     */
    public HadoopChannel(FSDataInputStream file, long size) {
        this.file = file;
        this.size = size;
    }

    /** A channel of a file whose size is found by reading: codecs are not told. */
    static HadoopChannel of(FSDataInputStream file) throws IOException {
        return new HadoopChannel(file, size(file));
    }

    /**
     * Finds where a file ends. Most streams have all of the rest available, up to 2 GiB; two reads
     * show whether that is so. If not, the end is found by bisection.
     */
    private static long size(FSDataInputStream file) throws IOException {
        long before = file.getPos();
        long guess = 0;
        int available = Integer.MAX_VALUE;
        while (available == Integer.MAX_VALUE) {
            file.seek(guess);
            available = file.available();
            guess += available;
        }
        file.seek(before);
        if (!hasByte(file, guess) && (guess == 0 || hasByte(file, guess - 1))) {
            return guess;
        }
        long end = BUFFER_BYTES;
        while (hasByte(file, end)) {
            end *= 2;
        }
        long start = 0; // the size is from start to end
        while (start < end) {
            long middle = start + (end - start) / 2;
            if (hasByte(file, middle)) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        return end;
    }

    private static boolean hasByte(FSDataInputStream file, long position) throws IOException {
        try {
            return file.read(position, new byte[1], 0, 1) == 1;
        } catch (EOFException e) {
            return false; // as some file systems say it
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        int room = Math.min(target.remaining(), BUFFER_BYTES);
        int wanted = (int) Math.min(room, Math.max(0, size - position));
        if (wanted == 0) {
            return room > 0 ? -1 : 0;
        }
        int count = file.read(position, buffer, 0, wanted);
        if (count > 0) {
            target.put(buffer, 0, count);
            position += count;
        }
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
        if (newPosition < 0) {
            throw new IllegalArgumentException("a negative position: " + newPosition);
        }
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

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
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
