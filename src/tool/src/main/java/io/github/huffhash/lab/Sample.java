package io.github.huffhash.lab;

import io.github.huffhash.memory.Counters;

/**
 * One timed run of one allocator.
 *
 * @param nanos from the start of the first worker to the end of the last
 * @param operations allocations and the frees that go with them, of all workers; what was answered
 *     with "no memory" is none
 * @param counts what the allocators counted meanwhile
 * @param resets how often the heap was freed as a whole
 */
record Sample(long nanos, long operations, Counters counts, long resets) {
    double nanosPerOperation() {
        return (double) nanos / Math.max(1, operations);
    }
}
