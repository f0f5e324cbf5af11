package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.report.Table.Column;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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

    /** A figure of the heap's lock, or a dash in the modes without a lock. */
    String ifLocked(Function<Counters, String> figure) {
        return mode == Mode.FAST || mode == Mode.SINGLE ? Format.NOTHING : figure.apply(heap());
    }

    /** This run as one JSON object. */
    public String json() {
        return Columns.ALL.json(this);
    }

    /** The columns of a run. */
    static final class Columns {
        static final Table<RunReport> ALL =
                new Table<>(
                        List.of(
                                Column.of("file", RunReport::file),
                                mode(),
                                Column.of("bytes", run -> run.statistics().bytes()),
                                Column.of("blocks", run -> run.statistics().blocks()),
                                Column.of("blockSize", RunReport::blockSize),
                                signature(),
                                wallTime(),
                                Column.of("cpuNanos", RunReport::cpuNanos),
                                lockAcquisitions(),
                                contendedAcquisitions(),
                                lockWait(),
                                heapPeak(),
                                Column.of("poolAllocations", run -> run.heap().cacheHits()),
                                Column.of("poolFallbacks", run -> run.heap().cacheMisses()),
                                Column.of("workers", run -> run.statistics().workers()),
                                Column.of("perWorker", run -> run.statistics().perWorker())));

        private Columns() {}

        private static Column<RunReport> mode() {
            return Column.of("mode", (RunReport run) -> run.mode().label())
                    .headed("", "mode", "%-9s");
        }

        private static Column<RunReport> signature() {
            return Column.of("signature", RunReport::signature).headed("", "signature", "%s");
        }

        private static Column<RunReport> wallTime() {
            return Column.of("wallNanos", RunReport::wallNanos)
                    .headed("wall time", "ms", "%9s")
                    .shownAs(run -> Format.decimal(run.wallNanos() / 1e6));
        }

        private static Column<RunReport> lockAcquisitions() {
            return Column.of("lockAcquisitions", (RunReport run) -> run.heap().lockAcquisitions())
                    .headed("lock", "acquisitions", "%13s")
                    .shownAs(run -> run.ifLocked(heap -> Format.count(heap.lockAcquisitions())));
        }

        private static Column<RunReport> contendedAcquisitions() {
            return Column.of(
                            "contendedAcquisitions",
                            (RunReport run) -> run.heap().contendedAcquisitions())
                    .headed("contended", "", "%11s")
                    .shownAs(run ->
                            run.ifLocked(heap -> Format.count(heap.contendedAcquisitions())));
        }

        private static Column<RunReport> lockWait() {
            return Column.of("lockWaitNanos", (RunReport run) -> run.heap().lockWaitNanos())
                    .headed("lock wait", "ms", "%9s")
                    .shownAs(run ->
                            run.ifLocked(heap -> Format.decimal(heap.lockWaitNanos() / 1e6)));
        }

        private static Column<RunReport> heapPeak() {
            return Column.of("heapPeakBytes", (RunReport run) -> run.statistics().heapPeakBytes())
                    .headed("heap peak", "KiB", "%9s")
                    .shownAs(run ->
                            run.mode() == Mode.FAST
                                    ? Format.NOTHING
                                    : Format.decimal(run.statistics().heapPeakBytes() / 1024.0));
        }
    }
}
