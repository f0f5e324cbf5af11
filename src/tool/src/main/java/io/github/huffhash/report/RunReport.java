package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.run.BlockHashes;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public record RunReport(
        String file,
        Mode mode,
        int blockSize,
        long signature,
        long wallNanos,
        long cpuNanos,
        RunStatistics statistics) {

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

    private <T> Optional<T> ifLocked(T figure) {
        return hasLock() ? Optional.of(figure) : Optional.empty();
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
        static final Table<RunReport> ALL =
                new Table<RunReport>()
                        .with("file", RunReport::file)
                        .with("mode", run -> run.mode.label())
                        .shown("", "mode", "%-9s")
                        .with("bytes", run -> run.statistics.bytes())
                        .with("blocks", run -> run.statistics.blocks())
                        .with("blockSize", RunReport::blockSize)
                        .with("signature", RunReport::signature)
                        .shown("", "signature", "%s")
                        .with("wallNanos", RunReport::wallNanos)
                        .shown("wall time", "ms", "%9s", run -> Format.decimal(run.wallNanos / 1e6))
                        .with("cpuNanos", RunReport::cpuNanos)
                        .with("lockAcquisitions", run -> run.heap().lockAcquisitions())
                        .shown("lock", "acquisitions", "%,13d", Columns::acquisitions)
                        .with("contendedAcquisitions", run -> run.heap().contendedAcquisitions())
                        .shown("contended", "", "%,11d", Columns::contended)
                        .with("lockWaitNanos", run -> run.heap().lockWaitNanos())
                        .shown("lock wait", "ms", "%9s", Columns::lockWait)
                        .with("heapPeakBytes", run -> run.statistics.heapPeakBytes())
                        .shown("heap peak", "KiB", "%9s", Columns::heapPeak)
                        .with("poolAllocations", run -> run.heap().cacheHits())
                        .with("poolFallbacks", run -> run.heap().cacheMisses())
                        .with("workers", run -> run.statistics.workers())
                        .with("perWorker", run -> run.statistics.perWorker());

        private static Optional<Long> acquisitions(RunReport run) {
            return run.ifLocked(run.heap().lockAcquisitions());
        }

        private static Optional<Long> contended(RunReport run) {
            return run.ifLocked(run.heap().contendedAcquisitions());
        }

        /** Of all acquisitions, in percent. */
        static Optional<String> contendedShare(RunReport run) {
            long acquisitions = Math.max(1, run.heap().lockAcquisitions());
            return run.ifLocked(
                    Format.decimal(100.0 * run.heap().contendedAcquisitions() / acquisitions));
        }

        private static Optional<String> lockWait(RunReport run) {
            return run.ifLocked(Format.decimal(run.heap().lockWaitNanos() / 1e6));
        }

        private static Optional<String> heapPeak(RunReport run) {
            return Optional.of(Format.decimal(run.statistics.heapPeakBytes() / 1024.0))
                    .filter(_ -> run.mode != Mode.FAST);
        }
    }
}
