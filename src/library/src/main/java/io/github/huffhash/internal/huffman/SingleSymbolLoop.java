package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The hot loop of {@link HuffmanDecoder} for cells of one symbol: as {@link MultiSymbolLoop}, but
 * all streams are as far as each other, and four symbols are stored at once.
 *
 * <p>Two streams at a time are what there are registers for, with the symbols. Symbols that are
 * stored one by one, or by four streams, take up to a third more time: the compiler looks up all
 * cells first and keeps their symbols in memory.
 */
final class SingleSymbolLoop {
    private SingleSymbolLoop() {}

    /**
     * Decodes as long as all four streams have plenty of bits and symbols.
     *
     * @param table {@link DecodingTable#singles}, of cells of 11 bits
     * @param starts index of each stream's first byte
     * @param bits how many bits of each stream are left, at least 64; updated
     * @param target receives each stream's symbols
     * @param at index of each stream's next symbol in {@code target}; updated
     * @param ends index behind each stream's last symbol in {@code target}
     */
    static void decode(
            char[] table,
            byte[] source,
            int[] starts,
            int[] bits,
            byte[] target,
            int[] at,
            int[] ends) {
        // of a length known to the compiler, which then checks no index
        char[] cells = new char[CanonicalCode.CELLS];
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
        int at0 = at[0];
        int at1 = at[1];
        int at2 = at[2];
        int at3 = at[3];
        int room = ends[3] - at3; // no stream has fewer symbols
        int done = 0;
        while (true) {
            int bytes =
                    Math.min(
                            Math.min(place0 - start0, place1 - start1),
                            Math.min(place2 - start2, place3 - start3));
            int rounds =
                    Math.min(
                            bytes / StreamDecoder.BYTES_PER_LOAD,
                            (room - done) / StreamDecoder.CELLS_PER_LOAD);
            if (rounds <= 0) {
                break;
            }
            int to = done + rounds * StreamDecoder.CELLS_PER_LOAD;
            for (; done < to; done += StreamDecoder.CELLS_PER_LOAD) {
                int a0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                word0 <<= a0;
                int a1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                word1 <<= a1;
                int b0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                word0 <<= b0;
                int b1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                word1 <<= b1;
                int c0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                word0 <<= c0;
                int c1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                word1 <<= c1;
                int d0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                word0 <<= d0;
                int d1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                word1 <<= d1;
                int e0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                word0 <<= e0;
                int e1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                word1 <<= e1;
                LittleEndian.put32(target, at0 + done, four(a0, b0, c0, d0));
                target[at0 + done + 4] = (byte) (e0 >>> DecodingTable.SYMBOL_SHIFT);
                int used0 = StreamDecoder.used(word0);
                place0 -= used0 >>> 3;
                word0 = StreamDecoder.load(source, place0, used0 & 7);
                LittleEndian.put32(target, at1 + done, four(a1, b1, c1, d1));
                target[at1 + done + 4] = (byte) (e1 >>> DecodingTable.SYMBOL_SHIFT);
                int used1 = StreamDecoder.used(word1);
                place1 -= used1 >>> 3;
                word1 = StreamDecoder.load(source, place1, used1 & 7);

                int a2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                word2 <<= a2;
                int a3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                word3 <<= a3;
                int b2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                word2 <<= b2;
                int b3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                word3 <<= b3;
                int c2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                word2 <<= c2;
                int c3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                word3 <<= c3;
                int d2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                word2 <<= d2;
                int d3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                word3 <<= d3;
                int e2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                word2 <<= e2;
                int e3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                word3 <<= e3;
                LittleEndian.put32(target, at2 + done, four(a2, b2, c2, d2));
                target[at2 + done + 4] = (byte) (e2 >>> DecodingTable.SYMBOL_SHIFT);
                int used2 = StreamDecoder.used(word2);
                place2 -= used2 >>> 3;
                word2 = StreamDecoder.load(source, place2, used2 & 7);
                LittleEndian.put32(target, at3 + done, four(a3, b3, c3, d3));
                target[at3 + done + 4] = (byte) (e3 >>> DecodingTable.SYMBOL_SHIFT);
                int used3 = StreamDecoder.used(word3);
                place3 -= used3 >>> 3;
                word3 = StreamDecoder.load(source, place3, used3 & 7);
            }
        }
        bits[0] = StreamDecoder.bitsLeft(start0, place0, word0);
        bits[1] = StreamDecoder.bitsLeft(start1, place1, word1);
        bits[2] = StreamDecoder.bitsLeft(start2, place2, word2);
        bits[3] = StreamDecoder.bitsLeft(start3, place3, word3);
        at[0] = at0 + done;
        at[1] = at1 + done;
        at[2] = at2 + done;
        at[3] = at3 + done;
    }

    /** The symbols of four cells. */
    private static int four(int a, int b, int c, int d) {
        int mask = 0xFF << DecodingTable.SYMBOL_SHIFT;
        return a >>> DecodingTable.SYMBOL_SHIFT
                | (b & mask)
                | ((c & mask) << Byte.SIZE)
                | ((d & mask) << (2 * Byte.SIZE));
    }
}
