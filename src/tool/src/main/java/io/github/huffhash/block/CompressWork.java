package io.github.huffhash.block;

import io.github.huffhash.internal.huffman.CodeLengths;
import io.github.huffhash.internal.huffman.Histogram;
import io.github.huffhash.internal.zstd.EncodedUnit;
import io.github.huffhash.internal.zstd.Spares;
import io.github.huffhash.internal.zstd.UnitEncoder;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.tree.HeapTree;
import java.nio.ByteBuffer;

/**
 * Each block encoded as a unit of a Zstandard frame. In a simulated heap the reference's tree is
 * built beside: its cost, the sum of count × depth, must be that of the code lengths before they
 * are limited.
 *
 * <p>Buffers are used again once {@link #recycle} has been told that a result has been written.
 */
public final class CompressWork implements BlockWork<EncodedUnit> {
    private final int unitBytes;

    /** Buffers for the results that are not in use. */
    private final Spares<byte[]> buffers = new Spares<>();

    /**
     * @param unitBytes bytes of a unit, from 1 to 128 KiB
     */
    public CompressWork(int unitBytes) {
        this.unitBytes = unitBytes;
    }

    @Override
    public WorkKind kind() {
        return WorkKind.COMPRESS;
    }

    @Override
    public int blockBytes() {
        return unitBytes;
    }

    @Override
    public HeapDemand demand(int length) {
        return HeapTree.demand(length);
    }

    /** Takes back a result's buffer: the result must not be used any more. */
    public void recycle(EncodedUnit unit) {
        buffers.give(unit.bytes());
    }

    private byte[] buffer(int bytes) {
        return buffers.take()
                .filter(buffer -> buffer.length >= bytes)
                .orElseGet(() -> new byte[bytes]);
    }

    @Override
    public ArrayWorker<EncodedUnit> newArrayWorker(PhaseClock clock) {
        var encoder = new UnitEncoder();
        return (bytes, length) -> encode(encoder, bytes, length);
    }

    private EncodedUnit encode(UnitEncoder encoder, byte[] bytes, int length) {
        int units = Math.ceilDiv(length, unitBytes);
        byte[] target = buffer(units * UnitEncoder.maxBytes(unitBytes));
        int lastBlock = 0;
        int end = 0;
        for (int from = 0; from < length; from += unitBytes) {
            int size = Math.min(unitBytes, length - from);
            UnitEncoder.Encoded unit = encoder.encode(bytes, from, size, target, end);
            lastBlock = unit.lastBlock();
            end = unit.end();
        }
        return new EncodedUnit(target, end, lastBlock, length);
    }

    @Override
    public HeapWorker<EncodedUnit> newHeapWorker(
            HeapMemory memory, Allocator allocator, PhaseClock clock) {
        var tree = new HeapTree(memory, allocator);
        var codeLengths = new CodeLengths();
        var histogram = new Histogram();
        var encoder = new UnitEncoder();
        byte[] bytes = new byte[unitBytes];
        int[] counts = new int[256];
        return (data, length) -> {
            clock.start();
            memory.read(data, bytes, length);
            histogram.count(bytes, 0, length, counts);
            clock.lap(Phase.COUNT);
            long root = tree.build(counts);
            clock.lap(Phase.TREE);
            long cost = tree.costAndFree(root);
            allocator.free(data);
            if (cost != codeLengths.unlimitedCost(counts)) {
                throw new IllegalStateException(
                        "the reference's tree and the code lengths differ in cost");
            }
            return encode(encoder, bytes, length);
        };
    }

    @Override
    public ResultCodec<EncodedUnit> codec() {
        return new Codec();
    }

    private final class Codec implements ResultCodec<EncodedUnit> {
        @Override
        public int maxBytes() {
            return 3 * Integer.BYTES + UnitEncoder.maxBytes(unitBytes);
        }

        @Override
        public void write(EncodedUnit result, ByteBuffer into) {
            into.putInt(result.length())
                    .putInt(result.lastBlock())
                    .putInt(result.contentBytes())
                    .put(result.bytes(), 0, result.length());
            recycle(result);
        }

        @Override
        public EncodedUnit read(ByteBuffer from) {
            int length = from.getInt();
            int lastBlock = from.getInt();
            int contentBytes = from.getInt();
            byte[] bytes = buffer(UnitEncoder.maxBytes(unitBytes));
            from.get(bytes, 0, length);
            return new EncodedUnit(bytes, length, lastBlock, contentBytes);
        }
    }
}
