package io.github.huffhash.run;

import io.github.huffhash.UnitCompressor;
import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;

/**
 * Each block compressed as a unit of a Zstandard frame. In a simulated heap the reference's tree is
 * built beside: its cost, the sum of count × depth, must be that of the code lengths before they
 * are limited.
 *
 * @param blockBytes bytes of a unit, from 1 to 128 KiB
 */
public record CompressWork(int blockBytes) implements BlockWork<CompressWork.Unit> {
    /**
     * The blocks of one unit, or of several consecutive ones.
     *
     * @param bytes the blocks, from index 0
     * @param length how many bytes they have
     * @param contentBytes bytes of their content
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to result, never compared
    public record Unit(byte[] bytes, int length, int contentBytes) {}

    @Override
    public Kind kind() {
        return Kind.COMPRESS;
    }

    @Override
    public Worker<Unit> newWorker(PhaseClock clock) {
        var compressor = new UnitCompressor();
        return (bytes, length) -> compress(compressor, bytes, length);
    }

    private Unit compress(UnitCompressor compressor, byte[] bytes, int length) {
        int units = Math.ceilDiv(length, blockBytes);
        byte[] target = new byte[units * UnitCompressor.maxCompressedBytes(blockBytes)];
        int end = 0;
        for (int from = 0; from < length; from += blockBytes) {
            int size = Math.min(blockBytes, length - from);
            end += compressor.compress(bytes, from, size, target, end);
        }
        return new Unit(target, end, length);
    }

    @Override
    public Worker<Unit> newWorker(ReferenceTree tree, PhaseClock clock) {
        var compressor = new UnitCompressor();
        return (bytes, length) -> {
            BlockWork.build(tree, bytes, length, clock);
            if (tree.cost() != compressor.unlimitedBits(tree.counts())) {
                throw new IllegalStateException(
                        "the reference's tree and the code lengths differ in cost");
            }
            return compress(compressor, bytes, length);
        };
    }

    @Override
    public int maxResultBytes() {
        return 2 * Integer.BYTES + UnitCompressor.maxCompressedBytes(blockBytes);
    }

    @Override
    public void write(Unit result, ByteBuffer into) {
        into.putInt(result.length())
                .putInt(result.contentBytes())
                .put(result.bytes(), 0, result.length());
    }

    @Override
    public Unit read(ByteBuffer from) {
        int length = from.getInt();
        int contentBytes = from.getInt();
        byte[] bytes = new byte[length];
        from.get(bytes, 0, length);
        return new Unit(bytes, length, contentBytes);
    }
}
