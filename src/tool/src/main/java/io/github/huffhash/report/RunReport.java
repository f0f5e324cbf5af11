package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import io.github.huffhash.run.SignatureWork;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One run of one mode on one file: its signature and its costs.
 *
 * @param file the file's name as the user gave it
 * @param mode the mode
 * @param blockSize bytes of a block
 * @param signature the final signature
 * @param wallNanos time from opening the file to the last result
 * @param cpuNanos processor time of all threads in that time
 * @param statistics the counters of the run
 * @param usage page faults and growth of memory in that time
 */
public record RunReport(
        String file,
        Mode mode,
        int blockSize,
        long signature,
        long wallNanos,
        long cpuNanos,
        RunStatistics statistics,
        ProcessUsage usage) {

    /** The counters of the heap. */
    public Counters heap() {
        return statistics.heap();
    }

    /** Throughput in 10⁶ bytes a second. */
    public double megabytesPerSecond() {
        return statistics.bytes() * 1e3 / Math.max(1, wallNanos);
    }

    /** Whether threads or processes share a heap in this mode. */
    public boolean hasLock() {
        return mode != Mode.FAST && mode != Mode.SINGLE;
    }

    /**
     * How much of the threads' time was waiting; without a heap, waiting for input is not shown.
     */
    OptionalDouble waitingShare() {
        return hasLock() ? statistics.waitingShare() : OptionalDouble.empty();
    }

    /** Free chunks looked at for each request. */
    Optional<Double> stepsPerRequest() {
        return Optional.of((double) heap().stepsWalked() / Math.max(1, heap().allocations()))
                .filter(_ -> heap().stepsWalked() > 0);
    }

    /** This run as one JSON object. */
    public String json() {
        return Columns.ALL.json(this);
    }

    /** The same with the hash of each block, perhaps also with the process that computed it. */
    public String json(List<SignatureWork.Hashes> blocks, boolean processes) {
        Table<RunReport> table = Columns.ALL.with("blockHashes", _ -> hashes(blocks));
        return (processes ? table.with("blockProcesses", _ -> processes(blocks)) : table)
                .json(this);
    }

    private static int[] hashes(List<SignatureWork.Hashes> blocks) {
        return blocks.stream().flatMapToInt(it -> IntStream.of(it.hashes())).toArray();
    }

    /** The process of each block. */
    private static long[] processes(List<SignatureWork.Hashes> blocks) {
        return blocks.stream()
                .flatMapToLong(it -> LongStream.generate(it::processId).limit(it.hashes().length))
                .toArray();
    }

    /** The columns of a run, apart from the rest because most runs print none. */
    public static final class Columns {
        private Columns() {}

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
                        .with("meanWaitNanos", LockUse::meanWaitNanos)
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
                        .shown("wall time", "ms", "%9s", 1e-6)
                        .with("startNanos", run -> run.statistics().startNanos())
                        .with("cpuNanos", RunReport::cpuNanos)
                        .with("waitingShare", RunReport::waitingShare)
                        .shown("waiting", "%", "%7.1f", 100)
                        .with(
                                LOCK.on((RunReport run) -> run.heap().lock())
                                        .shownIf(RunReport::hasLock))
                        .with("lockHeldShare", run -> run.statistics().lockHeldShare())
                        .shown("held", "%", "%6.1f", 100)
                        .with(
                                new Table<RunReport>()
                                        .with(
                                                "heapPeakBytes",
                                                it -> it.statistics().heapPeakBytes())
                                        .shown("heap peak", "KiB", "%9s", 1.0 / 1024)
                                        .shownIf(run -> run.mode() != Mode.FAST))
                        .with("allocations", run -> run.heap().allocations())
                        .with("stepsWalked", run -> run.heap().stepsWalked())
                        .shown("steps a", "request", "%,8.1f", RunReport::stepsPerRequest)
                        .with("poolAllocations", run -> run.heap().cacheHits())
                        .with("poolFallbacks", run -> run.heap().cacheMisses())
                        .with(MEMORY.on(RunReport::usage))
                        .absentAs(0.0);

        static final Table<RunReport> ALL =
                FIGURES.with("perWorker", run -> WORKERS.jsonArray(run.statistics().perWorker()));
    }
}
