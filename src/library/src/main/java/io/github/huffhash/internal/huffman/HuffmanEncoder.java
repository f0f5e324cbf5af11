package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Arrays;

/**
 * Encodes symbols with a canonical code, as 1 or 4 streams that are read backward (RFC 8878,
 * section 4.2.2).
 *
 * <p>An instance belongs to one thread.
 */
public final class HuffmanEncoder {
    /** Bytes of the jump table before 4 streams. */
    public static final int JUMP_TABLE_BYTES = 6;

    /** Bytes behind the streams that may be written to. */
    public static final int SLACK_BYTES = StreamEncoder.SLACK_BYTES;

    private final long[] entries = new long[256];
    private final int[] order = new int[256];

    /**
     * Sets the code.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     */
    public void setCode(byte[] lengths) {
        Arrays.fill(entries, 0);
        int count = CanonicalCode.order(lengths, order);
        int cell = 0;
        for (int i = 0; i < count; i++) {
            int length = lengths[order[i]];
            entries[order[i]] = StreamEncoder.entry(cell, length);
            cell += CanonicalCode.CELLS >>> length;
        }
    }

    /**
     * Encodes as one stream.
     *
     * @param source has symbols with a code only, in {@code source[from]} to {@code source[from +
     *     length - 1]}
     * @param target must have room for 11 bits a symbol, 1 byte and {@link #SLACK_BYTES}
     * @return the index in {@code target} behind the stream
     */
    public int encode1(byte[] source, int from, int length, byte[] target, int at) {
        return StreamEncoder.encode(entries, source, from, from + length, target, at);
    }

    /**
     * Encodes as a jump table and 4 streams.
     *
     * @param source as for {@link #encode1}; {@code length} is from 6 to 2¹⁷
     * @param target must have room for 11 bits a symbol, {@link #JUMP_TABLE_BYTES}, 4 bytes and
     *     {@link #SLACK_BYTES}
     * @return the index in {@code target} behind the streams
     */
    public int encode4(byte[] source, int from, int length, byte[] target, int at) {
        int segment = segmentLength(length);
        int next = at + JUMP_TABLE_BYTES;
        for (int stream = 0; stream < 3; stream++) {
            int start = from + stream * segment;
            int end = encode1(source, start, segment, target, next);
            LittleEndian.put16(target, at + 2 * stream, end - next);
            next = end;
        }
        return encode1(source, from + 3 * segment, length - 3 * segment, target, next);
    }

    /** How many symbols each of the first three of 4 streams has; the last one has the rest. */
    static int segmentLength(int length) {
        return (length + 3) / 4;
    }
}
