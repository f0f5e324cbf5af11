package io.github.huffhash.run;

import io.github.huffhash.memory.strategy.Strategy;

/**
 * How a run is set up. What a mode does not have, it does not look at.
 *
 * @param workers threads or worker processes, at least 1
 * @param exactWorkers whether that number was asked for: then all are started, even for an input
 *     too short to need them; else the modes with a heap have two threads at least
 * @param heapBytes size of the simulated heap
 * @param poolBytes size of one thread's pool
 * @param batchSize threads, and pools, in a batch
 * @param timed whether to measure the time spent in each phase, and for how long locks are held
 * @param allocator by what strategy the single and threads modes share the heap
 * @param unbounded whether the threads mode has a thread for each block and admits all at once
 */
public record RunSettings(
        int workers,
        boolean exactWorkers,
        long heapBytes,
        long poolBytes,
        int batchSize,
        boolean timed,
        Strategy allocator,
        boolean unbounded) {
    /** The reference's heap: 2 MiB. */
    public static final long DEFAULT_HEAP_BYTES = 2 << 20;

    /** The reference's pool: 16 KiB. */
    public static final long DEFAULT_POOL_BYTES = 16 << 10;

    /** The reference's batch. */
    public static final int DEFAULT_BATCH_SIZE = 50;

    /**
     * How many worker processes an input is worth: no more than it has blocks.
     *
     * @param blocks how many it has, or 0 if that is not known
     */
    public int workersFor(long blocks) {
        return exactWorkers || blocks == 0 ? workers : (int) Math.min(workers, blocks);
    }
}
