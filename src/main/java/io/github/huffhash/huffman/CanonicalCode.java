package io.github.huffhash.huffman;

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
     * Finds the first cell of each symbol.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none, of a complete code
     * @param firstCells receives the first cell of each symbol that has a code
     */
    static void firstCells(byte[] lengths, int[] firstCells) {
        int[] next = new int[CodeLengths.MAX_LENGTH + 1];
        for (byte length : lengths) {
            next[length]++;
        }
        int cell = 0;
        for (int length = CodeLengths.MAX_LENGTH; length > 0; length--) {
            int number = next[length];
            next[length] = cell;
            cell += number << (CELL_BITS - length);
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                firstCells[symbol] = next[length];
                next[length] += CELLS >>> length;
            }
        }
    }
}
