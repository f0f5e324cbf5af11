package io.github.huffhash.block;

import io.github.huffhash.heap.Allocator;
import io.github.huffhash.heap.HeapMemory;

/**
 * Does the work on blocks, one after another, for one thread.
 *
 * @param <R> what comes out
 */
public interface BlockWorker<R> {
    /**
     * The work on a run of consecutive blocks, in arrays.
     *
     * @param bytes the blocks, one behind the other from index 0
     * @param length how many bytes they have; only the last block of the input may be short
     */
    R inArrays(byte[] bytes, int length);

    /**
     * The work on one block, in a simulated heap. All that is allocated is freed again, the block's bytes included.
     *
     * @param memory the heap's memory
     * @param data where in it the block's bytes lie
     * @param length how many they are
     * @param allocator the heap's allocator, which has admitted the block
     */
    R inHeap(HeapMemory memory, long data, int length, Allocator allocator);
}
