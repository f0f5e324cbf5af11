package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file, read at any place. Thread-safe if no other code uses the channel. */
final class FileBytes {
    private final SeekableByteChannel file;
    private final long size;

    /**
     * @param file stays open; its position may change
     */
    FileBytes(SeekableByteChannel file) throws IOException {
        this.file = file;
        size = file.size();
    }

    /** Bytes of the file when it was opened. */
    long size() {
        return size;
    }

    /**
     * Reads from {@code offset} until {@code length} bytes are there or the file ends.
     *
     * @return how many bytes were read
     */
    int read(long offset, byte[] into, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(into, 0, length);
        if (file instanceof FileChannel positional) {
            while (target.hasRemaining()
                    && positional.read(target, offset + target.position()) >= 0) {
                // go on
            }
        } else {
            synchronized (file) {
                file.position(offset);
                while (target.hasRemaining() && file.read(target) >= 0) {
                    // go on
                }
            }
        }
        return target.position();
    }

    /** Reads at most {@code length} bytes, fewer if the file ends. */
    InputBuffer read(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        return new InputBuffer(bytes, read(offset, bytes, length), offset);
    }
}
