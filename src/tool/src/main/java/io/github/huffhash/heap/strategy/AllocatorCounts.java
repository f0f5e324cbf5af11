package io.github.huffhash.heap.strategy;

/**
 * What one worker's allocator did, or those of several workers together.
 *
 * @param allocations requests served
 * @param failures requests answered with "no memory"
 * @param frees pieces given back
 * @param acquisitions how often a lock was taken
 * @param contended how many of these found the lock taken
 * @param waitNanos how long they waited, together
 * @param casRetries how often a compare-and-set was lost to another worker and done again
 * @param cacheHits requests served from what the worker had to itself
 * @param cacheMisses requests for which it had to go to what all share, and those that failed; hits
 *     and misses are 0 where there is no cache
 * @param fallbacks requests served by what lies behind the strategy proper
 * @param remoteFrees pieces freed through another worker's allocator than they came from, where the
 *     strategy knows
 */
public record AllocatorCounts(
        long allocations,
        long failures,
        long frees,
        long acquisitions,
        long contended,
        long waitNanos,
        long casRetries,
        long cacheHits,
        long cacheMisses,
        long fallbacks,
        long remoteFrees) {
    /** Nothing done. */
    public static final AllocatorCounts NONE = new AllocatorCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public AllocatorCounts plus(AllocatorCounts other) {
        return new AllocatorCounts(
                allocations + other.allocations,
                failures + other.failures,
                frees + other.frees,
                acquisitions + other.acquisitions,
                contended + other.contended,
                waitNanos + other.waitNanos,
                casRetries + other.casRetries,
                cacheHits + other.cacheHits,
                cacheMisses + other.cacheMisses,
                fallbacks + other.fallbacks,
                remoteFrees + other.remoteFrees);
    }

    /** What was done since {@code before}. */
    public AllocatorCounts minus(AllocatorCounts before) {
        return new AllocatorCounts(
                allocations - before.allocations,
                failures - before.failures,
                frees - before.frees,
                acquisitions - before.acquisitions,
                contended - before.contended,
                waitNanos - before.waitNanos,
                casRetries - before.casRetries,
                cacheHits - before.cacheHits,
                cacheMisses - before.cacheMisses,
                fallbacks - before.fallbacks,
                remoteFrees - before.remoteFrees);
    }

    /** The same without so many failures. */
    public AllocatorCounts withoutFailures(long number) {
        return minus(new AllocatorCounts(0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
