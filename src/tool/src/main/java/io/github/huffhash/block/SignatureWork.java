package io.github.huffhash.block;

import io.github.huffhash.internal.huffman.Histogram;
import io.github.huffhash.internal.huffman.SignatureKernel;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.tree.HeapTree;

/**
 * The hash of every block's reference tree.
 *
 * @param blockBytes bytes of a block, from 1 to {@link HeapTree#MAX_BLOCK_BYTES}
 * @param processId what the results name as the process that computed them
 */
public record SignatureWork(int blockBytes, long processId) implements BlockWork<BlockHashes> {
    @Override
    public WorkKind kind() {
        return WorkKind.SIGNATURE;
    }

    @Override
    public HeapDemand demand(int length) {
        return HeapTree.demand(length);
    }

    @Override
    public ArrayWorker<BlockHashes> newArrayWorker(PhaseClock clock) {
        var histogram = new Histogram();
        var kernel = new SignatureKernel();
        int[] counts = new int[256];
        return (bytes, length) -> {
            int[] hashes = new int[Math.ceilDiv(length, blockBytes)];
            clock.start();
            for (int i = 0; i < hashes.length; i++) {
                int from = i * blockBytes;
                histogram.count(bytes, from, Math.min(blockBytes, length - from), counts);
                clock.lap(Phase.COUNT);
                hashes[i] = kernel.hash(counts);
                clock.lap(Phase.TREE);
            }
            return new BlockHashes(hashes, processId);
        };
    }

    @Override
    public HeapWorker<BlockHashes> newHeapWorker(
            HeapMemory memory, Allocator allocator, PhaseClock clock) {
        var tree = new HeapTree(memory, allocator);
        var histogram = new Histogram();
        byte[] bytes = new byte[blockBytes];
        int[] counts = new int[256];
        return (data, length) -> {
            clock.start();
            memory.read(data, bytes, length);
            histogram.count(bytes, 0, length, counts);
            clock.lap(Phase.COUNT);
            long root = tree.build(counts);
            clock.lap(Phase.TREE);
            int hash = tree.hashAndFree(root);
            allocator.free(data);
            clock.lap(Phase.HASH);
            return new BlockHashes(new int[] {hash}, processId);
        };
    }

    @Override
    public ResultCodec<BlockHashes> codec() {
        return BlockHashesCodec.INSTANCE;
    }
}
