package io.github.huffhash.internal.huffman;

/** Counts symbols. An instance belongs to one thread. */
public final class Histogram {
    /**
     * The inner loop is called for this much: so often that the JVM soon sees that it is hot,
     * before it begins to replace it in the middle of a call.
     */
    private static final int SLICE_BYTES = 2048;

    /** For no more than this, it takes longer to clear four tables than they save. */
    private static final int SHORT_BYTES = 1024;

    private static final int[] NOTHING = new int[256];

    private final int[] first = new int[NOTHING.length];
    private final int[] second = new int[NOTHING.length];
    private final int[] third = new int[NOTHING.length];
    private final int[] fourth = new int[NOTHING.length];

    /**
     * Counts the symbols of {@code bytes[from]} to {@code bytes[from + length - 1]}.
     *
     * <p>Four interleaved tables: a run of one symbol does not wait for its own counter.
     *
     * @param counts receives how often each of the 256 symbols occurs
     */
    public void count(byte[] bytes, int from, int length, int[] counts) {
        if (length <= SHORT_BYTES) {
            clear(counts);
            countIn(counts, bytes, from, from + length);
            return;
        }
        clear(first);
        clear(second);
        clear(third);
        clear(fourth);
        int end = from + length;
        for (int left = length; left > 0; left -= SLICE_BYTES) {
            int start = end - left;
            count(bytes, start, start + Math.min(left, SLICE_BYTES));
        }
        for (int s = 0; s < NOTHING.length; s++) {
            counts[s] = first[s] + second[s] + third[s] + fourth[s];
        }
    }

    private static void clear(int[] table) {
        System.arraycopy(NOTHING, 0, table, 0, table.length); // fast before it is compiled too
    }

    private void count(byte[] bytes, int from, int to) {
        int[] a = first;
        int[] b = second;
        int[] c = third;
        int[] d = fourth;
        int i = from;
        for (; i < to - 7; i += 8) {
            a[bytes[i] & 0xFF]++;
            b[bytes[i + 1] & 0xFF]++;
            c[bytes[i + 2] & 0xFF]++;
            d[bytes[i + 3] & 0xFF]++;
            a[bytes[i + 4] & 0xFF]++;
            b[bytes[i + 5] & 0xFF]++;
            c[bytes[i + 6] & 0xFF]++;
            d[bytes[i + 7] & 0xFF]++;
        }
        countIn(a, bytes, i, to);
    }

    private static void countIn(int[] table, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            table[bytes[i] & 0xFF]++;
        }
    }
}
