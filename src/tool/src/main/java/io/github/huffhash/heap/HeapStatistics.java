package io.github.huffhash.heap;

/**
 * What an allocator did, or several together.
 *
 * @param allocations requests served, wherever from
 * @param frees pieces given back
 * @param lockAcquisitions how often the heap's lock was taken: once a request and once a free that
 *     reach the shared heap
 * @param contendedAcquisitions how many of these found the lock taken
 * @param lockWaitNanos how long they waited, together
 * @param liveBytes bytes in use now, headers included
 * @param peakBytes the most bytes in use at once, headers and pools included
 * @param poolAllocations requests served by a pool, without lock
 * @param poolFallbacks requests that did not fit their pool and went to the shared heap
 */
public record HeapStatistics(
        long allocations,
        long frees,
        long lockAcquisitions,
        long contendedAcquisitions,
        long lockWaitNanos,
        long liveBytes,
        long peakBytes,
        long poolAllocations,
        long poolFallbacks) {

    /** Nothing done. */
    public static final HeapStatistics NONE = new HeapStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The work of two workers on one heap together: bytes in use belong to the heap and are not
     * added.
     */
    public HeapStatistics plus(HeapStatistics other) {
        return new HeapStatistics(
                allocations + other.allocations,
                frees + other.frees,
                lockAcquisitions + other.lockAcquisitions,
                contendedAcquisitions + other.contendedAcquisitions,
                lockWaitNanos + other.lockWaitNanos,
                Math.max(liveBytes, other.liveBytes),
                Math.max(peakBytes, other.peakBytes),
                poolAllocations + other.poolAllocations,
                poolFallbacks + other.poolFallbacks);
    }

    /** The same with {@code bytes} more in use at the peak. */
    public HeapStatistics plusPeak(long bytes) {
        return new HeapStatistics(
                allocations,
                frees,
                lockAcquisitions,
                contendedAcquisitions,
                lockWaitNanos,
                liveBytes,
                peakBytes + bytes,
                poolAllocations,
                poolFallbacks);
    }
}
