package io.github.huffhash.huffman;

/**
 * The best code with no length above {@link CodeLengths#MAX_LENGTH}, by package-merge: Larmore and
 * Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990.
 *
 * <p>There is a list for each length, in which every symbol is worth its count. Starting from the
 * greatest length, neighbours in a list are packed in pairs, and the packages are merged into the
 * next list. The 2n − 2 cheapest items of the last list make the code: a symbol's length is the
 * number of lists from which it was taken.
 *
 * <p>An instance belongs to one thread.
 */
final class LimitedLengths {
    private static final int LISTS = CodeLengths.MAX_LENGTH;
    private static final int MAX_ITEMS = 2 * 256;

    /** How many of the first items of each list are symbols, by the number of these items. */
    private final short[][] symbolsAmong = new short[LISTS][MAX_ITEMS + 1];

    private int[] items = new int[MAX_ITEMS];
    private int[] merged = new int[MAX_ITEMS];

    /**
     * Finds how many symbols have each length.
     *
     * @param sorted count·256 + symbol in ascending order
     * @param n how many symbols there are, from 2 to 256
     * @param numbers receives the number of symbols with each length
     */
    void count(int[] sorted, int n, int[] numbers) {
        int size = 0;
        for (int list = 0; list < LISTS; list++) {
            size = merge(sorted, n, size, symbolsAmong[list]);
        }
        int taken = 2 * n - 2;
        int length = 1;
        int symbols = symbolsAmong[LISTS - 1][taken];
        for (int list = LISTS - 1; list > 0; list--, length++) {
            taken = 2 * (taken - symbols); // each package is two items of the list before
            int longer = symbolsAmong[list - 1][taken];
            numbers[length] = symbols - longer;
            symbols = longer;
        }
        numbers[length] = symbols;
    }

    /** Merges the symbols with the packages of the last list, and returns the new list's size. */
    private int merge(int[] sorted, int n, int lastSize, short[] among) {
        int size = Math.min(n + lastSize / 2, 2 * n - 2);
        int symbol = 0;
        int pack = 0;
        for (int i = 0; i < size; i++) {
            int count = symbol < n ? sorted[symbol] >>> 8 : Integer.MAX_VALUE;
            int sum = pack + 1 < lastSize ? items[pack] + items[pack + 1] : Integer.MAX_VALUE;
            if (count <= sum) {
                merged[i] = count;
                symbol++;
            } else {
                merged[i] = sum;
                pack += 2;
            }
            among[i + 1] = (short) symbol;
        }
        int[] swap = items;
        items = merged;
        merged = swap;
        return size;
    }
}
