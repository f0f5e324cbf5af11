package io.github.huffhash.huffman;

import java.util.Arrays;

/** Counts symbols. An instance belongs to one thread. */
public final class Histogram {
    private final int[] quarters = new int[1024];

    /** Makes a histogram with scratch memory of its own. */
    public Histogram() {}

    /**
     * Counts the symbols of {@code bytes[from]} to {@code bytes[from + length - 1]}.
     *
     * <p>Four interleaved tables: a run of one symbol does not wait for its own counter.
     *
     * @param counts receives how often each of the 256 symbols occurs
     */
    public void count(byte[] bytes, int from, int length, int[] counts) {
        int[] q = quarters;
        Arrays.fill(q, 0);
        int end = from + length;
        int i = from;
        for (; i < end - 3; i += 4) {
            q[bytes[i] & 0xFF]++;
            q[256 + (bytes[i + 1] & 0xFF)]++;
            q[512 + (bytes[i + 2] & 0xFF)]++;
            q[768 + (bytes[i + 3] & 0xFF)]++;
        }
        for (; i < end; i++) {
            q[bytes[i] & 0xFF]++;
        }
        for (int s = 0; s < 256; s++) {
            counts[s] = q[s] + q[256 + s] + q[512 + s] + q[768 + s];
        }
    }
}
