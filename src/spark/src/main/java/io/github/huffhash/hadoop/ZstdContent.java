package io.github.huffhash.hadoop;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.github.huffhash.HuffhashInputStream;
import io.github.huffhash.HuffhashSequencesException;
import io.github.huffhash.SeekTable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Seekable;

/**
 * The content of Zstandard frames: decoded by huffhash, or by libzstd (zstd-jni, which Spark ships)
 * where blocks have sequences. libzstd begins where this stream does, and what has been delivered
 * by then is skipped. Closing does not close the file.
 */
public final class ZstdContent extends InputStream {
    private final InputStream file;
    private final long start;
    private final long fileBytes;
    private final long contentBytes;
    private final byte[] one = new byte[1];
    private InputStream content;
    private long delivered;
    private boolean byLibzstd;

    private ZstdContent(
            InputStream file, long start, long fileBytes, long contentBytes, InputStream content) {
        this.file = file;
        this.start = start;
        this.fileBytes = fileBytes;
        this.contentBytes = contentBytes;
        this.content = content;
    }

    /** All content of a file from its position on. */
    public static ZstdContent of(InputStream file) throws IOException {
        long start = file instanceof Seekable seekable ? seekable.getPos() : 0;
        return new ZstdContent(
                file, start, Long.MAX_VALUE, Long.MAX_VALUE, new HuffhashInputStream(file));
    }

    /** The content of a frame; the file is at its beginning. */
    public static ZstdContent of(InputStream file, SeekTable table, int frame) {
        return new ZstdContent(
                file,
                table.compressedOffset(frame),
                table.compressedBytes(frame),
                table.contentBytes(frame),
                table.content(frame, file));
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count =
                    byLibzstd
                            ? readByLibzstd(into, offset, length)
                            : content.read(into, offset, length);
        } catch (HuffhashSequencesException e) {
            if (!(file instanceof Seekable seekable)) {
                throw e;
            }
            seekable.seek(start);
            content = new ZstdInputStreamNoFinalizer(new Limited(file, fileBytes));
            byLibzstd = true;
            skipDelivered();
            count = readByLibzstd(into, offset, length);
        }
        delivered += Math.max(0, count);
        return count;
    }

    private void skipDelivered() throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = delivered; left > 0; ) {
            int count = readByLibzstd(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw failure("libzstd finds less content");
            }
            left -= count;
        }
    }

    private int readByLibzstd(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = content.read(into, offset, length);
        } catch (IOException e) {
            IOException failure = failure("libzstd: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        boolean known = contentBytes < Long.MAX_VALUE;
        if (known && (count < 0 ? delivered != contentBytes : count > contentBytes - delivered)) {
            throw failure("the frame has another size than the seek table says");
        }
        return count;
    }

    private IOException failure(String reason) {
        return new IOException("offset %d: %s".formatted(start, reason));
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    /** Gives the memory of libzstd back, if it is used. */
    @Override
    public void close() throws IOException {
        if (byLibzstd) {
            content.close();
        }
    }

    /** So many bytes of a file, which is not closed. */
    private static final class Limited extends InputStream {
        private final InputStream file;
        private long left;

        Limited(InputStream file, long bytes) {
            this.file = file;
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
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = file.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
