package io.github.huffhash.internal.zstd;

import io.github.huffhash.Data;
import io.github.huffhash.Huffhash;
import io.github.huffhash.MegabytesPerSecond;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding a file of our own, of 16 MiB of content, from memory.
 *
 * <p>Left out: the checksum, and the passing of blocks between reader, workers and writer. Files
 * without cuts within their units, such as zstd's, have fewer codes to read.
 */
public class BlockDecoderBenchmark extends MegabytesPerSecond {
    private final BlockDecoder decoder = new BlockDecoder();
    private final byte[] content = new byte[256 << 10];
    private final List<BlockGroup> groups = new ArrayList<>();
    private byte[] file;

    /** Compresses the units and cuts the file into groups of blocks. */
    @Setup
    public void compress(Data data) throws IOException {
        byte[] all = new byte[Data.BYTES_IN_UNITS];
        byte[][] units = data.units();
        for (int i = 0; i < units.length; i++) {
            System.arraycopy(units[i], 0, all, i * Data.UNIT_BYTES, Data.UNIT_BYTES);
        }
        file = Huffhash.compress(all);
        var reader = new GroupReader(new ByteArrayInputStream(file), Long.MAX_VALUE, false);
        groups.clear();
        for (var group = reader.next(); group.isPresent(); group = reader.next()) {
            groups.add(group.get());
        }
    }

    /** All that a worker does. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void decode(Blackhole hole) throws IOException {
        for (BlockGroup group : groups) {
            decoder.decode(group, content);
            hole.consume(content);
        }
    }

    /** The same with what the reader does: it parses the headers and copies the file. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void scanAndDecode(Blackhole hole) throws IOException {
        var reader = new GroupReader(new ByteArrayInputStream(file), Long.MAX_VALUE, false);
        for (Optional<BlockGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
            decoder.decode(group.get(), content);
            group.get().release();
            hole.consume(content);
        }
    }
}
