package io.github.huffhash.hadoop;

import io.github.huffhash.HuffhashInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.io.compress.SplitCompressionInputStream;

/** The content of a file that is not split: all of it for the split that begins at 0. */
final class WholeFileStream extends SplitCompressionInputStream {
    private final long position;
    private final byte[] one = new byte[1];
    private InputStream content;

    WholeFileStream(InputStream in, long start, long end) throws IOException {
        super(in, start, end);
        boolean first = start == 0;
        position = first ? 0 : end + 1;
        content = first ? new HuffhashInputStream(in) : InputStream.nullInputStream();
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return content.read(into, offset, length);
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    @Override
    public void close() throws IOException {
        try (in) {
            content.close();
        }
    }

    /** Never behind the split's end, because it has all that is left. */
    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void resetState() {
        if (position == 0) {
            content = new HuffhashInputStream(in); // the one before has no thread, shares the file
        }
    }
}
