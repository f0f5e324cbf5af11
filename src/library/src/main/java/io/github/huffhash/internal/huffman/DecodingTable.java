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
 * <p>The lowest byte of a cell, or of its step if it has several symbols, says how many bits its
 * codes have. A shift by it is a shift by them, since only the lowest 6 bits of a shift count
 * matter.
 *
 * <p>An instance belongs to one thread.
 */
final class DecodingTable {
    private static final int CELL_BITS = CanonicalCode.CELL_BITS;
    private static final int CELLS = CanonicalCode.CELLS;
    private static final int CELL_MASK = CELLS - 1;

    static final int BITS_MASK = 0xFF;

    /** In a cell of one symbol, the symbol is above the bits. */
    static final int SYMBOL_SHIFT = 8;

    /** By how much further than a cell's symbols its step is. */
    static final int STEPS = CELLS;

    /** In a step, the number of symbols is above the bits. */
    static final int COUNT_SHIFT = 8;

    /** While a cell is made, its symbols are above its step, the first one lowest. */
    private static final int SYMBOLS_SHIFT = 32;

    /** The most symbols in a cell. */
    static final int MAX_SYMBOLS = 4;

    private static final int ONE_SYMBOL = 1 << COUNT_SHIFT;
    private static final long STEP_MASK = (1L << SYMBOLS_SHIFT) - 1;

    /** Cells of one symbol: the first 2 to the power of {@link #cellBits} of them. */
    private final char[] singles = new char[CELLS];

    private int cellBits;

    /**
     * The different cells of one symbol, as they follow each other; then symbols without a code.
     */
    private final char[] sorted = new char[256];

    /** Cells of one symbol, and of up to two, as they are put together. */
    private final long[] wide = new long[CELLS];

    private final long[] pairs = new long[CELLS];

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
        int codes = 0;
        for (int length = cellBits; length >= 0; length--) { // longer codes come first
            int count = next[length];
            next[length] = codes;
            codes += count;
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[symbol];
            sorted[next[length]++] = (char) (symbol << SYMBOL_SHIFT | length);
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

    /** Makes the table with several symbols in each cell of 11 bits: pairs, then pairs of pairs. */
    void buildMultiSymbol() {
        for (int cell = 0; cell < CELLS; cell++) {
            int single = singles[cell];
            long symbol = (long) single >>> SYMBOL_SHIFT;
            wide[cell] = symbol << SYMBOLS_SHIFT | ONE_SYMBOL | (single & BITS_MASK);
        }
        for (int cell = 0; cell < CELLS; cell++) {
            long first = wide[cell];
            long second = wide[cell << first & CELL_MASK];
            pairs[cell] = fits(first, second) ? append(first, second, 1) : first;
        }
        for (int cell = 0; cell < CELLS; cell++) {
            long pair = pairs[cell];
            int behind = cell << pair & CELL_MASK;
            long second = fits(pair, pairs[behind]) ? pairs[behind] : wide[behind];
            // behind a single symbol nothing fits
            long all = fits(pair, second) ? append(pair, second, 2) : pair;
            multiples[cell] = (int) (all >>> SYMBOLS_SHIFT);
            multiples[cell + STEPS] = (int) all;
        }
        multiSymbol = true;
    }

    private static boolean fits(long cell, long next) {
        return (cell & BITS_MASK) + (next & BITS_MASK) <= CELL_BITS;
    }

    private static long append(long cell, long next, int count) {
        return cell
                + (next & STEP_MASK)
                + (next >>> SYMBOLS_SHIFT << (SYMBOLS_SHIFT + count * Byte.SIZE));
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
