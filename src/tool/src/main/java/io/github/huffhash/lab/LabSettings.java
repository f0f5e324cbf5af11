package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.HeapKind;
import java.util.List;

/**
 * The settings of a measurement.
 *
 * @param strategies the kinds of heaps, in order
 * @param workers the numbers of workers, in any order; here they go up
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param operations the sum of all traces' operations
 * @param seed of the traces
 * @param remotePercent how many of a hundred frees of the larson workload are of pieces that
 *     another worker has allocated
 * @param objects objects that each worker of the larson workload keeps; besides them it has an
 *     eighth of that number to hand on
 * @param heapBytes size of the heap
 * @param rounds how often each is measured
 * @param runNanos the shortest time of a run; traces are replayed until it is over
 */
public record LabSettings(
        List<HeapKind> strategies,
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
    /** Copies the lists; the first number of workers is the smallest, the last the largest. */
    public LabSettings {
        strategies = List.copyOf(strategies);
        workers = workers.stream().sorted().toList();
    }

    /**
     * After this time a run does not wait for the end of a trace; without limit if runs are not
     * timed.
     */
    long longestNanos() {
        return runNanos == 0 ? Long.MAX_VALUE : 2 * runNanos;
    }

    /** The largest number of workers. */
    public int mostWorkers() {
        return workers.getLast();
    }
}
