package io.github.huffhash.huffman;

import io.github.huffhash.bits.BackwardBitReader;
import io.github.huffhash.bits.LittleEndian;

/**
 * The hot loop for one stream of {@link HuffmanDecoder}: five symbols for each 8-byte load.
 *
 * <p>A load has up to 7 bits that were consumed before; five codes of at most 11 bits are 55, and 7
 * + 55 = 62 &lt; 64.
 */
final class StreamDecoder {
    private static final int CELL_SHIFT = Long.SIZE - CanonicalCode.CELL_BITS;

    private StreamDecoder() {}

    /**
     * Decodes symbols up to {@code target[to - 1]}.
     *
     * @param symbols the symbol of each cell
     * @param lengths the code length of each cell
     * @param start index of the stream's first byte
     * @param bits how many bits of the stream are left
     * @return how many bits are left then; negative if there were too few
     */
    static long decode(
            byte[] symbols,
            byte[] lengths,
            byte[] source,
            int start,
            long bits,
            byte[] target,
            int from,
            int to) {
        int i = from;
        for (; i <= to - 5 && bits >= 64; i += 5) {
            // the load ends with the byte of the next bit
            long word = LittleEndian.get64(source, start + (int) ((bits + 7) >>> 3) - 8);
            word <<= -bits & 7;
            int consumed = 0;
            for (int k = 0; k < 5; k++) {
                int cell = (int) (word >>> CELL_SHIFT);
                target[i + k] = symbols[cell];
                int length = lengths[cell];
                word <<= length;
                consumed += length;
            }
            bits -= consumed;
        }
        var reader = new BackwardBitReader(source, start, bits);
        for (; i < to && reader.bitsLeft() >= 0; i++) {
            int cell = reader.peek(CanonicalCode.CELL_BITS);
            target[i] = symbols[cell];
            reader.skip(lengths[cell]);
        }
        return reader.bitsLeft();
    }
}
