package io.github.huffhash.huffman;

import io.github.huffhash.bits.BackwardBitReader;

/**
 * Decodes 1 or 4 streams of a canonical code (RFC 8878, section 4.2.2). Each must be consumed
 * exactly to its first bit.
 *
 * <p>An instance belongs to one thread.
 */
public final class HuffmanDecoder {
    /** The fewest symbols in 4 streams: the first three have two each, at least. */
    public static final int MIN_LENGTH_OF_4 = 6;

    private final byte[] cellSymbols = new byte[CanonicalCode.CELLS];
    private final byte[] cellLengths = new byte[CanonicalCode.CELLS];
    private final int[] starts = new int[4];
    private final long[] bits = new long[4];

    /** Makes a decoder that has no code yet. */
    public HuffmanDecoder() {}

    /**
     * Sets the code.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     */
    public void setCode(byte[] lengths) {
        CanonicalCode.fillCells(lengths, cellSymbols, cellLengths);
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
        return decodeRest(source, start, all, target, from, from + length);
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
        for (int stream = 0; stream < 4; stream++) {
            starts[stream] = boundaries[stream];
            if (boundaries[stream] == boundaries[stream + 1]) {
                return StreamEnd.EMPTY;
            }
            bits[stream] =
                    BackwardBitReader.bits(source, boundaries[stream], boundaries[stream + 1]);
            if (bits[stream] < 0) {
                return StreamEnd.NO_END_MARK;
            }
        }
        int segment = HuffmanEncoder.segmentLength(length);
        int done =
                FourStreamDecoder.decode(
                        cellSymbols,
                        cellLengths,
                        source,
                        starts,
                        bits,
                        target,
                        from,
                        segment,
                        length - 3 * segment);
        for (int stream = 0; stream < 4; stream++) {
            int segmentStart = from + stream * segment;
            int segmentEnd = stream == 3 ? from + length : segmentStart + segment;
            StreamEnd end =
                    decodeRest(
                            source,
                            starts[stream],
                            bits[stream],
                            target,
                            segmentStart + done,
                            segmentEnd);
            if (end != StreamEnd.EXACT) {
                return end;
            }
        }
        return StreamEnd.EXACT;
    }

    private StreamEnd decodeRest(
            byte[] source, int start, long bitsLeft, byte[] target, int from, int to) {
        long left =
                StreamDecoder.decode(
                        cellSymbols, cellLengths, source, start, bitsLeft, target, from, to);
        if (left == 0) {
            return StreamEnd.EXACT;
        }
        return left < 0 ? StreamEnd.EARLY : StreamEnd.LATE;
    }
}
