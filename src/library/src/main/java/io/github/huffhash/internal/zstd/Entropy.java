package io.github.huffhash.internal.zstd;

/**
 * Estimates from counts how many bits a piece of input takes, in fixed point and without floating
 * point at run time: the same everywhere.
 */
final class Entropy {
    /** Results are multiples of 2 to the power of minus this many bits. */
    static final int FRACTION_BITS = 11;

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

    private Entropy() {}

    /** c·log2 c in fixed point. */
    static long cLogC(int c) {
        if (c < SMALL.length) {
            return SMALL[c];
        }
        int zeros = Integer.numberOfLeadingZeros(c);
        int mantissa = (c << (zeros + 1)) >>> (Integer.SIZE - MANTISSA_BITS);
        return (long) c * (((31 - zeros) << FRACTION_BITS) + LOG2[mantissa]);
    }
}
