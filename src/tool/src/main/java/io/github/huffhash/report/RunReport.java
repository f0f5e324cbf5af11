package io.github.huffhash.report;

import io.github.huffhash.block.Phase;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunStatistics;
import java.util.Map;

/**
 * One run of one mode on one file: what came out and what it cost.
 *
 * @param file the file's name as the user gave it
 * @param mode who did the work
 * @param blockSize bytes of a block
 * @param signature the final signature
 * @param wallNanos time from opening the file to the last result
 * @param cpuNanos processor time of all threads in that time
 * @param statistics what the engine counted
 */
public record RunReport(
        String file,
        Mode mode,
        int blockSize,
        long signature,
        long wallNanos,
        long cpuNanos,
        RunStatistics statistics) {

    /** What the allocators did. */
    public Counters heap() {
        return statistics.heap();
    }

    /** The most bytes of the heap in use at once. */
    public long heapPeakBytes() {
        return statistics.heapPeakBytes();
    }

    /** Time in each phase, summed over workers; empty unless measured. */
    public Map<Phase, Long> phaseNanos() {
        return statistics.phaseNanos();
    }

    /** Throughput in 10⁶ bytes a second. */
    public double megabytesPerSecond() {
        return statistics.bytes() * 1e3 / Math.max(1, wallNanos);
    }
}
