package io.github.huffhash.lab;

import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.run.ProcessUsage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One allocator with one number of workers: all its runs.
 *
 * @param kind the allocator
 * @param workers the number of threads
 * @param samples the timed runs, one for each round
 * @param profile the profiled run, if there was one
 */
record Measurement(
        HeapKind kind, int workers, List<Sample> samples, Optional<AllocationProfile> profile) {
    Measurement {
        samples = List.copyOf(samples);
    }

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
        /** Empty if every request failed. */
        Optional<Double> nanosPerOperation() {
            return operations == 0 ? Optional.empty() : Optional.of((double) nanos / operations);
        }
    }

    /** The run with the median speed; of an even number, the slower one of the middle two. */
    Sample median() {
        return Rounds.median(samples, each -> each.nanosPerOperation().orElse(Double.MAX_VALUE));
    }

    Optional<Double> nanosPerOperation() {
        return median().nanosPerOperation();
    }

    Counters counts() {
        return median().counts();
    }

    /** More threads than cores: they take turns. */
    boolean oversubscribed() {
        return workers > Runtime.getRuntime().availableProcessors();
    }

    /** The share of requests served from a cache; empty where there is no cache. */
    Optional<Double> cacheHitRate() {
        long all = counts().cacheHits() + counts().cacheMisses();
        return all == 0 ? Optional.empty() : Optional.of((double) counts().cacheHits() / all);
    }
}
