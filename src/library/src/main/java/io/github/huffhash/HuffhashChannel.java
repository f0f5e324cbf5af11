package io.github.huffhash;

import io.github.huffhash.internal.zstd.Slices;
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
 * position: only the part of the file that is needed is read and decoded.
 *
 * <p>If the file has a seek table, as {@link CompressOptions#seekable} makes it, a part is a frame
 * and is held to its checksum. Otherwise all block headers are read at the beginning, a part is a
 * few blocks, and nothing can be checked. The last part is kept.
 *
 * <p>A wrong seek table is an error of opening or reading; it never leads to other content. Not
 * thread-safe.
 */
public final class HuffhashChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final Slices slices;
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
            slices = slices(file);
        } catch (IOException | RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    private static Slices slices(SeekableByteChannel file) throws IOException {
        try {
            return Slices.of(file);
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

    /** Whether what is read has been held to the checksums that the file has. */
    public boolean isVerified() {
        return slices.areVerified();
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
            int at = (int) (position - slices.start(slice));
            int part = Math.min(target.remaining(), content.length - at);
            target.put(content, at, part);
            position += part;
            count += part;
        }
        return count;
    }

    /** Makes the slice with the position the one at hand. */
    private void seek() throws IOException {
        if (slice >= 0 && position >= slices.start(slice) && position < slices.start(slice + 1)) {
            return;
        }
        int low = 0;
        int high = slices.count() - 1;
        while (low < high) { // the last one that begins at or before the position
            int middle = (low + high + 1) >>> 1;
            if (slices.start(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        slice = -1;
        try {
            content = slices.load(low);
        } catch (ZstdFormatException e) {
            throw HuffhashFormatException.of(e);
        }
        slice = low;
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
        return slices.start(slices.count());
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
