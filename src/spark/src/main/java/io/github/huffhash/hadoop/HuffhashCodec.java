package io.github.huffhash.hadoop;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.SeekTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.SplitCompressionInputStream;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;

/**
 * Zstandard files, {@code .zst}, for Hadoop and Spark. A file with a seek table (Zstandard seekable
 * format 0.1.0), whatever tool wrote it, is read in splits at its frames; any other file in one.
 * What is written is a standard file with a seek table, Huffman-coded.
 *
 * <p>Hadoop and Spark know it by {@code io.compression.codecs}:
 *
 * <pre>
 * spark.hadoop.io.compression.codecs  io.github.huffhash.hadoop.HuffhashCodec
 * </pre>
 *
 * <p>The frames that are written have {@code io.compression.codec.huffhash.frame.size} bytes of
 * content, 4M by default. A damaged file is an {@link IOException} with the offset of the damage.
 */
public final class HuffhashCodec implements SplittableCompressionCodec, Configurable {
    /** The configuration's name for bytes of content of each frame that is written. */
    public static final String FRAME_SIZE = "io.compression.codec.huffhash.frame.size";

    private static final int DEFAULT_FRAME_BYTES = 4 << 20;

    private Configuration configuration = new Configuration(false);

    /** Called by Hadoop, by reflection. */
    public HuffhashCodec() {}

    @Override
    public void setConf(Configuration newConfiguration) {
        configuration = newConfiguration;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }

    @Override
    public String getDefaultExtension() {
        return ".zst";
    }

    /**
     * Compresses.
     *
     * @throws IllegalArgumentException if the configured frame size is not one of 64K to 8M
     */
    @Override
    public CompressionOutputStream createOutputStream(OutputStream out) {
        long bytes = configuration.getLongBytes(FRAME_SIZE, DEFAULT_FRAME_BYTES);
        if (bytes < CompressOptions.MIN_FRAME_BYTES || bytes > CompressOptions.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "%s: a frame of %d bytes, which must be from %d to %d"
                            .formatted(
                                    FRAME_SIZE,
                                    bytes,
                                    CompressOptions.MIN_FRAME_BYTES,
                                    CompressOptions.MAX_FRAME_BYTES));
        }
        return new HuffhashCompressionStream(out, CompressOptions.DEFAULT.seekable((int) bytes));
    }

    @Override
    public CompressionOutputStream createOutputStream(OutputStream out, Compressor unused) {
        return createOutputStream(out);
    }

    @Override
    public CompressionInputStream createInputStream(InputStream in) throws IOException {
        return new WholeFileStream(in, 0, Long.MAX_VALUE);
    }

    @Override
    public CompressionInputStream createInputStream(InputStream in, Decompressor unused)
            throws IOException {
        return createInputStream(in);
    }

    /**
     * Reads the frames that begin from {@code start} to {@code end - 1}, and those behind them as
     * far as the last line needs. A file without a seek table is read by the split that begins at
     * 0.
     */
    @Override
    public SplitCompressionInputStream createInputStream(
            InputStream in, Decompressor unused, long start, long end, READ_MODE mode)
            throws IOException {
        if (in instanceof FSDataInputStream file) {
            Optional<SeekTable> table = SeekTable.read(HadoopChannel.of(file));
            if (table.isPresent()) {
                return new FramesStream(file, table.get(), start, end);
            }
            file.seek(0);
        }
        return new WholeFileStream(in, start, end);
    }

    @Override
    @SuppressWarnings("NullAway") // Hadoop: nothing to be pooled
    public Class<? extends Compressor> getCompressorType() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Hadoop: nothing to be pooled
    public Compressor createCompressor() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Hadoop: nothing to be pooled
    public Class<? extends Decompressor> getDecompressorType() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Hadoop: nothing to be pooled
    public Decompressor createDecompressor() {
        return null;
    }
}
