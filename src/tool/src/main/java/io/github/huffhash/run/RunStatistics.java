package io.github.huffhash.run;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.PhaseClock.Phase;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * What a run cost.
 *
 * @param bytes bytes read
 * @param blocks blocks worked on
 * @param workers how many threads or processes there may be; a short input needs fewer
 * @param heap what the allocators did, {@link Counters#NONE} without a heap
 * @param heapPeakBytes the most bytes of the heap in use at once, headers and pools included
 * @param lockHeldShare for what share of the time the lock was held, 0 to 1, if that was measured
 * @param phaseNanos time spent in each phase, summed over workers; empty unless measured
 * @param perWorker what each thread or worker process did, those that were started
 * @param startNanos until the last worker process was ready, of those that were before the run's
 *     end; 0 in the modes without
 */
public record RunStatistics(
        long bytes,
        long blocks,
        int workers,
        Counters heap,
        long heapPeakBytes,
        OptionalDouble lockHeldShare,
        Map<Phase, Long> phaseNanos,
        List<WorkerStatistics> perWorker,
        long startNanos,
        List<HeapUse> heapUse) {
    /** Copies the collections. */
    public RunStatistics {
        phaseNanos = Map.copyOf(phaseNanos);
        perWorker = List.copyOf(perWorker);
        heapUse = List.copyOf(heapUse);
    }

    /**
     * A look at the heap.
     *
     * @param nanos time since the first worker could begin
     * @param bytes in use at that time, headers and pools included, as in the peak
     */
    public record HeapUse(long nanos, long bytes) {}

    /** The same of a run with a heap, at which {@code sampler} has looked. */
    RunStatistics withHeap(Counters counters, long peakBytes, LockSampler sampler) {
        return new RunStatistics(
                bytes,
                blocks,
                workers,
                counters,
                peakBytes,
                sampler.heldShare(),
                phaseNanos,
                perWorker,
                startNanos,
                sampler.heapUse());
    }

    /** Processor time of the worker processes. */
    public long workerCpuNanos() {
        return perWorker.stream().mapToLong(WorkerStatistics::cpuNanos).sum();
    }

    /**
     * How much of the threads' time went to waiting, for the lock, for room or a turn, and for a
     * core: from 0 to 1; empty where no thread's time is known.
     */
    public OptionalDouble waitingShare() {
        return shareOfTime(WorkerStatistics::waitNanos);
    }

    /** How much of the threads' time it is: from 0 to 1; empty where no thread's time is known. */
    public OptionalDouble shareOfTime(ToLongFunction<WorkerStatistics> nanos) {
        long lifetime = perWorker.stream().mapToLong(WorkerStatistics::lifetimeNanos).sum();
        long part = perWorker.stream().mapToLong(nanos).sum();
        return lifetime == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1, (double) part / lifetime));
    }

    /**
     * What one thread or worker process did, and those processes that took its place.
     *
     * @param blocks blocks it worked on
     * @param lock what the heap's lock cost it
     * @param queueNanos how long it waited for its turn to read and for room in the heap, where
     *     that is measured
     * @param coreNanos how long a thread could have worked and had no core, where that is measured
     * @param lifetimeNanos from its start to its end
     * @param cpuNanos processor time of a process, start included; 0 where the system does not tell
     */
    public record WorkerStatistics(
            long blocks,
            LockUse lock,
            long queueNanos,
            long coreNanos,
            long lifetimeNanos,
            long cpuNanos) {
        /** What a worker has done before it begins. */
        public static final WorkerStatistics NONE =
                new WorkerStatistics(0, LockUse.NONE, 0, 0, 0, 0);

        /** One block more. */
        public WorkerStatistics plusBlock(LockUse used, long queued) {
            return new WorkerStatistics(
                    blocks + 1,
                    lock.plus(used),
                    queueNanos + queued,
                    coreNanos,
                    lifetimeNanos,
                    cpuNanos);
        }

        /** More time. */
        public WorkerStatistics plusTime(long lifetime, long cpu) {
            return new WorkerStatistics(
                    blocks, lock, queueNanos, coreNanos, lifetimeNanos + lifetime, cpuNanos + cpu);
        }

        /** All its waiting. */
        public long waitNanos() {
            return lock.waitNanos() + queueNanos + coreNanos;
        }
    }
}
