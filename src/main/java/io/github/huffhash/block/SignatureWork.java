package io.github.huffhash.block;

import io.github.huffhash.heap.Allocator;
import io.github.huffhash.heap.HeapDemand;
import io.github.huffhash.heap.HeapMemory;
import io.github.huffhash.huffman.Histogram;
import io.github.huffhash.huffman.ReferenceTree;
import io.github.huffhash.huffman.SignatureKernel;
import java.util.Arrays;

/**
 * The hash of every block's reference tree.
 *
 * @param blockBytes bytes of a block, from 1 to {@link ReferenceTree#MAX_BLOCK_BYTES}
 */
public record SignatureWork(int blockBytes) implements BlockWork<BlockHashes> {
    @Override
    public HeapDemand demand(int length) {
        return HeapDemand.of(
                ReferenceTree.maxNodes(length), length, ReferenceTree.QUEUE_BYTES, ReferenceTree.QUEUE_ARRAY_BYTES);
    }

    @Override
    public BlockWorker<BlockHashes> newWorker(PhaseClock clock) {
        return new Worker(blockBytes, clock);
    }

    private static final class Worker implements BlockWorker<BlockHashes> {
        private final int blockBytes;
        private final PhaseClock clock;
        private final int[] counts = new int[256];
        private final Histogram histogram = new Histogram();
        private final SignatureKernel kernel = new SignatureKernel();

        Worker(int blockBytes, PhaseClock clock) {
            this.blockBytes = blockBytes;
            this.clock = clock;
        }

        @Override
        public BlockHashes inArrays(byte[] bytes, int length) {
            int[] hashes = new int[(length + blockBytes - 1) / blockBytes];
            clock.start();
            for (int i = 0; i < hashes.length; i++) {
                int from = i * blockBytes;
                histogram.count(bytes, from, Math.min(blockBytes, length - from), counts);
                clock.lap(Phase.COUNT);
                hashes[i] = kernel.hash(counts);
                clock.lap(Phase.TREE);
            }
            return new BlockHashes(hashes);
        }

        @Override
        public BlockHashes inHeap(HeapMemory memory, long data, int length, Allocator allocator) {
            clock.start();
            count(memory, data, length);
            clock.lap(Phase.COUNT);
            var tree = new ReferenceTree(memory, allocator);
            long root = tree.build(counts);
            clock.lap(Phase.TREE);
            int hash = tree.hash(root);
            tree.free(root);
            allocator.free(data);
            clock.lap(Phase.HASH);
            return new BlockHashes(new int[] {hash});
        }

        private void count(HeapMemory memory, long data, int length) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < length; i++) {
                counts[memory.getByte(data + i) & 0xFF]++;
            }
        }
    }
}
