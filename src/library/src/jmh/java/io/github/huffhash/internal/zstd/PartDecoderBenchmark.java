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
 * <p>Left out: the checksum, and the hand-over between reader, workers and writer. Files without
 * cuts within their units, such as zstd's, have fewer codes to read.
 */
public class PartDecoderBenchmark extends MegabytesPerSecond {
    private final PartDecoder decoder = new PartDecoder();
    private final byte[] content = new byte[FileScanner.PART_BYTES];
    private final List<Part> parts = new ArrayList<>();
    private byte[] file;

    /** Compresses the units and cuts the file into parts. */
    @Setup
    public void compress(Data data) throws IOException {
        byte[] all = new byte[Data.BYTES_IN_UNITS];
        byte[][] units = data.units();
        for (int i = 0; i < units.length; i++) {
            System.arraycopy(units[i], 0, all, i * Data.UNIT_BYTES, Data.UNIT_BYTES);
        }
        file = Huffhash.compress(all);
        var scanner = new FileScanner(new ByteArrayInputStream(file));
        parts.clear();
        for (var part = scanner.next(); part.isPresent(); part = scanner.next()) {
            parts.add(kept(part.get()));
        }
    }

    /** The part that stays as it is although it is released. */
    private static Part kept(Part part) {
        return new Part(
                part.chunk(),
                part.from(),
                part.contentBytes(),
                part.maxBlockBytes(),
                part.tree(),
                part.opening(),
                part.closing(),
                () -> {});
    }

    /** All that a worker does. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void decode(Blackhole hole) throws IOException {
        for (Part part : parts) {
            decoder.decode(part, content);
            hole.consume(content);
        }
    }

    /** The same with what the reader does: it walks over the blocks and copies the file. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void scanAndDecode(Blackhole hole) throws IOException {
        var scanner = new FileScanner(new ByteArrayInputStream(file));
        for (Optional<Part> part = scanner.next(); part.isPresent(); part = scanner.next()) {
            decoder.decode(part.get(), content);
            hole.consume(content);
        }
    }
}
