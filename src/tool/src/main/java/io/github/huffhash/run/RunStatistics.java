package io.github.huffhash.run;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.run.PhaseClock.Phase;
import java.util.List;
import java.util.Map;

/**
 * What a run cost.
 *
 * @param bytes bytes read
 * @param blocks blocks worked on
 * @param workers threads that did the work
 * @param heap what the allocators did, {@link Counters#NONE} without a heap
 * @param heapPeakBytes the most bytes of the heap in use at once, headers and pools included
 * @param phaseNanos time spent in each phase, summed over workers; empty unless measured
 * @param perWorker what each worker process did; empty in the modes without
 */
public record RunStatistics(
        long bytes,
        long blocks,
        int workers,
        Counters heap,
        long heapPeakBytes,
        Map<Phase, Long> phaseNanos,
        List<WorkerStatistics> perWorker) {
    /** Copies the collections. */
    public RunStatistics {
        phaseNanos = Map.copyOf(phaseNanos);
        perWorker = List.copyOf(perWorker);
    }

    /** Of a run within one process. */
    RunStatistics(
            long bytes,
            long blocks,
            int workers,
            Counters heap,
            long heapPeakBytes,
            Map<Phase, Long> phaseNanos) {
        this(bytes, blocks, workers, heap, heapPeakBytes, phaseNanos, List.of());
    }

    /** The same of a run with a heap. */
    RunStatistics withHeap(Counters counters, long peakBytes) {
        return new RunStatistics(
                bytes, blocks, workers, counters, peakBytes, phaseNanos, perWorker);
    }

    /** Processor time of the worker processes. */
    public long workerCpuNanos() {
        return perWorker.stream().mapToLong(WorkerStatistics::cpuNanos).sum();
    }

    /**
     * What one worker process did, and those that took its place.
     *
     * @param blocks blocks it worked on
     * @param lockAcquisitions how often it took the heap's lock for them
     * @param contendedAcquisitions how often it found the lock taken
     * @param lockWaitNanos how long it waited then
     * @param cpuNanos its processor time, start included; 0 where the system does not tell
     */
    public record WorkerStatistics(
            long blocks,
            long lockAcquisitions,
            long contendedAcquisitions,
            long lockWaitNanos,
            long cpuNanos) {
        /** What a worker has done before it begins. */
        public static final WorkerStatistics NONE = new WorkerStatistics(0, 0, 0, 0, 0);

        /** One block more. */
        public WorkerStatistics plusBlock(long acquisitions, long contended, long waitNanos) {
            return new WorkerStatistics(
                    blocks + 1,
                    lockAcquisitions + acquisitions,
                    contendedAcquisitions + contended,
                    lockWaitNanos + waitNanos,
                    cpuNanos);
        }

        /** The same as counters: one half of the acquisitions was for frees. */
        public Counters counters() {
            return new Counters(
                    lockAcquisitions / 2,
                    0,
                    lockAcquisitions / 2,
                    lockAcquisitions,
                    contendedAcquisitions,
                    lockWaitNanos,
                    0,
                    0,
                    0,
                    0,
                    0);
        }

        /** More processor time. */
        public WorkerStatistics plusCpu(long nanos) {
            return new WorkerStatistics(
                    blocks,
                    lockAcquisitions,
                    contendedAcquisitions,
                    lockWaitNanos,
                    cpuNanos + nanos);
        }
    }
}
