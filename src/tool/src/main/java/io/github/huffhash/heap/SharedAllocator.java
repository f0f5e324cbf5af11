package io.github.huffhash.heap;

/**
 * One worker's way into a heap that many share, block by block.
 *
 * <p>A block is first admitted, then its bytes are allocated, then whatever else it needs; its
 * first free ends its allocations. None of them fails once the block is admitted.
 */
public interface SharedAllocator extends Allocator {
    /** What of a block's demand the shared heap has to serve. */
    HeapDemand shareOf(HeapDemand demand);

    /**
     * Admits a block if the heap is sure to hold it.
     *
     * @param share what the block asks of the shared heap, from {@link #shareOf}
     * @param place the block's place in its batch, from 0
     * @return whether it was admitted; if not, nothing has changed and nothing was counted
     */
    boolean admit(HeapDemand share, int place);

    /** Allocates the bytes of the block just admitted, in the shared heap. */
    long allocateBlock(int length);
}
