package io.github.huffhash;

import io.github.huffhash.internal.bits.BytePlanes;
import io.github.huffhash.internal.huffman.CodeLengths;
import io.github.huffhash.internal.zstd.BufferPool;
import io.github.huffhash.internal.zstd.UnitEncoder;
import java.util.Objects;

/**
 * Compresses the bytes of one unit into the blocks of a Zstandard frame; {@link FileAssembler}
 * makes a file of them. Use the two with your own scheduler. The blocks depend on the bytes of the
 * unit alone, so units can be compressed in any order and by any thread.
 *
 * <pre>{@code
 * byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(length)];
 * int planes = assembler.content(content, 0, length);
 * int bytes = compressor.compress(content, 0, length, planes, blocks, 0);
 * }</pre>
 *
 * <p>An instance has about 50 KB of scratch memory, and 128 KiB more once a unit has had byte
 * planes. It belongs to one thread.
 */
public final class UnitCompressor {
    /** Compressors that are not in use. */
    private static final BufferPool<UnitCompressor> IDLE = BufferPool.ofAllThreads();

    /**
     * Units compressed.
     *
     * @param blocks their blocks, from index 0 on
     * @param blockBytes how many bytes they have
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to writer, never compared
    record Compressed(byte[] blocks, int blockBytes, int contentBytes) {}

    private final UnitEncoder encoder = new UnitEncoder();
    private final CodeLengths codeLengths = new CodeLengths();

    /** Makes a compressor with scratch memory of its own. */
    public UnitCompressor() {}

    /**
     * How many bytes {@link #compress} may write for a unit.
     *
     * @param unitBytes bytes of the unit, from 0 to {@link CompressOptions#MAX_UNIT_BYTES}
     * @throws IllegalArgumentException if there cannot be so many
     */
    public static int maxCompressedBytes(int unitBytes) {
        return UnitEncoder.maxBytes(checkedLength(unitBytes));
    }

    private static int checkedLength(int unitBytes) {
        if (unitBytes < 0 || unitBytes > CompressOptions.MAX_UNIT_BYTES) {
            throw new IllegalArgumentException(
                    "a unit of %d bytes: must be from 0 to %d"
                            .formatted(unitBytes, CompressOptions.MAX_UNIT_BYTES));
        }
        return unitBytes;
    }

    /**
     * Compresses {@code content[offset]} to {@code content[offset + length - 1]}, for a frame
     * without byte planes.
     *
     * @param length bytes of the unit, from 0 to {@link CompressOptions#MAX_UNIT_BYTES}
     * @param target another array: receives the blocks from index {@code at} on, none of them
     *     marked as a frame's last; it must have room for {@link #maxCompressedBytes}, and what is
     *     behind the blocks within that room is undefined afterwards
     * @return how many bytes the blocks have
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     * @throws IllegalArgumentException if the unit is too long
     */
    public int compress(byte[] content, int offset, int length, byte[] target, int at) {
        return compress(content, offset, length, CompressOptions.NO_PLANES, target, at);
    }

    /**
     * Compresses {@code content[offset]} to {@code content[offset + length - 1]} as byte planes,
     * for a frame that has so many.
     *
     * @param planes what {@link FileAssembler#content} returned for the unit
     * @throws IndexOutOfBoundsException if a range does not lie in its array, or there cannot be so
     *     many planes
     * @throws IllegalArgumentException if the unit is too long
     * @see #compress(byte[], int, int, byte[], int)
     */
    public int compress(byte[] content, int offset, int length, int planes, byte[] target, int at) {
        Objects.checkFromIndexSize(offset, length, content.length);
        Objects.checkFromIndexSize(at, maxCompressedBytes(length), target.length);
        Objects.checkIndex(planes - 1, CompressOptions.MAX_PLANES);
        return encoder.encode(content, offset, length, planes, target, at) - at;
    }

    /**
     * Compresses {@code content[0]} to {@code content[length - 1]} with an idle compressor.
     *
     * @param unitBytes bytes of each unit but the last
     * @param blocks receives the blocks from index 0 on
     */
    static Compressed compressAll(
            byte[] content, int length, int unitBytes, int planes, byte[] blocks) {
        UnitCompressor compressor = take();
        try {
            int end = 0;
            for (int from = 0; from < length; from += unitBytes) {
                int unit = Math.min(unitBytes, length - from);
                end += compressor.compress(content, from, unit, planes, blocks, end);
            }
            return new Compressed(blocks, end, length);
        } finally {
            compressor.giveBack();
        }
    }

    /** An idle compressor, to be given back. */
    static UnitCompressor take() {
        return IDLE.take().orElseGet(UnitCompressor::new);
    }

    void giveBack() {
        IDLE.give(this);
    }

    /**
     * Splits {@code content[0]} to {@code content[length - 1]} into byte planes. Compressed one by
     * one as units, they give the blocks of the unit in so many planes.
     *
     * @param length bytes of the unit, from 0 to {@link CompressOptions#MAX_UNIT_BYTES}
     * @param planes what {@link FileAssembler#content} returned for the unit
     * @param target receives as many bytes from index 0 on; another array
     * @return where in {@code target} each plane ends; none is empty
     * @throws IndexOutOfBoundsException if an array is shorter, or there cannot be so many planes
     * @throws IllegalArgumentException if the unit is too long
     */
    public static int[] split(byte[] content, int length, int planes, byte[] target) {
        Objects.checkFromIndexSize(0, length, content.length);
        Objects.checkFromIndexSize(0, checkedLength(length), target.length);
        Objects.checkIndex(planes - 1, CompressOptions.MAX_PLANES);
        if (planes == CompressOptions.NO_PLANES || length < planes) {
            System.arraycopy(content, 0, target, 0, length);
            return length == 0 ? new int[0] : new int[] {length};
        }
        BytePlanes.split(content, 0, length, planes, target, 0);
        int[] ends = new int[planes];
        for (int plane = 0; plane < planes; plane++) {
            ends[plane] = BytePlanes.start(length, planes, plane + 1);
        }
        return ends;
    }

    /**
     * The bits of an optimal prefix code without a limit on code lengths: the sum of count × length
     * over all symbols. This is the cost of any Huffman tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together less than 2²³
     * @throws IllegalArgumentException if these are not 256 counts, or too large
     */
    public long unlimitedBits(int[] counts) {
        requireCounts(counts);
        return codeLengths.unlimitedCost(counts);
    }

    /** Fails if these are not the counts that codes are made of. */
    static void requireCounts(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += Integer.toUnsignedLong(count); // a negative one is too large
        }
        if (counts.length != 256 || sum >= 1 << 23) {
            throw new IllegalArgumentException("not 256 counts of together less than 2^23");
        }
    }
}
