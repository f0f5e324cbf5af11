package io.github.huffhash.internal.huffman;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Counting symbols.
 *
 * <p>Left out: what is made of the counts. Where a unit is cut is decided by counts of its pieces,
 * which are short; a short piece pays more for clearing and adding up the tables.
 */
public class HistogramBenchmark extends MegabytesPerSecond {
    private final Histogram histogram = new Histogram();
    private final int[] counts = new int[256];
    private byte[][] units;
    private byte[][] blocks;
    private byte[] run;

    /** Cuts the data into pieces. */
    @Setup
    public void cut(Data data) {
        units = data.units();
        blocks = data.blocks();
        run = new byte[Data.UNIT_BYTES];
    }

    /** 128 KiB a call. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public void units(Blackhole hole) {
        countEach(units, hole);
    }

    /** 1 KB a call, as the signature has it. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void blocks(Blackhole hole) {
        countEach(blocks, hole);
    }

    private void countEach(byte[][] pieces, Blackhole hole) {
        for (byte[] piece : pieces) {
            histogram.count(piece, 0, piece.length, counts);
            hole.consume(counts);
        }
    }

    /** Where each count waits for the last one of its table: what there are four tables for. */
    @Benchmark
    @OperationsPerInvocation(Data.UNIT_BYTES)
    public int[] runOfOneSymbol() {
        histogram.count(run, 0, run.length, counts);
        return counts;
    }
}
