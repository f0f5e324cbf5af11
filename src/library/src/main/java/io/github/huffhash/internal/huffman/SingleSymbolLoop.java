package io.github.huffhash.internal.huffman;

/**
 * The hot loop of {@link HuffmanDecoder} for cells of one symbol, of the same shape as {@link
 * MultiSymbolLoop}.
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
        while (true) {
            int bytes =
                    Math.min(
                            Math.min(place0 - start0, place1 - start1),
                            Math.min(place2 - start2, place3 - start3));
            int room = ends[3] - at[3]; // all have done as many, no stream has fewer
            int rounds =
                    Math.min(
                            bytes / StreamDecoder.BYTES_PER_LOAD,
                            room / StreamDecoder.CELLS_PER_LOAD);
            if (rounds <= 0) {
                break;
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < StreamDecoder.CELLS_PER_LOAD; i++) {
                    int cell0 = cells[(int) (word0 >>> StreamDecoder.CELL_SHIFT)];
                    target[at[0]++] = (byte) (cell0 >>> DecodingTable.SYMBOL_SHIFT);
                    word0 <<= cell0;

                    int cell1 = cells[(int) (word1 >>> StreamDecoder.CELL_SHIFT)];
                    target[at[1]++] = (byte) (cell1 >>> DecodingTable.SYMBOL_SHIFT);
                    word1 <<= cell1;

                    int cell2 = cells[(int) (word2 >>> StreamDecoder.CELL_SHIFT)];
                    target[at[2]++] = (byte) (cell2 >>> DecodingTable.SYMBOL_SHIFT);
                    word2 <<= cell2;

                    int cell3 = cells[(int) (word3 >>> StreamDecoder.CELL_SHIFT)];
                    target[at[3]++] = (byte) (cell3 >>> DecodingTable.SYMBOL_SHIFT);
                    word3 <<= cell3;
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
