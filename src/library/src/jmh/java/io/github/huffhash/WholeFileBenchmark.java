package io.github.huffhash;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Decompressing a file of huffhash of 16 MiB in one call of one thread, beside libzstd (zstd-jni)
 * and aircompressor.
 *
 * <p>The file has no checksum. Each result is a new array.
 */
public class WholeFileBenchmark extends MegabytesPerSecond {
    private final byte[] content = new byte[Data.BYTES_IN_UNITS];
    private final ZstdDecompressor other = new ZstdDecompressor();
    private byte[] file;

    /** Joins the units to one content. */
    @Setup
    public void compress(Data data) throws HuffhashFormatException {
        byte[][] units = data.units();
        for (int i = 0; i < units.length; i++) {
            System.arraycopy(units[i], 0, content, i * Data.UNIT_BYTES, Data.UNIT_BYTES);
        }
        file = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        for (byte[] each : List.of(huffhash(), libzstd(), aircompressor())) {
            if (!Arrays.equals(each, content)) {
                throw new IllegalStateException("decompressed to something else");
            }
        }
    }

    /** By huffhash. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] huffhash() throws HuffhashFormatException {
        return Huffhash.decompress(file, content.length);
    }

    /** By libzstd. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] libzstd() {
        return Zstd.decompress(file, content.length);
    }

    /** By aircompressor. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public byte[] aircompressor() {
        byte[] target = new byte[content.length];
        other.decompress(file, 0, file.length, target, 0, target.length);
        return target;
    }
}
