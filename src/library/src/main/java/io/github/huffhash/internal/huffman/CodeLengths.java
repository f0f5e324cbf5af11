package io.github.huffhash.internal.huffman;

import java.util.Arrays;

/**
 * Lengths of a Huffman code with no code longer than {@value #MAX_LENGTH} bits.
 *
 * <p>The lengths are a function of the counts alone. Symbols are sorted by (count, symbol), so
 * their lengths fall along that order, and it is enough to know how many symbols have each length:
 * those of the unlimited code, after Moffat and Katajainen, "In-place calculation of
 * minimum-redundancy codes", 1995, or, where that has longer codes, of the best limited one.
 *
 * <p>An instance belongs to one thread.
 */
public final class CodeLengths {
    /** No code is longer, in bits (RFC 8878, section 4.2.1). */
    public static final int MAX_LENGTH = 11;

    private static final int SYMBOLS = 256;
    private static final int DIGIT_BITS = 7;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /** One entry a symbol, count·256 + symbol, in ascending order. */
    private int[] sorted = new int[SYMBOLS];

    private int[] unsorted = new int[SYMBOLS];
    private final int[] places = new int[DIGITS];
    private final int[] nodes = new int[SYMBOLS];

    /** How many symbols have each length. */
    private final int[] numbers = new int[MAX_LENGTH + 1];

    /**
     * Finds the code lengths for these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together less than 2²³; at least two
     *     symbols do occur
     * @param lengths receives the code length of each of the 256 symbols, 0 for those that do not
     *     occur
     */
    public void build(int[] counts, byte[] lengths) {
        int n = sort(counts);
        countLengths(n);
        limit();
        Arrays.fill(lengths, (byte) 0);
        int next = n;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            for (int k = numbers[length]; k > 0; k--) {
                lengths[sorted[--next] & 0xFF] = (byte) length;
            }
        }
    }

    /**
     * The bits that the code takes for what was counted, had it no limit: the least that any code
     * of one symbol at a time takes.
     *
     * @param counts how often each of the 256 symbols occurs, together less than 2²³
     */
    public long unlimitedCost(int[] counts) {
        int n = sort(counts);
        return n < 2 ? 0 : mergeAll(n);
    }

    /**
     * The canonical code of these counts, as people read it.
     *
     * @param counts as for {@link #build}, but any number of symbols may occur
     * @return the code word of each of the 256 symbols in zeros and ones, empty for those without
     */
    public String[] words(int[] counts) {
        var words = new String[SYMBOLS];
        Arrays.fill(words, "");
        if (sort(counts) > 1) {
            var lengths = new byte[SYMBOLS];
            build(counts, lengths);
            var order = new int[SYMBOLS];
            int count = CanonicalCode.order(lengths, order);
            int cell = CanonicalCode.CELLS;
            for (int i = 0; i < count; i++) {
                int length = lengths[order[i]];
                // a leading one keeps the zeros
                words[order[i]] = Integer.toBinaryString(cell).substring(1, 1 + length);
                cell += CanonicalCode.CELLS >>> length;
            }
        }
        return words;
    }

    /** Radix sort by count; it is stable, so that equal counts stay in the order of symbols. */
    private int sort(int[] counts) {
        int n = 0;
        int all = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (counts[symbol] > 0) {
                sorted[n++] = counts[symbol] << 8 | symbol;
                all |= counts[symbol];
            }
        }
        for (int shift = 8; all != 0; shift += DIGIT_BITS, all >>>= DIGIT_BITS) {
            Arrays.fill(places, 0);
            for (int i = 0; i < n; i++) {
                places[(sorted[i] >>> shift) & (DIGITS - 1)]++;
            }
            int place = 0;
            for (int digit = 0; digit < DIGITS; digit++) {
                int number = places[digit];
                places[digit] = place;
                place += number;
            }
            for (int i = 0; i < n; i++) {
                unsorted[places[(sorted[i] >>> shift) & (DIGITS - 1)]++] = sorted[i];
            }
            int[] swap = sorted;
            sorted = unsorted;
            unsorted = swap;
        }
        return n;
    }

    /**
     * Merges the two lightest nodes until one is left.
     *
     * @return the sum of all internal nodes' weights
     */
    private long mergeAll(int n) {
        int[] a = nodes;
        for (int i = 0; i < n; i++) {
            a[i] = sorted[i] >>> 8;
        }
        // from left to right: a[next] becomes an internal node's weight, then its parent's index
        int leaf = 0;
        int root = 0;
        long cost = 0;
        for (int next = 0; next < n - 1; next++) {
            int weight = 0;
            for (int child = 0; child < 2; child++) {
                if (leaf >= n || (root < next && a[root] < a[leaf])) {
                    weight += a[root];
                    a[root++] = next;
                } else {
                    weight += a[leaf++];
                }
            }
            a[next] = weight;
            cost += weight;
        }
        return cost;
    }

    /** Counts the lengths of the unlimited code; those beyond the limit count as the limit. */
    private void countLengths(int n) {
        mergeAll(n);
        int[] a = nodes;
        // from right to left: parents' indices become depths
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) {
            a[next] = a[a[next]] + 1;
        }
        // of the nodes on each level, those that are not internal are leaves
        Arrays.fill(numbers, 0);
        int level = 1;
        int internal = n - 2;
        for (int depth = 0; level > 0; depth++) {
            int used = 0;
            while (internal >= 0 && a[internal] == depth) {
                used++;
                internal--;
            }
            numbers[Math.min(depth, MAX_LENGTH)] += level - used;
            level = 2 * used;
        }
    }

    /**
     * Makes a complete code of lengths some of which were cut to the limit. In units of the longest
     * code's share too much is taken: symbols for which that costs least give some back by a bit
     * more each. If that was too much in the end, others get it for a bit less.
     */
    private void limit() {
        int excess = -(1 << MAX_LENGTH);
        for (int length = 1; length <= MAX_LENGTH; length++) {
            excess += numbers[length] << (MAX_LENGTH - length);
        }
        while (excess > 0) {
            int length = cheapestToLengthen(excess);
            numbers[length]--;
            numbers[length + 1]++;
            excess -= 1 << (MAX_LENGTH - 1 - length);
        }
        for (int length = 2; excess < 0; length++) {
            int share = 1 << (MAX_LENGTH - length);
            int shorter = Math.min(numbers[length], -excess / share);
            numbers[length] -= shorter;
            numbers[length - 1] += shorter;
            excess += shorter * share;
        }
    }

    /** The length whose rarest symbol has the lowest count for what a bit more gives back. */
    private int cheapestToLengthen(int excess) {
        int cheapest = 0;
        long least = Long.MAX_VALUE;
        int rarest = numbers[MAX_LENGTH]; // index of the length's rarest symbol
        for (int length = MAX_LENGTH - 1; length > 0; length--) {
            if (numbers[length] > 0) {
                int given = Math.min(excess, 1 << (MAX_LENGTH - 1 - length));
                long cost = ((long) (sorted[rarest] >>> 8) << MAX_LENGTH) / given;
                if (cost < least) {
                    least = cost;
                    cheapest = length;
                }
                rarest += numbers[length];
            }
        }
        return cheapest;
    }
}
