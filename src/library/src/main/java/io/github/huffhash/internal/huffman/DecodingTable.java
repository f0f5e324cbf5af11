package io.github.huffhash.internal.huffman;

import java.util.Arrays;

/**
 * What comes next in a stream, for each sequence of bits it may go on with: a cell for each (RFC
 * 8878, section 4.2.1.3).
 *
 * <p>There are two tables. One has a symbol in each cell, and its cells may be for as many bits as
 * the longest code has: a table that is soon filled. In the other, cells are for 11 bits and have
 * as many symbols as those hold, but no more than four.
 *
 * <p>With its symbols, a cell has a step: the number of bits of their codes, and above it that of
 * symbols. A shift by a step is a shift by its bits, since only the lowest 6 bits of a shift count
 * matter.
 *
 * <p>An instance belongs to one thread.
 */
final class DecodingTable {
    private static final int CELL_BITS = CanonicalCode.CELL_BITS;
    private static final int CELLS = CanonicalCode.CELLS;

    static final int BITS_MASK = 0x3F;

    /** In a step, the number of symbols is above the bits. */
    static final int COUNT_SHIFT = 6;

    /** In a cell of up to three symbols, they are above the step, the first one lowest. */
    static final int SYMBOL_SHIFT = 8;

    /** In cells of up to four symbols, by how much further than a cell's symbols its step is. */
    static final int STEPS = CELLS;

    /** The most symbols in a cell. */
    static final int MAX_SYMBOLS = 4;

    private static final int STEP_MASK = (1 << SYMBOL_SHIFT) - 1;

    /** Cells of one symbol: the first 2 to the power of {@link #cellBits} of them. */
    private final char[] singles = new char[CELLS];

    private int cellBits;

    /**
     * The different cells of one symbol, as they follow each other; then symbols without a code.
     */
    private final char[] sorted = new char[256];

    /** How many symbols have a code. */
    private int codes;

    /**
     * What may follow the first symbols of a cell, by the number of symbols, at most: cells for
     * fewer bits than 11, which begin at index 2 to the power of these.
     */
    private final int[][] tails = new int[MAX_SYMBOLS][CELLS];

    /** The symbols of each cell of up to four, then the step of each. */
    private final int[] multiples = new int[2 * CELLS];

    private boolean multiSymbol;

    /** By code length, how many codes there are; then the index in {@link #sorted} of the next. */
    private final int[] next = new int[CELL_BITS + 1];

    /**
     * Makes the table with one symbol in each cell.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     * @param narrow whether cells are for as many bits as the longest code has, rather than 11
     */
    void set(byte[] lengths, boolean narrow) {
        multiSymbol = false;
        int symbols = lengths.length;
        while (lengths[symbols - 1] == 0) {
            symbols--;
        }
        Arrays.fill(next, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            next[lengths[symbol]]++;
        }
        cellBits = CELL_BITS;
        while (narrow && next[cellBits] == 0) {
            cellBits--;
        }
        int before = 0;
        for (int length = cellBits; length >= 0; length--) { // longer codes come first
            int count = next[length];
            next[length] = before;
            before += count;
        }
        codes = next[0];
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[symbol];
            sorted[next[length]++] = (char) (symbol << SYMBOL_SHIFT | 1 << COUNT_SHIFT | length);
        }
        int cell = 0;
        int code = 0;
        for (int length = cellBits; length > 0; length--) {
            int count = 1 << (cellBits - length);
            for (; code < next[length]; code++) {
                Arrays.fill(singles, cell, cell + count, sorted[code]);
                cell += count;
            }
        }
    }

    /**
     * Makes the table with several symbols in each cell of 11 bits. Those that begin with the same
     * symbol follow each other, and go on with the cells for the bits behind it.
     */
    void buildMultiSymbol() {
        int shortest = sorted[codes - 1] & BITS_MASK;
        for (int symbols = 1; symbols < MAX_SYMBOLS; symbols++) {
            int mostBits = CELL_BITS - (MAX_SYMBOLS - symbols) * shortest;
            for (int bits = 0; bits <= mostBits; bits++) {
                buildTails(tails[symbols], tails[symbols - 1], bits);
            }
        }
        int[] behind = tails[MAX_SYMBOLS - 1];
        int cell = 0;
        for (int i = 0; i < codes; i++) {
            int first = sorted[i];
            int count = 1 << (CELL_BITS - (first & BITS_MASK));
            for (int j = 0; j < count; j++, cell++) {
                int tail = behind[count + j];
                multiples[cell] = (tail & ~STEP_MASK) | first >>> SYMBOL_SHIFT;
                multiples[cell + STEPS] = (tail & STEP_MASK) + (first & STEP_MASK);
            }
        }
        multiSymbol = true;
    }

    /** Makes the cells for so few bits, from those for even fewer that have a symbol less. */
    private void buildTails(int[] cells, int[] behind, int bits) {
        int from = 2 << bits;
        for (int i = codes - 1; i >= 0 && (sorted[i] & BITS_MASK) <= bits; i--) {
            int first = sorted[i];
            int count = 1 << (bits - (first & BITS_MASK));
            from -= count;
            for (int j = 0; j < count; j++) {
                int tail = behind[count + j];
                cells[from + j] = ((tail & ~STEP_MASK) << Byte.SIZE) + (tail & STEP_MASK) + first;
            }
        }
        Arrays.fill(cells, 1 << bits, from, 0); // codes that are longer
    }

    /** The bits that number a cell of one symbol. */
    int cellBits() {
        return cellBits;
    }

    /** Cells of one symbol. */
    char[] singles() {
        return singles;
    }

    /** Whether there are cells of several symbols. */
    boolean isMultiSymbol() {
        return multiSymbol;
    }

    /**
     * Cells of several symbols, up to four: for each its symbols, the first one lowest, and from
     * index {@link #STEPS} for each its step, the number of bits and above them that of symbols.
     */
    int[] multiples() {
        return multiples;
    }
}
