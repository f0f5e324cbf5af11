package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The hot loop of {@link HuffmanDecoder}: four streams at a time, so that the processor has four
 * chains of dependent loads to work on, and five cells of each for an 8-byte load.
 *
 * <p>A load has up to 7 bits that were consumed before; five cells of at most 11 bits are 55, and 7
 * + 55 = 62 &lt; 64.
 */
final class FourStreamDecoder {
    private FourStreamDecoder() {}

    /**
     * Decodes as long as all four streams have plenty of bits and symbols.
     *
     * @param starts index of each stream's first byte
     * @param bits how many bits of each stream are left; updated
     * @param target receives each stream's symbols
     * @param at index of each stream's next symbol in {@code target}; updated
     * @param ends index behind each stream's last symbol in {@code target}
     */
    static void decode(
            DecodingTable table,
            byte[] source,
            int[] starts,
            int[] bits,
            byte[] target,
            int[] at,
            int[] ends) {
        // of a length known to the compiler, which then checks no index
        int[] symbols = new int[CanonicalCode.CELLS];
        int[] steps = new int[CanonicalCode.CELLS];
        table.copySymbols(symbols);
        table.copySteps(steps);

        int start0 = starts[0];
        int start1 = starts[1];
        int start2 = starts[2];
        int start3 = starts[3];
        // bits beyond those of one load
        int bits0 = bits[0] - Long.SIZE;
        int bits1 = bits[1] - Long.SIZE;
        int bits2 = bits[2] - Long.SIZE;
        int bits3 = bits[3] - Long.SIZE;
        int at0 = at[0];
        int at1 = at[1];
        int at2 = at[2];
        int at3 = at[3];
        int room = StreamDecoder.room(table);
        int last0 = ends[0] - room;
        int last1 = ends[1] - room;
        int last2 = ends[2] - room;
        int last3 = ends[3] - room;
        // while none of them is negative
        while ((bits0
                        | bits1
                        | bits2
                        | bits3
                        | (last0 - at0)
                        | (last1 - at1)
                        | (last2 - at2)
                        | (last3 - at3))
                >= 0) {
            long word0 = StreamDecoder.load(source, start0, bits0);
            long word1 = StreamDecoder.load(source, start1, bits1);
            long word2 = StreamDecoder.load(source, start2, bits2);
            long word3 = StreamDecoder.load(source, start3, bits3);
            for (int i = 0; i < StreamDecoder.CELLS_PER_LOAD; i++) {
                int cell = (int) (word0 >>> StreamDecoder.CELL_SHIFT);
                int step = steps[cell];
                LittleEndian.put32(target, at0, symbols[cell]);
                word0 <<= step; // by its lowest 6 bits, which are the cell's
                bits0 -= step & DecodingTable.STEP_BITS_MASK;
                at0 += step >> DecodingTable.STEP_SYMBOLS_SHIFT;

                cell = (int) (word1 >>> StreamDecoder.CELL_SHIFT);
                step = steps[cell];
                LittleEndian.put32(target, at1, symbols[cell]);
                word1 <<= step;
                bits1 -= step & DecodingTable.STEP_BITS_MASK;
                at1 += step >> DecodingTable.STEP_SYMBOLS_SHIFT;

                cell = (int) (word2 >>> StreamDecoder.CELL_SHIFT);
                step = steps[cell];
                LittleEndian.put32(target, at2, symbols[cell]);
                word2 <<= step;
                bits2 -= step & DecodingTable.STEP_BITS_MASK;
                at2 += step >> DecodingTable.STEP_SYMBOLS_SHIFT;

                cell = (int) (word3 >>> StreamDecoder.CELL_SHIFT);
                step = steps[cell];
                LittleEndian.put32(target, at3, symbols[cell]);
                word3 <<= step;
                bits3 -= step & DecodingTable.STEP_BITS_MASK;
                at3 += step >> DecodingTable.STEP_SYMBOLS_SHIFT;
            }
        }
        bits[0] = bits0 + Long.SIZE;
        bits[1] = bits1 + Long.SIZE;
        bits[2] = bits2 + Long.SIZE;
        bits[3] = bits3 + Long.SIZE;
        at[0] = at0;
        at[1] = at1;
        at[2] = at2;
        at[3] = at3;
    }
}
