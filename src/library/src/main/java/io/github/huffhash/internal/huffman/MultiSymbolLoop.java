package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The hot loop of {@link HuffmanDecoder} for cells of up to four symbols. It decodes four streams
 * at a time, so that the processor has four chains of dependent loads to work on, and five cells of
 * each for an 8-byte load.
 *
 * <p>The rounds that are safe for all streams are counted before they begin.
 *
 * <p>Registers are scarce. The positions in the target are in variables within a round and in their
 * array between rounds, or in their array all the time.
 */
final class MultiSymbolLoop {
    /** Symbols that a round decodes of a stream, at most. */
    private static final int MOST_SYMBOLS =
            StreamDecoder.CELLS_PER_LOAD * DecodingTable.MAX_SYMBOLS;

    /**
     * Whether the JVM's second compiler shifts by a number in any register, also on x86: since Java
     * 19 (JDK-8283694). Before, it takes one and the same for all, and positions in variables make
     * the loop up to 20 % slower instead of 4 % faster.
     */
    private static final boolean SHIFTS_BY_ANY_REGISTER = Runtime.version().feature() >= 19;

    private MultiSymbolLoop() {}

    /**
     * Decodes as long as all four streams have plenty of bits and symbols.
     *
     * @param table {@link DecodingTable#multiples}
     * @param starts index of each stream's first byte
     * @param bits how many bits of each stream are left, at least 64; updated
     * @param target receives each stream's symbols
     * @param at index of each stream's next symbol in {@code target}; updated
     * @param ends index behind each stream's last symbol in {@code target}
     */
    static void decode(
            int[] table,
            byte[] source,
            int[] starts,
            int[] bits,
            byte[] target,
            int[] at,
            int[] ends) {
        // of a length known to the compiler, which then checks no index
        int[] cells = new int[2 * CanonicalCode.CELLS];
        System.arraycopy(table, 0, cells, 0, cells.length);
        int start0 = starts[0];
        int start1 = starts[1];
        int start2 = starts[2];
        int start3 = starts[3];
        int place0 = StreamDecoder.place(start0, bits[0]);
        int place1 = StreamDecoder.place(start1, bits[1]);
        int place2 = StreamDecoder.place(start2, bits[2]);
        int place3 = StreamDecoder.place(start3, bits[3]);
        long word0 = StreamDecoder.load(source, place0, -bits[0] & 7);
        long word1 = StreamDecoder.load(source, place1, -bits[1] & 7);
        long word2 = StreamDecoder.load(source, place2, -bits[2] & 7);
        long word3 = StreamDecoder.load(source, place3, -bits[3] & 7);
        int end0 = ends[0];
        int end1 = ends[1];
        int end2 = ends[2];
        int end3 = ends[3];
        while (true) {
            int bytes =
                    Math.min(
                            Math.min(place0 - start0, place1 - start1),
                            Math.min(place2 - start2, place3 - start3));
            int room =
                    Math.min(
                            Math.min(end0 - at[0], end1 - at[1]),
                            Math.min(end2 - at[2], end3 - at[3]));
            int rounds = Math.min(bytes / StreamDecoder.BYTES_PER_LOAD, room / MOST_SYMBOLS);
            if (rounds <= 0) {
                break;
            }
            for (int round = 0; round < rounds; round++) {
                if (SHIFTS_BY_ANY_REGISTER) {
                    int at0 = at[0];
                    int at1 = at[1];
                    int at2 = at[2];
                    int at3 = at[3];
                    for (int i = 0; i < StreamDecoder.CELLS_PER_LOAD; i++) {
                        int cell0 = (int) (word0 >>> StreamDecoder.CELL_SHIFT);
                        int step0 = cells[cell0 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at0, cells[cell0]);
                        word0 <<= step0;
                        at0 += step0 >> DecodingTable.COUNT_SHIFT;

                        int cell1 = (int) (word1 >>> StreamDecoder.CELL_SHIFT);
                        int step1 = cells[cell1 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at1, cells[cell1]);
                        word1 <<= step1;
                        at1 += step1 >> DecodingTable.COUNT_SHIFT;

                        int cell2 = (int) (word2 >>> StreamDecoder.CELL_SHIFT);
                        int step2 = cells[cell2 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at2, cells[cell2]);
                        word2 <<= step2;
                        at2 += step2 >> DecodingTable.COUNT_SHIFT;

                        int cell3 = (int) (word3 >>> StreamDecoder.CELL_SHIFT);
                        int step3 = cells[cell3 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at3, cells[cell3]);
                        word3 <<= step3;
                        at3 += step3 >> DecodingTable.COUNT_SHIFT;
                    }
                    at[0] = at0;
                    at[1] = at1;
                    at[2] = at2;
                    at[3] = at3;
                } else {
                    for (int i = 0; i < StreamDecoder.CELLS_PER_LOAD; i++) {
                        int cell0 = (int) (word0 >>> StreamDecoder.CELL_SHIFT);
                        int step0 = cells[cell0 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at[0], cells[cell0]);
                        word0 <<= step0;
                        at[0] += step0 >> DecodingTable.COUNT_SHIFT;

                        int cell1 = (int) (word1 >>> StreamDecoder.CELL_SHIFT);
                        int step1 = cells[cell1 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at[1], cells[cell1]);
                        word1 <<= step1;
                        at[1] += step1 >> DecodingTable.COUNT_SHIFT;

                        int cell2 = (int) (word2 >>> StreamDecoder.CELL_SHIFT);
                        int step2 = cells[cell2 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at[2], cells[cell2]);
                        word2 <<= step2;
                        at[2] += step2 >> DecodingTable.COUNT_SHIFT;

                        int cell3 = (int) (word3 >>> StreamDecoder.CELL_SHIFT);
                        int step3 = cells[cell3 + DecodingTable.STEPS];
                        LittleEndian.put32(target, at[3], cells[cell3]);
                        word3 <<= step3;
                        at[3] += step3 >> DecodingTable.COUNT_SHIFT;
                    }
                }
                int used0 = StreamDecoder.used(word0);
                place0 -= used0 >>> 3;
                word0 = StreamDecoder.load(source, place0, used0 & 7);
                int used1 = StreamDecoder.used(word1);
                place1 -= used1 >>> 3;
                word1 = StreamDecoder.load(source, place1, used1 & 7);
                int used2 = StreamDecoder.used(word2);
                place2 -= used2 >>> 3;
                word2 = StreamDecoder.load(source, place2, used2 & 7);
                int used3 = StreamDecoder.used(word3);
                place3 -= used3 >>> 3;
                word3 = StreamDecoder.load(source, place3, used3 & 7);
            }
        }
        bits[0] = StreamDecoder.bitsLeft(start0, place0, word0);
        bits[1] = StreamDecoder.bitsLeft(start1, place1, word1);
        bits[2] = StreamDecoder.bitsLeft(start2, place2, word2);
        bits[3] = StreamDecoder.bitsLeft(start3, place3, word3);
    }
}
