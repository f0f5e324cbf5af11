package io.github.huffhash.memory;

import io.github.huffhash.Data;
import io.github.huffhash.tree.ReferenceTree;
import java.util.Arrays;

/**
 * What the trees of real blocks ask of an allocator, in its order: recorded once, made again and
 * again.
 */
final class Requests {
    /** Of a whole block and its tree, more than enough. */
    private static final int MOST = 4096;

    /** Room for one tree that never gets back what it frees. */
    private static final int MEMORY_BYTES = 64 << 10;

    /** For each block: the size of an allocation, or ~n to free what the nth one gave. */
    private final int[][] blocks;

    private Requests(int[][] blocks) {
        this.blocks = blocks;
    }

    /** Records those of all blocks. */
    static Requests of(Data data) {
        byte[][] content = data.blocks();
        int[][] blocks = new int[content.length][];
        for (int i = 0; i < blocks.length; i++) {
            byte[] block = content[i];
            var recorder = new Recorder(FirstFitHeap.ofOneThread(MEMORY_BYTES, false));
            var tree = new ReferenceTree(recorder.heap().memory(), recorder);
            tree.load(block, block.length);
            tree.count();
            tree.build();
            tree.hash();
            blocks[i] = Arrays.copyOf(recorder.requests, recorder.count);
        }
        return new Requests(blocks);
    }

    /** How many blocks there are. */
    int blocks() {
        return blocks.length;
    }

    /** How many requests the block makes. */
    int count(int block) {
        return blocks[block].length;
    }

    /**
     * Makes the requests of one block and its tree.
     *
     * @param offsets scratch, {@link #scratch}
     */
    void make(int block, ThreadAllocator allocator, long[] offsets) {
        int allocated = 0;
        for (int request : blocks[block]) {
            if (request >= 0) {
                offsets[allocated++] = allocator.allocate(request);
            } else {
                allocator.free(offsets[~request]);
            }
        }
    }

    /** Room for what one block allocates. */
    static long[] scratch() {
        return new long[MOST];
    }

    /** Never gives the same memory twice, so that an offset says which allocation it was. */
    private static final class Recorder extends ThreadAllocator {
        final int[] requests = new int[MOST];
        final long[] offsets = new long[MOST];
        int count;
        int allocated;
        long next;

        Recorder(Heap heap) {
            super(heap, 1);
        }

        @Override
        public long allocate(long bytes) {
            requests[count++] = (int) bytes;
            offsets[allocated++] = next;
            long offset = next;
            next += HeapMemory.aligned(bytes);
            return offset;
        }

        @Override
        public void free(long offset) {
            requests[count++] = ~Arrays.binarySearch(offsets, 0, allocated, offset);
        }

        @Override
        public long usableSize(long offset, long requested) {
            throw new UnsupportedOperationException();
        }
    }
}
