package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import java.util.List;

/**
 * How a measurement is set up.
 *
 * @param strategies which allocators, in order
 * @param workers with how many workers each, in order
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param operations how many there are on all tapes together
 * @param seed of the tapes
 * @param remotePercent how many of a hundred frees of the larson workload are of pieces that came
 *     from another worker
 * @param heapBytes size of the heap
 * @param rounds how often each is measured
 * @param runNanos the shortest time of a measurement: tapes are gone through again until it is over
 */
public record LabSettings(
        List<Strategy> strategies,
        List<Integer> workers,
        int minBytes,
        int maxBytes,
        int operations,
        long seed,
        int remotePercent,
        long heapBytes,
        int rounds,
        long runNanos) {
    /** Copies the lists. */
    public LabSettings {
        strategies = List.copyOf(strategies);
        workers = List.copyOf(workers);
    }

    /** The largest number of workers. */
    public int mostWorkers() {
        return workers.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
