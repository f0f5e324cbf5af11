package io.github.huffhash.report;

import io.github.huffhash.block.Phase;
import io.github.huffhash.engine.Mode;
import io.github.huffhash.engine.RunStatistics;
import io.github.huffhash.heap.HeapStatistics;
import java.util.List;
import java.util.Map;

/** Reports made by hand. */
final class Reports {
    static final long MILLI = 1_000_000;

    private Reports() {}

    /** A run of one second's worth of nothing much: only mode, signature and wall time matter. */
    static RunReport run(Mode mode, long signature, long wallNanos) {
        return run(mode, signature, wallNanos, HeapStatistics.NONE);
    }

    /** A run over 2,000,000 bytes with these figures. */
    static RunReport run(Mode mode, long signature, long wallNanos, HeapStatistics heap) {
        return new RunReport(
                "file.bin",
                mode,
                1024,
                signature,
                wallNanos,
                wallNanos / 2,
                new RunStatistics(2_000_000, 1954, 2, heap, Map.of(), List.of()));
    }

    /** A run with times of phases. */
    static RunReport timed(Mode mode, int workers, HeapStatistics heap, Map<Phase, Long> phases) {
        return new RunReport(
                "file.bin",
                mode,
                1024,
                7,
                500 * MILLI,
                800 * MILLI,
                new RunStatistics(2_000_000, 1954, workers, heap, phases, List.of()));
    }

    /** What a heap with pools may have seen. */
    static HeapStatistics heap(long acquisitions, long contended, long waitNanos, long peak) {
        return new HeapStatistics(0, 0, acquisitions, contended, waitNanos, 0, peak, 0, 0);
    }
}
