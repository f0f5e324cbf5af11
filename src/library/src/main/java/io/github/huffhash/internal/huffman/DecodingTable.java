package io.github.huffhash.internal.huffman;

import java.util.Arrays;

/**
 * What comes next in a stream, for each sequence of 11 bits it may go on with: a cell for each (RFC
 * 8878, section 4.2.1.3), with one symbol or as many as the 11 bits hold, but no more than four.
 *
 * <p>Behind a symbol's code of l bits anything may follow, so what its 2¹¹⁻ˡ cells decode to is the
 * symbol and then, in order, what all sequences of 11 - l bits decode to. A table of these tails is
 * made for each number of bits from those of fewer bits.
 *
 * <p>An instance belongs to one thread.
 */
final class DecodingTable {
    private static final int CELL_BITS = CanonicalCode.CELL_BITS;
    private static final int CELLS = CanonicalCode.CELLS;

    /** In a step, the bits of all the cell's codes are below this, the number of symbols above. */
    static final int STEP_SYMBOLS_SHIFT = 8;

    static final int STEP_BITS_MASK = (1 << STEP_SYMBOLS_SHIFT) - 1;

    private static final int ONE_SYMBOL = 1 << STEP_SYMBOLS_SHIFT;

    // The step of a tail, while tails are built: in bits 0 to 15 the bits of its first code, of
    // its first two, three and four, where those it does not have count nothing; from bit 16 on,
    // how many codes it has.
    private static final int EACH_SUM = 0x1111;
    private static final int SUMS = 0xFFFF;
    private static final int LAST_SUM_SHIFT = 12;
    private static final int COUNT_SHIFT = 16;
    private static final int ONE_CODE = 1 << COUNT_SHIFT;
    private static final int FOUR_CODES = 4 << COUNT_SHIFT;

    /** What r bits decode to is at indices 2ʳ to 2ʳ⁺¹ - 1: the cells are at 2¹¹ and behind. */
    private final int[] symbols = new int[2 * CELLS];

    private final int[] steps = new int[2 * CELLS];
    private int maxSymbols;

    private final byte[] lengths = new byte[256];

    /** The symbols that have a code, in the order of their cells. */
    private final int[] order = new int[256];

    private int orderCount;

    /**
     * Makes the table with one symbol in each cell.
     *
     * @param codeLengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with no length above {@link CodeLengths#MAX_LENGTH}
     */
    void set(byte[] codeLengths) {
        System.arraycopy(codeLengths, 0, lengths, 0, lengths.length);
        maxSymbols = 1;
        orderCount = CanonicalCode.order(lengths, order);
        int cell = CELLS;
        for (int i = 0; i < orderCount; i++) {
            int symbol = order[i];
            int length = orderedLength(i);
            int step = ONE_SYMBOL | length;
            for (int end = cell + (CELLS >>> length); cell < end; cell++) {
                symbols[cell] = symbol;
                steps[cell] = step;
            }
        }
    }

    private int orderedLength(int i) {
        return lengths[order[i]];
    }

    /** Puts as many symbols into each cell as its bits hold, but no more than four. */
    void buildMultiSymbol() {
        maxSymbols = 4;
        symbols[1] = 0;
        steps[1] = 0;
        int longestTail = CELL_BITS - orderedLength(orderCount - 1);
        int first = orderCount;
        for (int bits = 1; bits <= longestTail; bits++) {
            while (first > 0 && orderedLength(first - 1) <= bits) {
                first--;
            }
            buildTails(bits, first);
        }
        buildTails(CELL_BITS, 0);
        for (int cell = CELLS; cell < 2 * CELLS; cell++) {
            int tail = steps[cell];
            steps[cell] =
                    (tail & SUMS) >>> LAST_SUM_SHIFT | tail >>> COUNT_SHIFT << STEP_SYMBOLS_SHIFT;
        }
    }

    /**
     * Finds what each sequence of some bits decodes to.
     *
     * @param first the first code in order that is not longer
     */
    private void buildTails(int bits, int first) {
        int at = 2 << bits;
        for (int i = orderCount; i > first; i--) {
            int tails = 1 << (bits - orderedLength(i - 1));
            at -= tails;
            prepend(i - 1, tails, at);
        }
        // longer codes come before: not even one symbol
        Arrays.fill(symbols, 1 << bits, at, 0);
        Arrays.fill(steps, 1 << bits, at, 0);
    }

    /**
     * Writes what the i-th code decodes to with each tail behind it.
     *
     * @param tails how many tails there are, which is also the index of the first
     */
    private void prepend(int i, int tails, int at) {
        int symbol = order[i];
        int code = orderedLength(i) * EACH_SUM + ONE_CODE;
        for (int k = 0; k < tails; k++) {
            symbols[at + k] = symbol | symbols[tails + k] << 8;
            int tail = steps[tails + k];
            int counted = tail & ~SUMS; // of four codes the last is dropped
            steps[at + k] = code + counted - (counted & FOUR_CODES) / 4 + (tail << 4 & SUMS);
        }
    }

    /** The most symbols in a cell. */
    int maxSymbols() {
        return maxSymbols;
    }

    /**
     * The symbols of each cell, the first one in the lowest byte.
     *
     * @param target receives {@link CanonicalCode#CELLS} numbers
     */
    void copySymbols(int[] target) {
        System.arraycopy(symbols, CELLS, target, 0, CELLS);
    }

    /**
     * How many bits and symbols each cell decodes; see {@link #STEP_SYMBOLS_SHIFT}.
     *
     * @param target receives {@link CanonicalCode#CELLS} numbers
     */
    void copySteps(int[] target) {
        System.arraycopy(steps, CELLS, target, 0, CELLS);
    }

    /** The symbols of one cell. */
    int symbols(int cell) {
        return symbols[CELLS + cell];
    }

    /** How many bits and symbols one cell decodes. */
    int step(int cell) {
        return steps[CELLS + cell];
    }

    /** The code length of each of the 256 symbols. */
    byte[] lengths() {
        return lengths;
    }
}
