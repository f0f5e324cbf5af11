package io.github.huffhash.huffman;

/** Counts symbols. An instance belongs to one thread. */
public final class Histogram {
    /**
     * The inner loop is called for this much: so often that the JVM soon sees that it is hot,
     * before it begins to replace it in the middle of a call.
     */
    private static final int SLICE_BYTES = 2048;

    private static final int[] NOTHING = new int[1024];

    private final int[] quarters = new int[NOTHING.length];

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
        System.arraycopy(NOTHING, 0, quarters, 0, NOTHING.length); // fast before it is compiled too
        int end = from + length;
        for (int i = from; i < end; i += SLICE_BYTES) {
            count(bytes, i, Math.min(end, i + SLICE_BYTES));
        }
        add(counts);
    }

    private void count(byte[] bytes, int from, int to) {
        int[] q = quarters;
        int i = from;
        for (; i < to - 7; i += 8) {
            q[bytes[i] & 0xFF]++;
            q[256 + (bytes[i + 1] & 0xFF)]++;
            q[512 + (bytes[i + 2] & 0xFF)]++;
            q[768 + (bytes[i + 3] & 0xFF)]++;
            q[bytes[i + 4] & 0xFF]++;
            q[256 + (bytes[i + 5] & 0xFF)]++;
            q[512 + (bytes[i + 6] & 0xFF)]++;
            q[768 + (bytes[i + 7] & 0xFF)]++;
        }
        for (; i < to; i++) {
            q[bytes[i] & 0xFF]++;
        }
    }

    private void add(int[] counts) {
        int[] q = quarters;
        for (int s = 0; s < 256; s++) {
            counts[s] = q[s] + q[256 + s] + q[512 + s] + q[768 + s];
        }
    }
}
