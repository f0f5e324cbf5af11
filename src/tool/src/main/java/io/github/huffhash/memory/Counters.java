package io.github.huffhash.memory;

/**
 * What one thread's allocator did, or those of several threads together.
 *
 * @param allocations requests served
 * @param failures requests answered with "no memory"
 * @param frees pieces given back
 * @param lock what the locks cost
 * @param casRetries how often a compare-and-set was lost to another thread and done again
 * @param cacheHits requests served from memory that the thread has to itself: a pool or a cache
 * @param cacheMisses requests for which it had to go to what all share, and those that failed; hits
 *     and misses are 0 where there is no cache
 * @param fallbacks requests served by what lies behind the strategy proper
 * @param remoteFrees pieces freed through another thread's allocator than they came from, where the
 *     strategy knows
 * @param stepsWalked free chunks looked at in first-fit lists, by requests and by frees that walk
 */
public record Counters(
        long allocations,
        long failures,
        long frees,
        LockUse lock,
        long casRetries,
        long cacheHits,
        long cacheMisses,
        long fallbacks,
        long remoteFrees,
        long stepsWalked) {
    /** Nothing done. */
    public static final Counters NONE = new Counters(0, 0, 0, LockUse.NONE, 0, 0, 0, 0, 0, 0);

    /** Requests that took a lock, see {@link LockUse}. */
    public long lockAcquisitions() {
        return lock.acquisitions();
    }

    /** Both together. */
    public Counters plus(Counters other) {
        return new Counters(
                allocations + other.allocations,
                failures + other.failures,
                frees + other.frees,
                lock.plus(other.lock),
                casRetries + other.casRetries,
                cacheHits + other.cacheHits,
                cacheMisses + other.cacheMisses,
                fallbacks + other.fallbacks,
                remoteFrees + other.remoteFrees,
                stepsWalked + other.stepsWalked);
    }

    /** What was done since {@code before}. */
    public Counters minus(Counters before) {
        return new Counters(
                allocations - before.allocations,
                failures - before.failures,
                frees - before.frees,
                lock.minus(before.lock),
                casRetries - before.casRetries,
                cacheHits - before.cacheHits,
                cacheMisses - before.cacheMisses,
                fallbacks - before.fallbacks,
                remoteFrees - before.remoteFrees,
                stepsWalked - before.stepsWalked);
    }

    /** The same without so many failures. */
    public Counters withoutFailures(long number) {
        return minus(new Counters(0, number, 0, LockUse.NONE, 0, 0, 0, 0, 0, 0));
    }

    /** The same with so many steps more. */
    public Counters withSteps(long number) {
        return plus(new Counters(0, 0, 0, LockUse.NONE, 0, 0, 0, 0, 0, number));
    }
}
