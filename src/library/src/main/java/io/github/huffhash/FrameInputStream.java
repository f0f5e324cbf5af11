package io.github.huffhash;

import io.github.huffhash.internal.zstd.RandomAccessIndex;
import io.github.huffhash.internal.zstd.XxHash64;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The content of one frame, compared with what a seek table says of it. */
final class FrameInputStream extends InputStream {
    private final SeekTable table;
    private final int frame;
    private final HuffhashInputStream content;
    private final XxHash64 hash = new XxHash64();
    private final byte[] one = new byte[1];
    private long left;

    FrameInputStream(SeekTable table, int frame, InputStream file) {
        this.table = table;
        this.frame = frame;
        left = table.contentBytes(frame);
        content =
                new HuffhashInputStream(
                        new Head(file, table.compressedBytes(frame)),
                        table.compressedOffset(frame),
                        Workers.CALLER,
                        DecompressOptions.DEFAULT);
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = content.read(into, offset, length);
        if (count > 0) {
            left -= count;
            if (table.checksum(frame).isPresent()) {
                hash.update(into, offset, count);
            }
        }
        if (left < 0 || (left > 0 && count < 0)) {
            throw failure(RandomAccessIndex.OTHER_SIZE);
        }
        if (count < 0 && isOtherChecksum()) {
            throw failure(RandomAccessIndex.OTHER_CHECKSUM);
        }
        return count;
    }

    /** What a table says of frames without content, skippable ones too, means nothing. */
    private boolean isOtherChecksum() {
        return table.contentBytes(frame) > 0
                && table.checksum(frame).orElse(hash.checksum()) != hash.checksum();
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    private HuffhashFormatException failure(String reason) {
        return new HuffhashFormatException(
                new ZstdFormatException(table.compressedOffset(frame), reason));
    }

    /** Does not close the file. */
    @Override
    public void close() throws IOException {
        content.close();
    }

    /** The next bytes of a file, as many as a frame has. */
    private static final class Head extends InputStream {
        private final InputStream file;
        private long left;

        Head(InputStream file, long bytes) {
            this.file = Objects.requireNonNull(file);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            int next = left == 0 ? -1 : file.read();
            left -= next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length > 0 && left == 0) {
                return -1;
            }
            int count = file.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, file.available());
        }
    }
}
