package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * A unit with what it takes to code it.
 *
 * @param content the unit
 * @param encoder has its code
 * @param decoder has its code
 * @param streams the unit encoded, a jump table and 4 streams
 * @param boundaries of the streams, for {@link HuffmanDecoder#decode4}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Coded(
        byte[] content,
        HuffmanEncoder encoder,
        HuffmanDecoder decoder,
        byte[] streams,
        int[] boundaries) {
    /** Room for the streams of {@code length} symbols. */
    static int room(int length) {
        return length * CodeLengths.MAX_LENGTH / Byte.SIZE + 64;
    }

    /** A unit with the code for its counts. */
    static Coded of(byte[] content, int[] counts) {
        byte[] lengths = new byte[256];
        new CodeLengths().build(counts, lengths);
        var encoder = new HuffmanEncoder();
        encoder.setCode(lengths);
        var decoder = new HuffmanDecoder();
        decoder.setCode(lengths);
        byte[] streams = new byte[room(content.length)];
        int[] boundaries = new int[5];
        boundaries[4] = encoder.encode4(content, 0, content.length, streams, 0);
        boundaries[0] = HuffmanEncoder.JUMP_TABLE_BYTES;
        for (int stream = 0; stream < 3; stream++) {
            boundaries[stream + 1] = boundaries[stream] + LittleEndian.get16(streams, 2 * stream);
        }
        return new Coded(content, encoder, decoder, streams, boundaries);
    }
}
