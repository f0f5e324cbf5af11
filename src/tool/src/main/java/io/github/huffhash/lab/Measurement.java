package io.github.huffhash.lab;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One allocator with one number of workers: all its runs.
 *
 * @param strategy the allocator
 * @param workers how many threads
 * @param samples the timed runs, one for each round
 * @param diagnosis what a run under observation showed, if there was one
 */
record Measurement(
        Strategy strategy, int workers, List<Sample> samples, Optional<Diagnosis> diagnosis) {
    Measurement {
        samples = List.copyOf(samples);
    }

    /** The run whose speed is the median; of an even number, the slower one of the middle. */
    Sample median() {
        return samples.stream()
                .sorted(Comparator.comparingDouble(Sample::nanosPerOperation))
                .toList()
                .get(samples.size() / 2);
    }

    double nanosPerOperation() {
        return median().nanosPerOperation();
    }

    Counters counts() {
        return median().counts();
    }

    /** More threads than cores: they take turns. */
    boolean oversubscribed() {
        return workers > Runtime.getRuntime().availableProcessors();
    }

    /** Served from a cache, of all requests; empty where there is no cache. */
    Optional<Double> cacheHitRate() {
        long all = counts().cacheHits() + counts().cacheMisses();
        return all == 0 ? Optional.empty() : Optional.of((double) counts().cacheHits() / all);
    }
}
