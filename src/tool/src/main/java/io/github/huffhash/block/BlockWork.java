package io.github.huffhash.block;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;

/**
 * What is done with every block of an input, whoever does it and wherever the memory comes from.
 *
 * @param <R> what comes out, for one block or for a run of consecutive ones
 */
public interface BlockWork<R> {
    /** What kind of work it is. */
    WorkKind kind();

    /** The input is cut into blocks of this many bytes; the last of a piece may be shorter. */
    int blockBytes();

    /** What a block of {@code length} bytes may ask of a simulated heap, its own bytes first. */
    HeapDemand demand(int length);

    /** A worker for one thread that uses no simulated heap. */
    ArrayWorker<R> newArrayWorker(PhaseClock clock);

    /**
     * A worker for one thread in a simulated heap.
     *
     * @param memory the heap's memory
     * @param allocator the thread's way into the heap
     */
    HeapWorker<R> newHeapWorker(HeapMemory memory, Allocator allocator, PhaseClock clock);

    /** How a block's result gets from one process to another. */
    ResultCodec<R> codec();

    /**
     * Does the work on runs of consecutive blocks, one after another.
     *
     * @param <R> what comes out
     */
    @FunctionalInterface
    interface ArrayWorker<R> {
        /**
         * Works on one run.
         *
         * @param bytes the blocks, one behind the other from index 0
         * @param length how many bytes they have; only the last block may be short
         */
        R work(byte[] bytes, int length);
    }

    /**
     * Does the work on blocks in a simulated heap, one after another.
     *
     * @param <R> what comes out
     */
    @FunctionalInterface
    interface HeapWorker<R> {
        /**
         * Works on one block the heap has admitted. All that is allocated is freed again, the
         * block's bytes included.
         *
         * @param data where in the heap the block's bytes lie
         * @param length how many they are
         */
        R work(long data, int length);
    }
}
