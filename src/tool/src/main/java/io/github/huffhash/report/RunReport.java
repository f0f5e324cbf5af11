package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.BlockHashes;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
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
        return optional(statistics.waitingShare()).filter(_ -> hasLock());
    }

    /** For how much of the time the lock was held, if that was measured. */
    Optional<Double> lockHeldShare() {
        return optional(statistics.lockHeldShare());
    }

    private static Optional<Double> optional(OptionalDouble share) {
        return share.stream().boxed().findFirst();
    }

    /** Free chunks looked at for each request. */
    Optional<Double> stepsPerRequest() {
        return Optional.of((double) heap().stepsWalked() / Math.max(1, heap().allocations()))
                .filter(_ -> heap().stepsWalked() > 0);
    }

    /** Of a contended acquisition. */
    static long meanWaitNanos(LockUse lock) {
        return lock.waitNanos() / Math.max(1, lock.contended());
    }

    /** This run as one JSON object. */
    public String json() {
        return RunColumns.ALL.json(this);
    }

    /** The same with the hash of each block, perhaps also with the process that computed it. */
    public String json(List<BlockHashes> blocks, boolean processes) {
        Table<RunReport> table =
                RunColumns.ALL.with(
                        "blockHashes",
                        _ ->
                                blocks.stream()
                                        .flatMapToInt(each -> IntStream.of(each.hashes()))
                                        .toArray());
        return (processes ? table.with("blockProcesses", _ -> processes(blocks)) : table)
                .json(this);
    }

    /** The process of each block. */
    private static long[] processes(List<BlockHashes> blocks) {
        return blocks.stream()
                .flatMapToLong(
                        each -> LongStream.generate(each::processId).limit(each.hashes().length))
                .toArray();
    }
}
