package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import java.util.List;

/**
 * The settings of a measurement.
 *
 * @param strategies the allocators, in order
 * @param workers the numbers of workers, in order
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param operations the sum of all traces' operations
 * @param seed of the traces
 * @param remotePercent how many of a hundred frees of the larson workload are of pieces that
 *     another worker has allocated
 * @param objects objects that each worker of the larson workload keeps, and as many to hand on
 * @param heapBytes size of the heap
 * @param rounds how often each is measured
 * @param runNanos the shortest time of a measurement; traces are replayed until it is over
 */
public record LabSettings(
        List<Strategy> strategies,
        List<Integer> workers,
        int minBytes,
        int maxBytes,
        int operations,
        long seed,
        int remotePercent,
        int objects,
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
