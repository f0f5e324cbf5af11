package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;

/**
 * Decodes 1 or 4 streams of a canonical code (RFC 8878, section 4.2.2). Each must be consumed
 * exactly to its first bit.
 *
 * <p>An instance belongs to one thread.
 */
public final class HuffmanDecoder {
    /** The fewest symbols in 4 streams: the first three have two each, at least. */
    public static final int MIN_LENGTH_OF_4 = 6;

    /**
     * With more bits a symbol, cells of several symbols save no time: too few hold more than one.
     */
    private static final int MULTI_SYMBOL_BITS = 6;

    /** Building them takes about as long as they save for this many bits below that. */
    private static final int BUILDING_BITS = 20_000;

    /** For no more symbols, the wide table takes longer to fill than it saves. */
    static final int FEW_SYMBOLS = 400;

    private final byte[] lengths = new byte[256];

    /** The code's tables, each made when it is first needed. */
    private final DecodingTable table = new DecodingTable();

    private final NarrowTable narrow = new NarrowTable();
    private boolean tableSet;
    private boolean narrowSet;
    private final int[] starts = new int[4];
    private final int[] bits = new int[4];
    private final int[] at = new int[4];
    private final int[] ends = new int[4];

    /** Makes a decoder that has no code yet. */
    public HuffmanDecoder() {}

    /**
     * Sets the code.
     *
     * @param codeLengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     */
    public void setCode(byte[] codeLengths) {
        System.arraycopy(codeLengths, 0, lengths, 0, lengths.length);
        tableSet = false;
        narrowSet = false;
    }

    /** Makes the table for so many symbols; whether it is the narrow one. */
    boolean prepare(int length) {
        if (tableSet) {
            return false;
        }
        if (length > FEW_SYMBOLS) {
            table.set(lengths);
            tableSet = true;
        } else if (!narrowSet) {
            narrow.set(lengths);
            narrowSet = true;
        }
        return !tableSet;
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
        return decodeRest(prepare(length), source, start, (int) all, target, from, from + length);
    }

    /**
     * Decodes 4 streams that follow each other.
     *
     * @param boundaries index in {@code source} of the first byte of each stream, and behind the
     *     last byte of the last: 5 numbers in ascending order
     * @param target as for {@link #decode1}
     * @param length at least {@link #MIN_LENGTH_OF_4}
     * @return the end of the first stream that is not exact, if there is one
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
        boolean few = prepare(length);
        if (!few) {
            int allBits = Byte.SIZE * (boundaries[4] - boundaries[0]);
            if (table.maxSymbols() == 1 && MULTI_SYMBOL_BITS * length - allBits >= BUILDING_BITS) {
                table.buildMultiSymbol();
            }
            FourStreamDecoder.decode(table, source, starts, bits, target, at, ends);
        }
        for (int stream = 0; stream < 4; stream++) {
            StreamEnd end =
                    decodeRest(
                            few,
                            source,
                            starts[stream],
                            bits[stream],
                            target,
                            at[stream],
                            ends[stream]);
            if (end != StreamEnd.EXACT) {
                return end;
            }
        }
        return StreamEnd.EXACT;
    }

    private StreamEnd decodeRest(
            boolean few, byte[] source, int start, int bitsLeft, byte[] target, int from, int to) {
        long left =
                few
                        ? narrow.decode(source, start, bitsLeft, target, from, to)
                        : StreamDecoder.decode(table, source, start, bitsLeft, target, from, to);
        if (left == 0) {
            return StreamEnd.EXACT;
        }
        return left < 0 ? StreamEnd.EARLY : StreamEnd.LATE;
    }
}
