package io.github.huffhash.memory;

/**
 * What a heap still has to give to every thread.
 *
 * @param totalBytes all of it
 * @param largestBytes the largest piece in one
 */
public record FreeSpace(long totalBytes, long largestBytes) {
    /** Of a strategy without a heap of its own. */
    public static final FreeSpace NONE = new FreeSpace(0, 0);

    /** Two heaps next to each other, which no piece spans. */
    public FreeSpace plus(FreeSpace other) {
        return new FreeSpace(
                totalBytes + other.totalBytes, Math.max(largestBytes, other.largestBytes));
    }

    /** External fragmentation: the share of what is free that the largest request misses. */
    public double fragmentation() {
        return totalBytes == 0 ? 0 : 1 - (double) largestBytes / totalBytes;
    }
}
