package io.github.huffhash.huffman;

import io.github.huffhash.bits.LittleEndian;

/**
 * The hot loop of {@link HuffmanDecoder}: four streams at a time, so that the processor has four
 * chains of dependent loads to work on, and five symbols of each for an 8-byte load.
 *
 * <p>Each round consumes up to 11 bits × 5 = 55 bits &lt; 7 bytes of each stream, so that as many
 * rounds are safe as the shortest stream has times 7 bytes beyond its first 8.
 */
final class FourStreamDecoder {
    private static final int CELL_SHIFT = Long.SIZE - CanonicalCode.CELL_BITS;

    private FourStreamDecoder() {}

    /**
     * Decodes as long as all four streams have plenty of bits and symbols.
     *
     * @param symbols the symbol of each of the 2¹¹ cells
     * @param lengths the code length of each of the 2¹¹ cells
     * @param starts index of each stream's first byte
     * @param bits how many bits of each stream are left; updated
     * @param target receives the first stream's symbols from {@code from}, those of the others from
     *     one {@code segment} later each
     * @param count how many symbols each of the streams has at least
     * @return how many symbols were decoded of each stream
     */
    static int decode(
            byte[] symbols,
            byte[] lengths,
            byte[] source,
            int[] starts,
            long[] bits,
            byte[] target,
            int from,
            int segment,
            int count) {
        // of a length known to the compiler, which then checks no index
        byte[] sym = new byte[CanonicalCode.CELLS];
        byte[] len = new byte[CanonicalCode.CELLS];
        System.arraycopy(symbols, 0, sym, 0, CanonicalCode.CELLS);
        System.arraycopy(lengths, 0, len, 0, CanonicalCode.CELLS);

        // the index of each stream's next load, and how many of its highest bits are consumed
        int at0 = starts[0] + (int) ((bits[0] + 7) >>> 3) - 8;
        int at1 = starts[1] + (int) ((bits[1] + 7) >>> 3) - 8;
        int at2 = starts[2] + (int) ((bits[2] + 7) >>> 3) - 8;
        int at3 = starts[3] + (int) ((bits[3] + 7) >>> 3) - 8;
        int used0 = (int) (-bits[0] & 7);
        int used1 = (int) (-bits[1] & 7);
        int used2 = (int) (-bits[2] & 7);
        int used3 = (int) (-bits[3] & 7);
        int i = from;
        int end = from + count;
        while (true) {
            int room =
                    Math.min(
                            Math.min(at0 - starts[0], at1 - starts[1]),
                            Math.min(at2 - starts[2], at3 - starts[3]));
            int rounds = room < 0 ? 0 : Math.min(room / 7 + 1, (end - i) / 5);
            if (rounds == 0) {
                break;
            }
            for (int last = i + 5 * rounds; i < last; i += 5) {
                used0 = five(sym, len, LittleEndian.get64(source, at0), used0, target, i);
                used1 = five(sym, len, LittleEndian.get64(source, at1), used1, target, i + segment);
                used2 =
                        five(
                                sym,
                                len,
                                LittleEndian.get64(source, at2),
                                used2,
                                target,
                                i + 2 * segment);
                used3 =
                        five(
                                sym,
                                len,
                                LittleEndian.get64(source, at3),
                                used3,
                                target,
                                i + 3 * segment);
                at0 -= used0 >>> 3;
                at1 -= used1 >>> 3;
                at2 -= used2 >>> 3;
                at3 -= used3 >>> 3;
                used0 &= 7;
                used1 &= 7;
                used2 &= 7;
                used3 &= 7;
            }
        }
        bits[0] = (at0 + 8 - starts[0]) * 8L - used0;
        bits[1] = (at1 + 8 - starts[1]) * 8L - used1;
        bits[2] = (at2 + 8 - starts[2]) * 8L - used2;
        bits[3] = (at3 + 8 - starts[3]) * 8L - used3;
        return i - from;
    }

    /**
     * Decodes five symbols of one stream.
     *
     * <p>The lowest bit of a load is never consumed. Set, it tells how far the load was shifted.
     *
     * @param used how many of the load's highest bits were consumed before
     * @return how many are consumed now
     */
    private static int five(byte[] sym, byte[] len, long load, int used, byte[] target, int at) {
        long word = (load | 1) << used;
        int cell = (int) (word >>> CELL_SHIFT);
        target[at] = sym[cell];
        word <<= len[cell];
        cell = (int) (word >>> CELL_SHIFT);
        target[at + 1] = sym[cell];
        word <<= len[cell];
        cell = (int) (word >>> CELL_SHIFT);
        target[at + 2] = sym[cell];
        word <<= len[cell];
        cell = (int) (word >>> CELL_SHIFT);
        target[at + 3] = sym[cell];
        word <<= len[cell];
        cell = (int) (word >>> CELL_SHIFT);
        target[at + 4] = sym[cell];
        word <<= len[cell];
        return Long.numberOfTrailingZeros(word);
    }
}
