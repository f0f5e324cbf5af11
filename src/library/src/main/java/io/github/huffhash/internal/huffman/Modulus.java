package io.github.huffhash.internal.huffman;

/** Arithmetic modulo the Mersenne prime 2³¹ − 1, in which all signatures are taken. */
public final class Modulus {
    /** 2³¹ − 1. */
    public static final int P = Integer.MAX_VALUE;

    private Modulus() {}

    /**
     * {@code x} mod P without a division: 2³¹ ≡ 1, so the high bits are added to the low ones.
     *
     * @param x from 0 to 2⁶³ − 1
     */
    public static long reduce(long x) {
        long folded = fold(fold(x));
        return folded >= P ? folded - P : folded;
    }

    private static long fold(long x) {
        return (x & P) + (x >>> 31);
    }
}
