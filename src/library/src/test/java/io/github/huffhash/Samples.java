package io.github.huffhash;

import java.util.Arrays;
import java.util.Random;

/** Inputs for tests. */
public final class Samples {
    private Samples() {}

    /**
     * Bytes of an alphabet, geometrically distributed: each symbol is {@code skew} times as
     * frequent as the next. Every symbol occurs if there is room.
     */
    public static byte[] skewed(Random random, int length, int alphabet, double skew) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int symbol =
                    skew <= 1
                            ? random.nextInt(alphabet)
                            : (int) (-Math.log(1 - random.nextDouble()) / Math.log(skew));
            bytes[i] = (byte) Math.floorMod(symbol, alphabet);
        }
        for (int symbol = 0; symbol < Math.min(alphabet, length); symbol++) {
            bytes[symbol * (length / Math.min(alphabet, length))] = (byte) symbol;
        }
        return bytes;
    }

    /** Symbol after symbol, as often as the Fibonacci numbers say, so that codes get long. */
    public static byte[] fibonacci(int symbols) {
        byte[] bytes = new byte[0];
        int count = 1;
        int next = 1;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int start = bytes.length;
            bytes = Arrays.copyOf(bytes, start + count);
            Arrays.fill(bytes, start, bytes.length, (byte) symbol);
            int sum = count + next;
            count = next;
            next = sum;
        }
        return bytes;
    }

    /** How often each symbol occurs. */
    public static int[] counts(byte[] bytes) {
        int[] counts = new int[256];
        for (byte symbol : bytes) {
            counts[symbol & 0xFF]++;
        }
        return counts;
    }
}
