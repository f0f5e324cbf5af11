package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file, read at any place. Thread-safe if no other code uses the channel. */
final class FileBytes {
    private final SeekableByteChannel file;
    private final long size;

    /** The file's last bytes, if they have been read ahead. */
    private InputBuffer end;

    /**
     * @param file stays open; its position may change
     */
    FileBytes(SeekableByteChannel file) throws IOException {
        this.file = file;
        size = file.size();
        end = new InputBuffer(new byte[0], 0, Long.MAX_VALUE);
    }

    /** Bytes of the file when it was opened. */
    long size() {
        return size;
    }

    /** Reads the file's last bytes at once; they are not read again. Before it is shared only. */
    void readEnd(int bytes) throws IOException {
        end = read(Math.max(0, size - bytes), (int) Math.min(size, bytes));
    }

    /**
     * Reads from {@code offset} until {@code length} bytes are there or the file ends.
     *
     * @return how many bytes were read
     */
    int read(long offset, byte[] into, int length) throws IOException {
        if (offset >= end.offset()) {
            int from = (int) Math.min(end.length(), offset - end.offset());
            int count = Math.min(length, end.length() - from);
            System.arraycopy(end.bytes(), from, into, 0, count);
            return count;
        }
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
