package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.run.BlockHashes;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.List;
import java.util.Map;
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

    /** Time in each phase, summed over workers; empty unless measured. */
    public Map<Phase, Long> phaseNanos() {
        return statistics.phaseNanos();
    }

    /** Throughput in 10⁶ bytes a second. */
    public double megabytesPerSecond() {
        return statistics.bytes() * 1e3 / Math.max(1, wallNanos);
    }

    /** Whether threads or processes share a heap in this mode. */
    boolean hasLock() {
        return mode != Mode.FAST && mode != Mode.SINGLE;
    }

    /**
     * How much of the threads' time was waiting; without a heap, waiting for input is not shown.
     */
    Optional<Double> waitingShare() {
        OptionalDouble share = statistics.waitingShare();
        return share.isPresent() && hasLock() ? Optional.of(share.getAsDouble()) : Optional.empty();
    }

    /** For how much of the time the lock was held, if that was measured. */
    Optional<Double> lockHeldShare() {
        OptionalDouble share = statistics.lockHeldShare();
        return share.isPresent() ? Optional.of(share.getAsDouble()) : Optional.empty();
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
    public String json(List<BlockHashes> blocks, boolean processes) {
        return Columns.ALL
                .with(
                        "blockHashes",
                        _ ->
                                blocks.stream()
                                        .flatMapToInt(each -> IntStream.of(each.hashes()))
                                        .toArray())
                .with(
                        "blockProcesses",
                        _ ->
                                Optional.of(
                                                blocks.stream()
                                                        .flatMapToLong(RunReport::processOfEach)
                                                        .toArray())
                                        .filter(_ -> processes))
                .json(this);
    }

    private static LongStream processOfEach(BlockHashes blocks) {
        return LongStream.generate(blocks::processId).limit(blocks.hashes().length);
    }

    /** The columns of a run. */
    static final class Columns {
        /** What each thread or worker process did. */
        private static final Table<WorkerStatistics> WORKERS =
                new Table<WorkerStatistics>()
                        .with("blocks", WorkerStatistics::blocks)
                        .with(CostColumns.LOCK.on(WorkerStatistics::lock))
                        .with("queueNanos", WorkerStatistics::queueNanos)
                        .with("coreNanos", WorkerStatistics::coreNanos)
                        .with("lifetimeNanos", WorkerStatistics::lifetimeNanos)
                        .with("cpuNanos", WorkerStatistics::cpuNanos);

        /** All but those that are lists. */
        static final Table<RunReport> FIGURES =
                new Table<RunReport>()
                        .with("file", RunReport::file)
                        .with("mode", run -> run.mode.label())
                        .shown("", "mode", "%-9s")
                        .with("workers", run -> run.statistics.workers())
                        .shown("", "workers", "%,7d")
                        .with("bytes", run -> run.statistics.bytes())
                        .with("blocks", run -> run.statistics.blocks())
                        .with("blockSize", RunReport::blockSize)
                        .with("signature", RunReport::signature)
                        .shown("", "signature", "%s")
                        .with("wallNanos", RunReport::wallNanos)
                        .shown("wall time", "ms", "%9s", run -> Format.decimal(run.wallNanos / 1e6))
                        .with("startNanos", run -> run.statistics.startNanos())
                        .with("cpuNanos", RunReport::cpuNanos)
                        .with("waitingShare", run -> run.waitingShare().orElse(0.0))
                        .shown(
                                "waiting",
                                "%",
                                "%7.1f",
                                run -> run.waitingShare().map(share -> 100 * share))
                        .with(
                                CostColumns.LOCK
                                        .on((RunReport run) -> run.heap().lock())
                                        .shownIf(RunReport::hasLock))
                        .with("lockHeldShare", run -> run.lockHeldShare().orElse(0.0))
                        .shown(
                                "held",
                                "%",
                                "%6.1f",
                                run -> run.lockHeldShare().map(share -> 100 * share))
                        .with("heapPeakBytes", run -> run.statistics.heapPeakBytes())
                        .shown("heap peak", "KiB", "%9s", Columns::heapPeak)
                        .with("allocations", run -> run.heap().allocations())
                        .with("stepsWalked", run -> run.heap().stepsWalked())
                        .shown("steps a", "request", "%,8.1f", RunReport::stepsPerRequest)
                        .with("poolAllocations", run -> run.heap().cacheHits())
                        .with("poolFallbacks", run -> run.heap().cacheMisses())
                        .with(CostColumns.MEMORY.on(RunReport::usage));

        static final Table<RunReport> ALL =
                FIGURES.with("perWorker", run -> WORKERS.jsonArray(run.statistics.perWorker()));

        private static Optional<String> heapPeak(RunReport run) {
            return Optional.of(Format.decimal(run.statistics.heapPeakBytes() / 1024.0))
                    .filter(_ -> run.mode != Mode.FAST);
        }
    }
}
