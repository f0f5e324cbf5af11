package io.github.huffhash.engine;

import io.github.huffhash.block.Phase;
import io.github.huffhash.heap.HeapStatistics;
import java.util.Map;

/**
 * What a run cost.
 *
 * @param bytes bytes read
 * @param blocks blocks worked on
 * @param workers threads that did the work
 * @param heap what the allocators did, {@link HeapStatistics#NONE} without a heap
 * @param phaseNanos time spent in each phase, summed over workers; empty unless measured
 */
public record RunStatistics(
        long bytes, long blocks, int workers, HeapStatistics heap, Map<Phase, Long> phaseNanos) {
    /** Copies the map. */
    public RunStatistics {
        phaseNanos = Map.copyOf(phaseNanos);
    }
}
