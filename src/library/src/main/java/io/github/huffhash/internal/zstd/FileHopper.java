package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Goes through a file from item to item and reads of each only as much as tells where the next one
 * begins. Not thread-safe.
 */
public final class FileHopper {
    /** More than one item needs: small ones follow each other closely. */
    private static final int BUFFER_BYTES = 512;

    private final SeekableByteChannel file;
    private final long size;
    private final FileWalker walker = new FileWalker();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** What of the file is in the buffer. */
    private Chunk chunk = new Chunk(buffer, 0, 0);

    private long position;
    private long next;

    /**
     * Begins at the beginning.
     *
     * @param file the file; its position is used, and it is not closed
     */
    public FileHopper(SeekableByteChannel file) throws IOException {
        this(file, 0);
    }

    /** Begins at {@code offset}, where a frame should begin. */
    FileHopper(SeekableByteChannel file, long offset) throws IOException {
        this.file = file;
        size = file.size();
        next = offset;
    }

    /**
     * The next item.
     *
     * @throws ZstdFormatException if it is nothing that may be there, or the file ends within it
     */
    public FileItem next() throws IOException {
        position = next;
        int at = peek();
        FileItem item = walker.next(chunk, at);
        next = position + item.bytes();
        if (next > size) {
            throw new ZstdFormatException(
                    size,
                    "truncated in "
                            + (item instanceof FileItem.Skippable
                                    ? "a skippable frame"
                                    : "a block"));
        }
        return item;
    }

    /** Where in the file the last item begins. */
    public long position() {
        return position;
    }

    /** Whether the last item was the last of its frame, or no part of any. */
    public boolean isBetweenFrames() {
        return walker.isBetweenFrames();
    }

    /** Makes sure that an item's first bytes are in the buffer, and returns where. */
    private int peek() throws IOException {
        long there = chunk.offset() + chunk.length();
        if (position < chunk.offset()
                || (position + FileWalker.PEEK_BYTES > there && there < size)) {
            int count = read(file, position, buffer, BUFFER_BYTES);
            chunk = new Chunk(buffer, count, position);
        }
        return (int) (position - chunk.offset());
    }

    /** Reads from {@code position} until {@code length} bytes are there or the file ends. */
    static int read(SeekableByteChannel file, long position, byte[] into, int length)
            throws IOException {
        ByteBuffer target = ByteBuffer.wrap(into, 0, length);
        file.position(position);
        while (target.hasRemaining() && file.read(target) >= 0) {
            // go on
        }
        return target.position();
    }
}
