package io.github.huffhash.internal.huffman;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The hashes of blocks of 1 KB.
 *
 * <p>Left out: reading, and adding the hashes up to a signature, which takes next to nothing.
 */
public class SignatureKernelBenchmark extends MegabytesPerSecond {
    private final Histogram histogram = new Histogram();
    private final SignatureKernel kernel = new SignatureKernel();
    private final int[] scratch = new int[256];
    private byte[][] blocks;
    private int[][] counts;

    /** Counts the blocks. */
    @Setup
    public void count(Data data) {
        blocks = data.blocks();
        counts = Data.counts(blocks);
    }

    /** All that the fast mode does for a block. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void countAndHash(Blackhole hole) {
        for (byte[] block : blocks) {
            histogram.count(block, 0, block.length, scratch);
            hole.consume(kernel.hash(scratch));
        }
    }

    /** The kernel alone: the counts are there. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void hash(Blackhole hole) {
        for (int[] block : counts) {
            hole.consume(kernel.hash(block));
        }
    }

    /**
     * Wrong: which of two nodes is the rarer is hard to predict, unless the question has been
     * answered before.
     */
    @Benchmark
    @OperationsPerInvocation(Data.BLOCK_BYTES)
    public int hashTheSameAgain() {
        return kernel.hash(counts[0]);
    }
}
