package io.github.huffhash.memory;

/**
 * What one thread's allocator did, or those of several threads together.
 *
 * @param allocations requests served
 * @param failures requests answered with "no memory"
 * @param frees pieces given back
 * @param lockAcquisitions how often a lock was taken
 * @param contendedAcquisitions how many of these found the lock taken
 * @param lockWaitNanos how long they waited, together
 * @param casRetries how often a compare-and-set was lost to another thread and done again
 * @param cacheHits requests served from memory that the thread has to itself: a pool or a cache
 * @param cacheMisses requests for which it had to go to what all share, and those that failed; hits
 *     and misses are 0 where there is no cache
 * @param fallbacks requests served by what lies behind the strategy proper
 * @param remoteFrees pieces freed through another thread's allocator than they came from, where the
 *     strategy knows
 */
public record Counters(
        long allocations,
        long failures,
        long frees,
        long lockAcquisitions,
        long contendedAcquisitions,
        long lockWaitNanos,
        long casRetries,
        long cacheHits,
        long cacheMisses,
        long fallbacks,
        long remoteFrees) {
    /** Nothing done. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counters plus(Counters other) {
        return new Counters(
                allocations + other.allocations,
                failures + other.failures,
                frees + other.frees,
                lockAcquisitions + other.lockAcquisitions,
                contendedAcquisitions + other.contendedAcquisitions,
                lockWaitNanos + other.lockWaitNanos,
                casRetries + other.casRetries,
                cacheHits + other.cacheHits,
                cacheMisses + other.cacheMisses,
                fallbacks + other.fallbacks,
                remoteFrees + other.remoteFrees);
    }

    /** What was done since {@code before}. */
    public Counters minus(Counters before) {
        return new Counters(
                allocations - before.allocations,
                failures - before.failures,
                frees - before.frees,
                lockAcquisitions - before.lockAcquisitions,
                contendedAcquisitions - before.contendedAcquisitions,
                lockWaitNanos - before.lockWaitNanos,
                casRetries - before.casRetries,
                cacheHits - before.cacheHits,
                cacheMisses - before.cacheMisses,
                fallbacks - before.fallbacks,
                remoteFrees - before.remoteFrees);
    }

    /** The same without so many failures. */
    public Counters withoutFailures(long number) {
        return minus(new Counters(0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
