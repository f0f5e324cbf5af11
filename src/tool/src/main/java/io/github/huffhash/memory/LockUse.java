package io.github.huffhash.memory;

/**
 * What taking a lock, or several, has cost.
 *
 * @param acquisitions requests that took it; a request counts by itself though others share its
 *     hold
 * @param holds how often it was really held: at admission one hold serves a block's first requests
 * @param contended how many holds found it taken
 * @param waitNanos how long these waited, together
 * @param longestWaitNanos the longest single wait
 */
public record LockUse(
        long acquisitions, long holds, long contended, long waitNanos, long longestWaitNanos) {
    /** Never taken. */
    public static final LockUse NONE = new LockUse(0, 0, 0, 0, 0);

    /** Of a hold that had to wait. */
    public long meanWaitNanos() {
        return waitNanos / Math.max(1, contended);
    }

    /** Both together. */
    public LockUse plus(LockUse other) {
        return new LockUse(
                acquisitions + other.acquisitions,
                holds + other.holds,
                contended + other.contended,
                waitNanos + other.waitNanos,
                Math.max(longestWaitNanos, other.longestWaitNanos));
    }

    /** What came after {@code before}; the longest wait is that of both. */
    public LockUse minus(LockUse before) {
        return new LockUse(
                acquisitions - before.acquisitions,
                holds - before.holds,
                contended - before.contended,
                waitNanos - before.waitNanos,
                longestWaitNanos);
    }
}
