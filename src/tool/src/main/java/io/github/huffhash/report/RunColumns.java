package io.github.huffhash.report;

import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.Optional;

/** The columns of a run. Apart from {@link RunReport}, because most runs print none. */
public final class RunColumns {
    private RunColumns() {}

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
                    .with("meanWaitNanos", RunReport::meanWaitNanos)
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

    /** What each thread or worker process did. */
    private static final Table<WorkerStatistics> WORKERS =
            new Table<WorkerStatistics>()
                    .with("blocks", WorkerStatistics::blocks)
                    .with(LOCK.on(WorkerStatistics::lock))
                    .with("queueNanos", WorkerStatistics::queueNanos)
                    .with("coreNanos", WorkerStatistics::coreNanos)
                    .with("lifetimeNanos", WorkerStatistics::lifetimeNanos)
                    .with("cpuNanos", WorkerStatistics::cpuNanos);

    /** All columns of a run but those that are lists. */
    static final Table<RunReport> FIGURES =
            new Table<RunReport>()
                    .with("file", RunReport::file)
                    .with("mode", run -> run.mode().label())
                    .shown("", "mode", "%-9s")
                    .with("workers", run -> run.statistics().workers())
                    .shown("", "workers", "%,7d")
                    .with("bytes", run -> run.statistics().bytes())
                    .with("blocks", run -> run.statistics().blocks())
                    .with("blockSize", RunReport::blockSize)
                    .with("signature", RunReport::signature)
                    .shown("", "signature", "%s")
                    .with("wallNanos", RunReport::wallNanos)
                    .shown("wall time", "ms", "%9s", run -> Format.decimal(run.wallNanos() / 1e6))
                    .with("startNanos", run -> run.statistics().startNanos())
                    .with("cpuNanos", RunReport::cpuNanos)
                    .with("waitingShare", RunReport::waitingShare)
                    .shown("waiting", "%", "%7.1f", 100)
                    .with(LOCK.on((RunReport run) -> run.heap().lock()).shownIf(RunReport::hasLock))
                    .with("lockHeldShare", RunReport::lockHeldShare)
                    .shown("held", "%", "%6.1f", 100)
                    .with("heapPeakBytes", run -> run.statistics().heapPeakBytes())
                    .shown("heap peak", "KiB", "%9s", RunColumns::heapPeak)
                    .with("allocations", run -> run.heap().allocations())
                    .with("stepsWalked", run -> run.heap().stepsWalked())
                    .shown("steps a", "request", "%,8.1f", RunReport::stepsPerRequest)
                    .with("poolAllocations", run -> run.heap().cacheHits())
                    .with("poolFallbacks", run -> run.heap().cacheMisses())
                    .with(MEMORY.on(RunReport::usage))
                    .absentAs(0.0);

    static final Table<RunReport> ALL =
            FIGURES.with("perWorker", run -> WORKERS.jsonArray(run.statistics().perWorker()));

    private static Optional<String> heapPeak(RunReport run) {
        return Optional.of(Format.decimal(run.statistics().heapPeakBytes() / 1024.0))
                .filter(_ -> run.mode() != Mode.FAST);
    }
}
