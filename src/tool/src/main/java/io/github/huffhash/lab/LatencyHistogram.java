package io.github.huffhash.lab;

/**
 * How long operations took: counts by time, in steps of a sixteenth of a power of two, so that a
 * percentile is at most 7 % too high. The idea is that of HdrHistogram (Tene).
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 4;
    private static final int SUBS = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUBS];
    private long total;
    private long max;

    void add(long nanos) {
        counts[index(nanos)]++;
        total++;
        max = Math.max(max, nanos);
    }

    void addAll(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        max = Math.max(max, other.max);
    }

    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << SUB_BITS) + (int) (nanos >> shift);
    }

    private static long highest(int index) {
        int shift = Math.max(0, (index >> SUB_BITS) - 1);
        return ((index - ((long) shift << SUB_BITS) + 1) << shift) - 1;
    }

    /** The time that so many of a hundred did not exceed; 0 if there were none. */
    long percentile(double percent) {
        long wanted = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(max, highest(i));
            }
        }
        return max;
    }

    long max() {
        return max;
    }
}
