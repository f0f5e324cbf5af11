package io.github.huffhash.report;

import io.github.huffhash.memory.LockUse;

/** What taking locks has cost, in every table that has locks. */
public final class LockColumns {
    /** The columns. */
    public static final Table<LockUse> ALL =
            new Table<LockUse>()
                    .with("lockAcquisitions", LockUse::acquisitions)
                    .shown("lock", "acquisitions", "%,13d")
                    .with("lockHolds", LockUse::holds)
                    .shown("lock", "holds", "%,13d")
                    .with("contendedAcquisitions", LockUse::contended)
                    .shown("contended", "holds", "%,11d")
                    .with("lockWaitNanos", LockUse::waitNanos)
                    .shown("lock wait", "ms", "%,9.1f", 1e-6)
                    .with("meanWaitNanos", LockColumns::meanWaitNanos)
                    .shown("mean wait", "µs", "%,9.1f", 1e-3)
                    .with("longestWaitNanos", LockUse::longestWaitNanos)
                    .shown("longest", "ms", "%,8.1f", 1e-6);

    private LockColumns() {}

    static long meanWaitNanos(LockUse lock) {
        return lock.waitNanos() / Math.max(1, lock.contended());
    }
}
