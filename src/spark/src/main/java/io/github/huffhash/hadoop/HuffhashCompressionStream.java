package io.github.huffhash.hadoop;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.HuffhashOutputStream;
import io.github.huffhash.Workers;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;

/** Compresses to a seekable file. Flushing does not end a frame early. */
final class HuffhashCompressionStream extends CompressionOutputStream {
    private final CompressOptions options;
    private HuffhashOutputStream content;

    HuffhashCompressionStream(OutputStream out, CompressOptions options) {
        super(out);
        this.options = options;
        content = new HuffhashOutputStream(out, options, Workers.CALLER);
    }

    @Override
    public void write(int b) throws IOException {
        content.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        content.write(bytes, offset, length);
    }

    @Override
    public void finish() throws IOException {
        content.finish();
    }

    /** Begins another file behind this one. */
    @Override
    public void resetState() {
        content = new HuffhashOutputStream(out, options, Workers.CALLER);
    }
}
