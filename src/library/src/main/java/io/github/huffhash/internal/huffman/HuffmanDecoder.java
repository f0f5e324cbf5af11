package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;

/**
 * Decodes 1 or 4 streams of a canonical code (RFC 8878, section 4.2.2). Each must be consumed
 * exactly to its first bit.
 *
 * <p>An instance belongs to one thread.
 */
public final class HuffmanDecoder {
    /**
     * The fewest symbols in 4 streams: the first three have two each, at least, since each stream
     * has a byte (RFC 8878, section 3.1.1.3.1.6).
     */
    public static final int MIN_LENGTH_OF_4 = 6;

    /**
     * With more bits a symbol, cells of several symbols save no time: too few hold more than one.
     */
    private static final int MULTI_SYMBOL_BITS = 6;

    /** Building them takes about as long as they save for this many bits below that. */
    private static final int BUILDING_BITS = 20_000;

    /** For no more symbols, the wide table takes longer to fill than it saves. */
    static final int FEW_SYMBOLS = 400;

    /** How the end of a stream agreed with the number of symbols it was to have. */
    public enum StreamEnd {
        /** All bits were consumed, up to the very first. */
        EXACT,
        /** The stream has no bytes. */
        EMPTY,
        /** The last byte is zero: there is no end mark. */
        NO_END_MARK,
        /** The symbols took more bits than there are. */
        EARLY,
        /** Bits are left. */
        LATE
    }

    private final byte[] lengths = new byte[256];

    private final DecodingTable table = new DecodingTable();

    /** The code's table is made when it is first needed: for few symbols, a narrow one. */
    private enum Table {
        NONE,
        NARROW,
        WIDE
    }

    private Table made = Table.NONE;
    private final int[] starts = new int[4];
    private final int[] bits = new int[4];
    private final int[] at = new int[4];
    private final int[] ends = new int[4];

    /**
     * Sets the code.
     *
     * @param codeLengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     */
    public void setCode(byte[] codeLengths) {
        System.arraycopy(codeLengths, 0, lengths, 0, lengths.length);
        made = Table.NONE;
    }

    /** Makes the table for so many symbols; whether it is narrow. */
    boolean prepare(int length) {
        if (made != Table.WIDE && length > FEW_SYMBOLS) {
            table.set(lengths, false);
            made = Table.WIDE;
        } else if (made == Table.NONE) {
            table.set(lengths, true);
            made = Table.NARROW;
        }
        return made == Table.NARROW;
    }

    /**
     * Decodes the stream in {@code source[start]} to {@code source[end - 1]}.
     *
     * @param target receives {@code length} symbols from index {@code from}; what it has there is
     *     undefined if the result is not {@link StreamEnd#EXACT}
     */
    public StreamEnd decode1(
            byte[] source, int start, int end, byte[] target, int from, int length) {
        if (start == end) {
            return StreamEnd.EMPTY;
        }
        long all = BackwardBitReader.bits(source, start, end);
        if (all < 0) {
            return StreamEnd.NO_END_MARK;
        }
        prepare(length);
        return decodeRest(source, start, (int) all, target, from, from + length);
    }

    /**
     * Decodes 4 streams that follow each other.
     *
     * @param boundaries index in {@code source} of the first byte of each stream, and behind the
     *     last byte of the last: 5 numbers in ascending order
     * @param target as for {@link #decode1}
     * @param length at least {@link #MIN_LENGTH_OF_4}
     * @return {@link StreamEnd#EXACT} if all streams end so, or how one of the others ends
     */
    public StreamEnd decode4(byte[] source, int[] boundaries, byte[] target, int from, int length) {
        int segment = HuffmanEncoder.segmentLength(length);
        for (int stream = 0; stream < 4; stream++) {
            int start = boundaries[stream];
            int end = boundaries[stream + 1];
            if (start == end) {
                return StreamEnd.EMPTY;
            }
            starts[stream] = start;
            bits[stream] = (int) BackwardBitReader.bits(source, start, end);
            if (bits[stream] < 0) {
                return StreamEnd.NO_END_MARK;
            }
            at[stream] = from + stream * segment;
            ends[stream] = stream == 3 ? from + length : at[stream] + segment;
        }
        if (!prepare(length)) {
            int allBits = Byte.SIZE * (boundaries[4] - boundaries[0]);
            if (!table.isMultiSymbol() && MULTI_SYMBOL_BITS * length - allBits >= BUILDING_BITS) {
                table.buildMultiSymbol();
            }
            decodeTogether(source, target);
        }
        for (int stream = 0; stream < 4; stream++) {
            StreamEnd end =
                    decodeRest(
                            source, starts[stream], bits[stream], target, at[stream], ends[stream]);
            if (end != StreamEnd.EXACT) {
                return end;
            }
        }
        return StreamEnd.EXACT;
    }

    /** Decodes what can be decoded of all four streams together. */
    private void decodeTogether(byte[] source, byte[] target) {
        if (Math.min(Math.min(bits[0], bits[1]), Math.min(bits[2], bits[3])) < Long.SIZE) {
            return;
        }
        if (table.isMultiSymbol()) {
            MultiSymbolLoop.decode(table.multiples(), source, starts, bits, target, at, ends);
        } else {
            SingleSymbolLoop.decode(table.singles(), source, starts, bits, target, at, ends);
        }
    }

    private StreamEnd decodeRest(
            byte[] source, int start, int bitsLeft, byte[] target, int from, int to) {
        long left = StreamDecoder.decode(table, source, start, bitsLeft, target, from, to);
        if (left == 0) {
            return StreamEnd.EXACT;
        }
        return left < 0 ? StreamEnd.EARLY : StreamEnd.LATE;
    }
}
