package io.github.huffhash.memory;

import io.github.huffhash.Data;
import io.github.huffhash.tree.HeapTree;
import java.lang.foreign.MemorySegment;
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
        int[][] counts = Data.counts(data.blocks());
        int[][] blocks = new int[counts.length][];
        for (int i = 0; i < blocks.length; i++) {
            var recorder = new Recorder();
            var memory = HeapMemory.of(MemorySegment.ofArray(new long[MEMORY_BYTES / Long.BYTES]));
            var tree = new HeapTree(memory, recorder);
            tree.hashAndFree(tree.build(counts[i]));
            blocks[i] = Arrays.copyOf(recorder.requests, recorder.count);
        }
        return new Requests(blocks);
    }

    /** How many blocks there are. */
    int blocks() {
        return blocks.length;
    }

    /** How many requests the block's tree makes. */
    int count(int block) {
        return blocks[block].length;
    }

    /**
     * Makes the requests of one block's tree.
     *
     * @param offsets scratch, {@link #scratch}
     */
    void make(int block, Allocator allocator, long[] offsets) {
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
    private static final class Recorder implements Allocator {
        final int[] requests = new int[MOST];
        final long[] offsets = new long[MOST];
        int count;
        int allocated;
        long next;

        @Override
        public long allocate(long bytes) {
            requests[count++] = (int) bytes;
            offsets[allocated++] = next;
            long offset = next;
            next += Allocator.aligned(bytes);
            return offset;
        }

        @Override
        public void free(long offset) {
            requests[count++] = ~Arrays.binarySearch(offsets, 0, allocated, offset);
        }

        @Override
        public Counters counters() {
            throw new UnsupportedOperationException();
        }
    }
}
