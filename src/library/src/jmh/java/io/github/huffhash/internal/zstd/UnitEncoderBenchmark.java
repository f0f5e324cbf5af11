package io.github.huffhash.internal.zstd;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All that a worker does for a unit: where to cut it, counting, codes, their descriptions, streams.
 *
 * <p>Left out: the checksum, and the hand-over between reader, workers and writer.
 */
public class UnitEncoderBenchmark extends MegabytesPerSecond {
    private final UnitEncoder encoder = new UnitEncoder();
    private final byte[] target = new byte[UnitEncoder.maxBytes(Data.UNIT_BYTES)];
    private byte[][] units;

    /** Cuts the data into units. */
    @Setup
    public void cut(Data data) {
        units = data.units();
    }

    /** One unit after the other. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void encode(Blackhole hole) {
        for (byte[] unit : units) {
            hole.consume(encoder.encode(unit, 0, unit.length, target, 0));
        }
    }
}
