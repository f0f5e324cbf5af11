package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reports made by hand. */
final class Reports {
    static final long MILLI = 1_000_000;

    private Reports() {}

    /** A run of one second's worth of nothing much: only mode, signature and wall time matter. */
    static RunReport run(Mode mode, long signature, long wallNanos) {
        return run(mode, signature, wallNanos, Counters.NONE, 0);
    }

    /** A run over 2,000,000 bytes with these figures. */
    static RunReport run(
            Mode mode, long signature, long wallNanos, Counters heap, long heapPeakBytes) {
        return new RunReport(
                "file.bin",
                mode,
                1024,
                signature,
                wallNanos,
                wallNanos / 2,
                statistics(2, heap, heapPeakBytes, Map.of(), List.of()),
                ProcessUsage.NONE);
    }

    /** A run with times of phases. */
    static RunReport timed(
            Mode mode, int workers, Counters heap, long heapPeakBytes, Map<Phase, Long> phases) {
        return new RunReport(
                "file.bin",
                mode,
                1024,
                7,
                500 * MILLI,
                800 * MILLI,
                statistics(workers, heap, heapPeakBytes, phases, List.of()),
                ProcessUsage.NONE);
    }

    /** Of 2,000,000 bytes, with these figures and no others. */
    static RunStatistics statistics(
            int workers,
            Counters heap,
            long heapPeakBytes,
            Map<Phase, Long> phases,
            List<WorkerStatistics> perWorker) {
        return new RunStatistics(
                2_000_000,
                1954,
                workers,
                heap,
                heapPeakBytes,
                OptionalDouble.empty(),
                phases,
                perWorker,
                0,
                List.of());
    }

    /** What a heap with pools may have seen. */
    static Counters heap(long acquisitions, long contended, long waitNanos) {
        var lock = new LockUse(acquisitions, acquisitions, contended, waitNanos, waitNanos / 2);
        return new Counters(0, 0, 0, lock, 0, 0, 0, 0, 0, 0);
    }
}
