package io.github.huffhash.run;

import java.util.Random;

/** Inputs made on the spot. */
public final class TestBytes {
    private TestBytes() {}

    /** The uniform fixture of this size: the seed is the size. */
    public static byte[] uniform(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The skewed fixture of this size: 64 symbols, the smallest of three draws. */
    public static byte[] skewed(int size) {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int draw = random.nextInt(64);
            draw = Math.min(draw, Math.min(random.nextInt(64), random.nextInt(64)));
            bytes[i] = (byte) (32 + draw);
        }
        return bytes;
    }

    /**
     * Random bytes, in stretches with alphabets of their own so that blocks differ in their number
     * of symbols.
     */
    static byte[] random(Random random, int size) {
        byte[] bytes = new byte[size];
        int symbols = 1;
        for (int i = 0; i < size; i++) {
            if (i % 500 == 0) {
                symbols = 1 + random.nextInt(1 + random.nextInt(256));
            }
            bytes[i] = (byte) (37 * random.nextInt(symbols));
        }
        return bytes;
    }
}
