package io.github.huffhash.zstd;

import io.github.huffhash.bits.LittleEndian;
import java.util.OptionalLong;

/**
 * Makes a whole frame in memory: header, the blocks of one unit after another, checksum.
 *
 * <p>An instance belongs to one thread.
 */
public final class FrameEncoder {
    private final int unitBytes;
    private final boolean checksum;
    private final UnitEncoder encoder = new UnitEncoder();

    /**
     * @param unitBytes bytes of a unit, from 1 to {@link Limits#MAX_BLOCK_BYTES}
     * @param checksum whether frames end with a checksum
     */
    public FrameEncoder(int unitBytes, boolean checksum) {
        this.unitBytes = unitBytes;
        this.checksum = checksum;
    }

    /** Bytes of room that a frame of {@code length} bytes may need in {@link #encode}'s target. */
    public long maxBytes(int length) {
        long units = Math.max(1, (length + unitBytes - 1L) / unitBytes);
        int overhead = UnitEncoder.maxBytes(unitBytes) - unitBytes;
        return FrameHeader.MAX_BYTES + length + units * overhead + FrameHeader.CHECKSUM_BYTES;
    }

    /**
     * Encodes {@code source[from]} to {@code source[from + length - 1]} as one frame.
     *
     * @param target must have {@link #maxBytes} of room; what it has there behind the frame is
     *     undefined
     * @return the index behind the frame
     */
    public int encode(byte[] source, int from, int length, byte[] target, int at) {
        int next = FrameHeader.write(OptionalLong.of(length), checksum, target, at);
        int done = 0;
        int lastBlock;
        do {
            int size = Math.min(unitBytes, length - done);
            var unit = encoder.encode(source, from + done, size, target, next);
            lastBlock = unit.lastBlock();
            next = unit.end();
            done += size;
        } while (done < length);
        BlockHeader.markLast(target, lastBlock);
        if (checksum) {
            LittleEndian.put32(target, next, XxHash64.checksum(source, from, length));
            next += FrameHeader.CHECKSUM_BYTES;
        }
        return next;
    }
}
