package io.github.huffhash.internal.huffman;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The bare coding of units of 128 KiB as four streams, each unit with the code for its counts.
 *
 * <p>Left out: finding the code and setting it, headers, checksums; and blocks shorter than a unit.
 */
public class HuffmanCodingBenchmark extends MegabytesPerSecond {
    private final byte[] streams = new byte[Coded.room(Data.UNIT_BYTES)];
    private final byte[] content = new byte[Data.UNIT_BYTES];
    private Coded[] units;

    /** Encodes the units. */
    @Setup
    public void encode(Data data) {
        byte[][] contents = data.units();
        int[][] counts = Data.counts(contents);
        units = new Coded[contents.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = Coded.of(contents[i], counts[i]);
        }
    }

    /** Each unit encoded. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void encode4(Blackhole hole) {
        for (Coded unit : units) {
            hole.consume(unit.encoder().encode4(unit.content(), 0, Data.UNIT_BYTES, streams, 0));
        }
    }

    /** Each unit decoded. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void decode4(Blackhole hole) {
        for (Coded unit : units) {
            hole.consume(
                    unit.decoder()
                            .decode4(
                                    unit.streams(),
                                    unit.boundaries(),
                                    content,
                                    0,
                                    Data.UNIT_BYTES));
        }
    }
}
