package io.github.huffhash;

import io.github.huffhash.internal.zstd.RandomAccessIndex;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a Zstandard file of frames without sequences, by whatever tool, for reading at any
 * position: any byte range without decoding the rest.
 *
 * <p>All headers are read when the file is opened. Content is decoded slice by slice. If the file
 * has a seek table, as {@link CompressOptions#seekable} makes it, a slice is a frame and is
 * verified against its checksum; otherwise it is a few blocks, and nothing can be verified. The
 * last slice is kept.
 *
 * <p>A wrong seek table, or a file that changes while it is open, is an error of opening or
 * reading; it never leads to other content. Not thread-safe.
 */
public final class HuffhashChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final RandomAccessIndex index;
    private long position;
    private boolean closed;

    /** The slice at hand, and its content. */
    private int slice = -1;

    private byte[] content = new byte[0];

    /**
     * Reads the content of a file.
     *
     * @param file is closed with this channel, or if it cannot be read
     * @throws HuffhashFormatException if the file is not valid, has sequences, or needs a
     *     dictionary, as far as its headers tell
     */
    public HuffhashChannel(SeekableByteChannel file) throws IOException {
        this.file = file;
        try {
            index = index(file);
        } catch (IOException | RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    private static RandomAccessIndex index(SeekableByteChannel file) throws IOException {
        try {
            return RandomAccessIndex.of(file);
        } catch (ZstdFormatException e) {
            throw HuffhashFormatException.of(e);
        }
    }

    /**
     * Opens a file.
     *
     * @throws HuffhashFormatException as the constructor does
     */
    public static HuffhashChannel open(Path file) throws IOException {
        return new HuffhashChannel(Files.newByteChannel(file));
    }

    /** Whether all that is read has been verified against a checksum. */
    public boolean isVerified() {
        return index.isVerified();
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if what is read is not valid
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= size()) {
            return -1;
        }
        int count = 0;
        while (target.hasRemaining() && position < size()) {
            seek();
            int at = (int) (position - index.start(slice));
            int part = Math.min(target.remaining(), content.length - at);
            target.put(content, at, part);
            position += part;
            count += part;
        }
        return count;
    }

    /** Makes the slice with the position the one at hand. */
    private void seek() throws IOException {
        if (slice >= 0 && position >= index.start(slice) && position < index.start(slice + 1)) {
            return;
        }
        slice = -1;
        int wanted = index.slice(position);
        try {
            content = index.load(wanted);
        } catch (ZstdFormatException e) {
            throw HuffhashFormatException.of(e);
        }
        slice = wanted;
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

    /** Bytes of the content. */
    @Override
    public long size() throws IOException {
        requireOpen();
        return index.contentBytes();
    }

    /**
     * Always fails.
     *
     * @throws NonWritableChannelException because the content can only be read
     */
    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    /**
     * Always fails.
     *
     * @throws NonWritableChannelException because the content can only be read
     */
    @Override
    public SeekableByteChannel truncate(long size) {
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

    /** Closes the file as well. */
    @Override
    public void close() throws IOException {
        closed = true;
        file.close();
    }
}
