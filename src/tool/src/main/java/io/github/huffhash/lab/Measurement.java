package io.github.huffhash.lab;

import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.run.ProcessUsage;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One allocator with one number of workers. A row of the tables.
 *
 * @param part the name of the workload's part
 * @param kind the allocator
 * @param workers the number of threads
 * @param median the timed run with the median speed; of an even number of runs, the slower one of
 *     the middle two
 * @param profiled the profiled run, if there was one
 */
record Measurement(
        String part,
        HeapKind kind,
        int workers,
        Sample median,
        Optional<AllocationProfile> profiled) {
    /**
     * One timed run of one allocator.
     *
     * @param nanos from the start of the first worker to the end of the last
     * @param operations allocations of all workers with their frees; failed requests do not count
     * @param counts what the allocators counted meanwhile
     * @param resets how often the heap was freed as a whole
     * @param heldShare for how much of the time a lock was held, if there are any
     * @param usage page faults and growth of memory meanwhile
     */
    record Sample(
            long nanos,
            long operations,
            Counters counts,
            long resets,
            OptionalDouble heldShare,
            ProcessUsage usage) {
        /** NaN if every request failed. */
        double nanosPerOperation() {
            return operations == 0 ? Double.NaN : (double) nanos / operations;
        }
    }

    double nanosPerOperation() {
        return median.nanosPerOperation();
    }

    Counters counts() {
        return median.counts();
    }

    AllocationProfile profile() {
        return profiled.orElseThrow();
    }

    /** The share of requests served from a cache; NaN where there is no cache. */
    double cacheHitRate() {
        return (double) counts().cacheHits() / (counts().cacheHits() + counts().cacheMisses());
    }

    /** How much of the workers' time was waiting for locks. */
    double waitingShare() {
        double time = (double) median.nanos() * workers;
        return Math.min(1, counts().lock().waitNanos() / Math.max(1, time));
    }

    /** The share of holds that found the lock taken; NaN where there were none. */
    double contendedShare() {
        return (double) counts().lock().contended() / counts().lock().holds();
    }

    /** Whether its requests are counted; those of allocators outside the heap are not. */
    boolean isCounted() {
        return kind.hasHeap();
    }

    /** A count for every so many operations; NaN if every request failed. */
    static Function<Measurement, Double> every(double operations, ToLongFunction<Counters> count) {
        return row -> {
            long all = row.median.operations();
            return all == 0 ? Double.NaN : operations * count.applyAsLong(row.counts()) / all;
        };
    }

    /** A figure of the heap, for allocators that use it. */
    static Function<Measurement, Optional<Number>> ofHeap(
            Function<AllocationProfile, Number> figure) {
        return row -> row.profiled.filter(_ -> row.kind.hasHeap()).map(figure);
    }
}
