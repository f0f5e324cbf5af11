package io.github.huffhash.hadoop;

import io.github.huffhash.SeekTable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.compress.SplitCompressionInputStream;

/**
 * The content of the frames that begin in a split, and of those behind them. Hadoop's readers of
 * lines ask for two things:
 *
 * <ul>
 *   <li>No read goes from one frame to the next.
 *   <li>The position is one behind a frame's beginning from its first byte on, so that it is behind
 *       the split's end as soon as a byte of the next split has been read: the reader then ends
 *       after that line, which the next split's reader leaves out.
 * </ul>
 *
 * <p>Frames without content count as a part of the next one, and are read to see that they have
 * none. A split in which no frame begins is empty.
 */
final class FramesStream extends SplitCompressionInputStream {
    private final FSDataInputStream file;
    private final SeekTable table;
    private final byte[] one = new byte[1];

    /** The next frame, and where in the file the one at hand begins. */
    private int next;

    private long begin;
    private long position;
    private InputStream content = InputStream.nullInputStream();

    FramesStream(FSDataInputStream file, SeekTable table, long start, long end) throws IOException {
        super(file, start, end);
        this.file = file;
        this.table = table;
        next = firstFrom(start);
        boolean empty = next == table.frames() || begin(next) >= end;
        if (empty) {
            next = table.frames();
            position = end + 1;
        } else {
            position = begin(next);
            setStart(position);
        }
    }

    /** The first frame that begins at a place or behind it, with those without content. */
    private int firstFrom(long start) {
        int frame = table.firstFrameFrom(start);
        while (frame > 0 && frame < table.frames() && table.contentBytes(frame - 1) == 0) {
            frame++;
        }
        return frame;
    }

    /** Where a frame begins, with those before it that have no content. */
    private long begin(int frame) {
        int first = frame;
        while (first > 0 && table.contentBytes(first - 1) == 0) {
            first--;
        }
        return table.compressedOffset(first);
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = content.read(into, offset, length);
        while (count < 0 && next < table.frames()) {
            file.seek(table.compressedOffset(next));
            begin = begin(next);
            content.close();
            content = table.content(next, file);
            next++;
            count = content.read(into, offset, length);
        }
        if (count > 0) {
            position = begin + 1;
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            content.close();
        }
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void resetState() {
        throw new UnsupportedOperationException("a split has no second beginning");
    }
}
