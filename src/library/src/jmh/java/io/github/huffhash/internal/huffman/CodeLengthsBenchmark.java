package io.github.huffhash.internal.huffman;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Finding the code lengths of units of 128 KiB, in bytes of those units: 131,072 / (the result)
 * microseconds are what one unit takes.
 *
 * <p>Left out: counting, the description of the code, and that a unit that is cut takes several
 * codes, and the estimates that decide about it.
 */
public class CodeLengthsBenchmark extends MegabytesPerSecond {
    private final CodeLengths codeLengths = new CodeLengths();
    private final byte[] lengths = new byte[256];
    private int[][] counts;

    /** Counts the units. */
    @Setup
    public void count(Data data) {
        counts = Data.counts(data.units());
    }

    /** One unit after the other. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void build(Blackhole hole) {
        for (int[] unit : counts) {
            codeLengths.build(unit, lengths);
            hole.consume(lengths);
        }
    }
}
