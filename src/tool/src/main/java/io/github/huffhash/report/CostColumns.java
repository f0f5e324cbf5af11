package io.github.huffhash.report;

import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.ProcessUsage;

/** What work has cost, in every table that has such columns. */
public final class CostColumns {
    /** What taking locks has cost. */
    public static final Table<LockUse> LOCK =
            new Table<LockUse>()
                    .with("lockAcquisitions", LockUse::acquisitions)
                    .shown("lock", "acquisitions", "%,13d")
                    .with("lockHolds", LockUse::holds)
                    .shown("lock", "holds", "%,13d")
                    .with("contendedAcquisitions", LockUse::contended)
                    .shown("contended", "holds", "%,11d")
                    .with("lockWaitNanos", LockUse::waitNanos)
                    .shown("lock wait", "ms", "%,9.1f", 1e-6)
                    .with("meanWaitNanos", CostColumns::meanWaitNanos)
                    .shown("mean wait", "µs", "%,9.1f", 1e-3)
                    .with("longestWaitNanos", LockUse::longestWaitNanos)
                    .shown("longest", "ms", "%,8.1f", 1e-6);

    /** Memory, as the system sees it. */
    public static final Table<ProcessUsage> MEMORY =
            new Table<ProcessUsage>()
                    .with("minorFaults", ProcessUsage::minorFaults)
                    .shown("page", "faults", "%,7d")
                    .with("majorFaults", ProcessUsage::majorFaults)
                    .with("residentGrowthBytes", ProcessUsage::residentBytes)
                    .shown("growth", "KiB", "%,8d", 1.0 / 1024);

    private CostColumns() {}

    static long meanWaitNanos(LockUse lock) {
        return lock.waitNanos() / Math.max(1, lock.contended());
    }
}
