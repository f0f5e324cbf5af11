package io.github.huffhash;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Compressing and decompressing 16 MiB in one call of one thread, beside libzstd (zstd-jni) and
 * aircompressor. All of them decompress the same file, by huffhash. libzstd compresses with its
 * lowest level, which is its Huffman coder almost alone.
 *
 * <p>The file has no checksum. Each result is a new array.
 */
public class WholeFileBenchmark extends MegabytesPerSecond {
    /** There are next to no matches at this level. */
    private static final int LOWEST_LEVEL = -131_072;

    private final byte[] content = new byte[Data.BYTES_IN_UNITS];
    private final byte[] compressed = new byte[(int) Zstd.compressBound(content.length)];
    private final ZstdDecompressor aircompressor = new ZstdDecompressor();
    private byte[] file;

    /** Joins the units to one content. */
    @Setup
    public void compress(Data data) throws HuffhashFormatException {
        byte[][] units = data.units();
        for (int i = 0; i < units.length; i++) {
            System.arraycopy(units[i], 0, content, i * Data.UNIT_BYTES, Data.UNIT_BYTES);
        }
        file = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        for (byte[] each :
                List.of(decompressHuffhash(), decompressLibzstd(), decompressAircompressor())) {
            if (!Arrays.equals(each, content)) {
                throw new IllegalStateException("decompressed to something else");
            }
        }
    }

    /** By huffhash. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] compressHuffhash() {
        return Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
    }

    /** By libzstd. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public long compressLibzstd() {
        return Zstd.compress(compressed, content, LOWEST_LEVEL);
    }

    /** By huffhash. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] decompressHuffhash() throws HuffhashFormatException {
        return Huffhash.decompress(file, content.length);
    }

    /** By libzstd. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] decompressLibzstd() {
        return Zstd.decompress(file, content.length);
    }

    /** By aircompressor. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] decompressAircompressor() {
        byte[] target = new byte[content.length];
        aircompressor.decompress(file, 0, file.length, target, 0, target.length);
        return target;
    }
}
