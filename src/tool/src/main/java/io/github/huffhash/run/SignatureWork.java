package io.github.huffhash.run;

import io.github.huffhash.BlockHasher;
import io.github.huffhash.Signature;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;

/**
 * The hash of every block's reference tree.
 *
 * @param blockBytes bytes of a block, from 1 to {@link ReferenceTree#MAX_BLOCK_BYTES}
 * @param processId what the results name as the process that computed them
 */
public record SignatureWork(int blockBytes, long processId) implements BlockWork<BlockHashes> {
    /** The signature of the blocks so far. */
    public static final class Sum implements ResultSink<BlockHashes> {
        private Signature signature = Signature.EMPTY;

        @Override
        public void accept(BlockHashes next) {
            signature = signature.plus(Signature.ofHashes(next.hashes()));
        }

        /** The signature. */
        public Signature signature() {
            return signature;
        }
    }

    @Override
    public Kind kind() {
        return Kind.SIGNATURE;
    }

    @Override
    public Worker<BlockHashes> newWorker(PhaseClock clock) {
        var hasher = new BlockHasher();
        return (bytes, length) -> {
            int[] hashes = new int[Math.ceilDiv(length, blockBytes)];
            clock.start();
            for (int i = 0; i < hashes.length; i++) {
                int from = i * blockBytes;
                hasher.count(bytes, from, Math.min(blockBytes, length - from));
                clock.lap(Phase.COUNT);
                hashes[i] = hasher.hash();
                clock.lap(Phase.TREE);
            }
            return new BlockHashes(hashes, processId);
        };
    }

    @Override
    public Worker<BlockHashes> newWorker(ReferenceTree tree, PhaseClock clock) {
        return (bytes, length) -> {
            clock.start();
            tree.load(bytes, length);
            clock.lap(Phase.READ);
            tree.count();
            clock.lap(Phase.COUNT);
            tree.build();
            clock.lap(Phase.TREE);
            int hash = tree.hash();
            clock.lap(Phase.HASH);
            return new BlockHashes(new int[] {hash}, processId);
        };
    }

    @Override
    public int maxResultBytes() {
        return Integer.BYTES + Long.BYTES;
    }

    @Override
    public void write(BlockHashes result, ByteBuffer into) {
        into.putInt(result.hashes()[0]).putLong(result.processId());
    }

    @Override
    public BlockHashes read(ByteBuffer from) {
        return new BlockHashes(new int[] {from.getInt()}, from.getLong());
    }
}
