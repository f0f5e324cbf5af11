package io.github.huffhash.memory;

import java.util.Arrays;

/**
 * What one block asks of a heap: a few contiguous pieces first, then many small nodes.
 *
 * <p>Two blocks of one size ask the same, so make one demand and use it for all.
 */
public final class HeapDemand {
    /** The largest node that a demand may speak of. */
    private static final int NODE_BYTES =
            FirstFitAllocator.UNIT_BYTES - FirstFitAllocator.HEADER_BYTES;

    /** Of a block that asks for nothing. */
    static final HeapDemand NONE = of(0);

    private final long nodes;
    private final long[] requests;

    private HeapDemand(long nodes, long[] requests) {
        this.nodes = nodes;
        this.requests = requests;
    }

    /**
     * A demand.
     *
     * @param nodes how many tree nodes of up to 32 bytes may follow the pieces
     * @param requests the sizes of the first pieces in bytes, in the order in which they will be
     *     asked for
     */
    public static HeapDemand of(long nodes, long... requests) {
        return new HeapDemand(nodes, requests.clone());
    }

    /**
     * What is left of this demand for the heap behind a pool.
     *
     * <p>The first piece is the block's own bytes, which the reader allocates from the heap; the
     * rest is served by the pool as long as it fits, each request judged alone.
     *
     * @param poolBytes size of the pool, a multiple of 16
     */
    HeapDemand remainderAfterPool(long poolBytes) {
        long room = poolBytes;
        long[] beyond = new long[requests.length];
        beyond[0] = requests[0];
        int count = 1;
        for (int i = 1; i < requests.length; i++) {
            long size = HeapMemory.aligned(requests[i]);
            if (size <= room) {
                room -= size;
            } else {
                beyond[count++] = requests[i];
            }
        }
        long pooled = Math.min(nodes, room / NODE_BYTES);
        return new HeapDemand(nodes - pooled, Arrays.copyOf(beyond, count));
    }

    /** The bytes of heap, headers included, that hold such a block when nothing else is there. */
    public long footprint() {
        long bytes = nodes * FirstFitAllocator.UNIT_BYTES;
        for (long request : requests) {
            bytes += FirstFitAllocator.HEADER_BYTES + HeapMemory.aligned(request);
        }
        return bytes;
    }

    /**
     * Makes sure that such a block fits a heap when nothing else is there.
     *
     * @throws HeapTooSmallException if it does not
     */
    public void checkFits(FirstFitAllocator heap) {
        if (footprint() > heap.capacity()) {
            String block = "one block of " + requests[0] + " bytes";
            throw new HeapTooSmallException(
                    heap.base() == 0 ? block : "the pools and " + block,
                    heap.base() + footprint(),
                    heap.memory().size());
        }
    }

    long nodes() {
        return nodes;
    }

    long[] requests() {
        return requests;
    }
}
