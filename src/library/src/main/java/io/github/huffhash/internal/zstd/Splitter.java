package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.huffman.Histogram;

/**
 * Cuts a unit where its statistics change. Small pieces are joined as long as two neighbours take
 * fewer bits together than apart, tree descriptions included, the pair that gains most first.
 *
 * <p>An instance belongs to one thread.
 */
final class Splitter {
    /** Bytes of a piece; cuts are made between pieces only. */
    static final int PIECE_BYTES = 4096;

    /**
     * About how many bits a block takes besides its symbols: headers, jump table, ends of streams,
     * tree description. These values gave the smallest files on text, XML, machine code and tables.
     */
    private static final int BLOCK_BITS = 224;

    private static final int BITS_PER_SYMBOL = 3;

    /** Bits of a block that repeats one byte. */
    private static final int RLE_BITS = 32;

    /**
     * Costs are estimated in fixed point, without floating point at run time: the same everywhere.
     * They are multiples of 2 to the power of minus this many bits.
     */
    private static final int FRACTION_BITS = 11;

    private static final int MANTISSA_BITS = 11;

    /** The logarithm of 1 + i / 2¹¹, in fixed point. */
    private static final short[] LOG2 = new short[1 << MANTISSA_BITS];

    /** c·log2 c for small counts c, in fixed point. */
    private static final int[] SMALL = new int[1024];

    static {
        double log2 = StrictMath.log(2);
        for (int i = 0; i < LOG2.length; i++) {
            double x = 1 + (double) i / (1 << MANTISSA_BITS);
            LOG2[i] = (short) Math.round(StrictMath.log(x) / log2 * (1 << FRACTION_BITS));
        }
        for (int c = 1; c < SMALL.length; c++) {
            SMALL[c] = (int) Math.round(c * StrictMath.log(c) / log2 * (1 << FRACTION_BITS));
        }
    }

    /** Bits of the header of a raw block, in fixed point. */
    private static final long RAW_BITS = 24L << FRACTION_BITS;

    private static final int SYMBOLS = 256;

    private static final int[] NOTHING = new int[SYMBOLS];

    /** The symbols that occur in the unit, so that no time is spent on the others. */
    private final int[] used = new int[SYMBOLS];

    private int usedCount;

    private final Histogram histogram = new Histogram();
    private final int[][] counts = new int[Limits.MAX_BLOCK_BYTES / PIECE_BYTES][SYMBOLS];
    private final int[] ends = new int[counts.length];
    private final long[] costs = new long[counts.length];

    /** What joining a segment with the next one gains. */
    private final long[] gains = new long[counts.length];

    /**
     * Cuts {@code source[from]} to {@code source[from + length - 1]}.
     *
     * @param length from 1 to {@link Limits#MAX_BLOCK_BYTES}
     * @return how many segments there are now
     */
    int split(byte[] source, int from, int length) {
        int n = (length + PIECE_BYTES - 1) / PIECE_BYTES;
        for (int i = 0; i < n; i++) {
            int start = from + i * PIECE_BYTES;
            ends[i] = start + Math.min(PIECE_BYTES, from + length - start);
            histogram.count(source, start, ends[i] - start, counts[i]);
        }
        findUsed(n);
        for (int i = 0; i < n; i++) {
            costs[i] = cost(counts[i], NOTHING);
        }
        for (int i = 0; i < n - 1; i++) {
            gains[i] = gain(i);
        }
        while (n > 1) {
            int best = 0;
            for (int i = 1; i < n - 1; i++) {
                if (gains[i] > gains[best]) {
                    best = i;
                }
            }
            if (gains[best] <= 0) {
                break;
            }
            join(best, n--);
            if (best < n - 1) {
                gains[best] = gain(best);
            }
            if (best > 0) {
                gains[best - 1] = gain(best - 1);
            }
        }
        return n;
    }

    private void findUsed(int pieces) {
        int[] any = new int[SYMBOLS];
        for (int i = 0; i < pieces; i++) {
            int[] piece = counts[i];
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                any[symbol] |= piece[symbol];
            }
        }
        usedCount = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (any[symbol] != 0) {
                used[usedCount++] = symbol;
            }
        }
    }

    /** The index in the source behind a segment. */
    int end(int segment) {
        return ends[segment];
    }

    /** How often each symbol occurs in a segment. */
    int[] counts(int segment) {
        return counts[segment];
    }

    private long gain(int left) {
        return costs[left] + costs[left + 1] - cost(counts[left], counts[left + 1]);
    }

    /** Makes one of the segments {@code left} and {@code left + 1} of {@code n}. */
    private void join(int left, int n) {
        int[] joined = counts[left];
        int[] free = counts[left + 1];
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            joined[symbol] += free[symbol];
        }
        costs[left] += costs[left + 1] - gains[left];
        ends[left] = ends[left + 1];
        int moved = n - left - 2;
        System.arraycopy(counts, left + 2, counts, left + 1, moved);
        System.arraycopy(ends, left + 2, ends, left + 1, moved);
        System.arraycopy(costs, left + 2, costs, left + 1, moved);
        System.arraycopy(gains, left + 2, gains, left + 1, moved);
        counts[n - 1] = free;
    }

    /** About how many bits a block with both these counts takes, in fixed point. */
    private long cost(int[] a, int[] b) {
        int total = 0;
        int occurring = 0;
        long sum = 0;
        for (int i = 0; i < usedCount; i++) {
            int symbol = used[i];
            int count = a[symbol] + b[symbol];
            total += count;
            occurring += -count >>> 31;
            sum += cLogC(count);
        }
        return cost(total, occurring, sum);
    }

    /** About how many bits a block with these counts takes, in fixed point. */
    static long cost(int[] counts) {
        int total = 0;
        int occurring = 0;
        long sum = 0;
        for (int count : counts) {
            total += count;
            occurring += -count >>> 31;
            sum += cLogC(count);
        }
        return cost(total, occurring, sum);
    }

    private static long cost(int total, int occurring, long sum) {
        if (occurring == 1) {
            return (long) RLE_BITS << FRACTION_BITS;
        }
        long coded = cLogC(total) - sum;
        long overhead = (BLOCK_BITS + (long) BITS_PER_SYMBOL * occurring) << FRACTION_BITS;
        long raw = ((8L * total) << FRACTION_BITS) + RAW_BITS;
        return Math.min(coded + overhead, raw);
    }

    /** c·log2 c in fixed point. */
    private static long cLogC(int c) {
        if (c < SMALL.length) {
            return SMALL[c];
        }
        int zeros = Integer.numberOfLeadingZeros(c);
        int mantissa = (c << (zeros + 1)) >>> (Integer.SIZE - MANTISSA_BITS);
        return (long) c * (((31 - zeros) << FRACTION_BITS) + LOG2[mantissa]);
    }
}
