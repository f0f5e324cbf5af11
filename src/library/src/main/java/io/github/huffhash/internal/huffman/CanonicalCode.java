package io.github.huffhash.internal.huffman;

/**
 * The canonical code of given code lengths (RFC 8878, section 4.2.1.3): longer codes come first,
 * codes of one length go by symbol.
 *
 * <p>The codes divide a table of 2¹¹ cells, one for each sequence of 11 bits: a code of length l
 * takes 2¹¹⁻ˡ cells that follow each other, and its bits are the first l bits of their numbers.
 */
final class CanonicalCode {
    /** Bits that number a cell. */
    static final int CELL_BITS = CodeLengths.MAX_LENGTH;

    /** How many cells a complete code fills. */
    static final int CELLS = 1 << CELL_BITS;

    private CanonicalCode() {}

    /**
     * Puts the symbols that have a code into the order of their codes, which is that of their
     * cells.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none
     * @param order receives them from index 0 on
     * @return how many there are
     */
    static int order(byte[] lengths, int[] order) {
        int[] next = new int[CELL_BITS + 1];
        for (byte length : lengths) {
            next[length]++;
        }
        int count = 0;
        for (int length = CELL_BITS; length > 0; length--) {
            int number = next[length];
            next[length] = count;
            count += number;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                order[next[length]++] = symbol;
            }
        }
        return count;
    }
}
