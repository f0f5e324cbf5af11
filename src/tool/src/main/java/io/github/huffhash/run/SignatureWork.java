package io.github.huffhash.run;

import io.github.huffhash.BlockHasher;
import io.github.huffhash.Signature;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;
import org.apache.commons.io.function.IOConsumer;

/**
 * The hash of every block's reference tree.
 *
 * @param blockBytes bytes of a block, from 1 to {@link ReferenceTree#MAX_BLOCK_BYTES}
 * @param processId what the results name as the process that computed them
 */
public record SignatureWork(int blockBytes, long processId)
        implements BlockWork<SignatureWork.Hashes> {
    /**
     * The hashes of some consecutive blocks.
     *
     * @param hashes the hash of each, in block order; not to be changed
     * @param processId the process that computed them, 0 where the originals print 0
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to result, never compared
    public record Hashes(int[] hashes, long processId) {}

    /** The signature of the blocks so far. */
    public static final class Sum implements IOConsumer<Hashes> {
        private Signature signature = Signature.EMPTY;

        @Override
        public void accept(Hashes next) {
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
    public Worker<Hashes> newWorker(PhaseClock clock) {
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
            return new Hashes(hashes, processId);
        };
    }

    @Override
    public Worker<Hashes> newWorker(ReferenceTree tree, PhaseClock clock) {
        return (bytes, length) -> {
            BlockWork.build(tree, bytes, length, clock);
            int hash = tree.hash();
            clock.lap(Phase.HASH);
            return new Hashes(new int[] {hash}, processId);
        };
    }

    @Override
    public int maxResultBytes() {
        return Integer.BYTES + Long.BYTES;
    }

    @Override
    public void write(Hashes result, ByteBuffer into) {
        into.putInt(result.hashes()[0]).putLong(result.processId());
    }

    @Override
    public Hashes read(ByteBuffer from) {
        return new Hashes(new int[] {from.getInt()}, from.getLong());
    }
}
