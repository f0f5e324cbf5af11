package io.github.huffhash.block;

import io.github.huffhash.heap.HeapDemand;

/**
 * What is done with every block of an input, whoever does it and wherever the memory comes from.
 *
 * @param <R> what comes out, for one block or for a run of consecutive ones
 */
public interface BlockWork<R> {
    /** The input is cut into blocks of this many bytes; the last may be shorter. */
    int blockBytes();

    /** What a block of {@code length} bytes may ask of a simulated heap, {@link BlockWorker#inHeap} in all. */
    HeapDemand demand(int length);

    /** A worker for one thread. */
    BlockWorker<R> newWorker(PhaseClock clock);
}
