package io.github.huffhash.tree;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.internal.huffman.Modulus;
import io.github.huffhash.internal.huffman.TreeBuilder;
import io.github.huffhash.internal.huffman.TreeNodes;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;

/**
 * The reference's Huffman tree in simulated memory, wherever the allocator takes it from.
 *
 * <pre>
 * node (32)      | symbol | frequency | left | right |      8 bytes each; left = right = NULL in a leaf
 * </pre>
 *
 * <p>The reference's min-heap, a head of 16 bytes and an array of 2048, is allocated and freed
 * where the reference does it, because its room and its turns at the lock are part of what a mode
 * costs; its entries are worked on outside, by the builder that all modes share.
 *
 * <p>An instance belongs to one thread.
 */
public final class HeapTree {
    /** Bytes of a node. */
    public static final int NODE_BYTES = 32;

    /** Bytes of the min-heap's head, a tree's first request. */
    public static final int QUEUE_BYTES = 16;

    /** Bytes of the min-heap's array, a tree's second request. */
    public static final int QUEUE_ARRAY_BYTES = 256 * Long.BYTES;

    /** No block may be longer, in bytes. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    private static final int MAX_NODES = maxNodes(MAX_BLOCK_BYTES);
    private static final int WORD_SHIFT = 3;

    private static final int SYMBOL = 0;
    private static final int FREQUENCY = 8;
    private static final int LEFT = 16;
    private static final int RIGHT = 24;

    private final HeapMemory memory;
    private final Allocator allocator;
    private final TreeBuilder builder = new TreeBuilder();
    private final Nodes nodes = new Nodes();

    /**
     * @param memory where the nodes lie
     * @param allocator who hands out that memory; it must be sure to serve the requests of one tree
     */
    public HeapTree(HeapMemory memory, Allocator allocator) {
        this.memory = memory;
        this.allocator = allocator;
    }

    /** How many nodes the tree of a block of {@code blockBytes} bytes may have. */
    public static int maxNodes(int blockBytes) {
        return 2 * Math.min(256, blockBytes) - 1;
    }

    /** What a block of {@code blockBytes} bytes asks of a heap: its own bytes, then its tree. */
    public static HeapDemand demand(int blockBytes) {
        return HeapDemand.of(maxNodes(blockBytes), blockBytes, QUEUE_BYTES, QUEUE_ARRAY_BYTES);
    }

    /**
     * Builds the tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to {@link
     *     #MAX_BLOCK_BYTES}
     * @return the root, to be given to {@link #hashAndFree} or {@link #costAndFree}
     */
    public long build(int[] counts) {
        long queue = allocate(QUEUE_BYTES);
        long array = allocate(QUEUE_ARRAY_BYTES);
        nodes.beginRun(array + QUEUE_ARRAY_BYTES);
        long root = nodes.offsets[builder.build(counts, nodes)];
        nodes.storeRun();
        allocator.free(array);
        allocator.free(queue);
        return root;
    }

    /**
     * Walks the tree in pre-order, h = (h × 31 + frequency + symbol) mod 2³¹−1 from h = 0, and
     * gives back each node it has passed.
     *
     * @return the last h
     */
    public int hashAndFree(long root) {
        nodes.loadRun();
        return (int) hashAndFree(root, 0);
    }

    private long hashAndFree(long node, long before) {
        long symbol;
        long frequency;
        long left;
        long right;
        int at = nodes.placeInRun(node);
        if (at >= 0) {
            long[] run = nodes.run;
            symbol = run[at];
            frequency = run[at + 1];
            left = run[at + 2];
            right = run[at + 3];
        } else {
            symbol = memory.get(node + SYMBOL);
            frequency = memory.get(node + FREQUENCY);
            left = memory.get(node + LEFT);
            right = memory.get(node + RIGHT);
        }
        allocator.free(node);
        long hash = Modulus.reduce(before * 31 + frequency + symbol);
        return left == NULL ? hash : hashAndFree(right, hashAndFree(left, hash));
    }

    /**
     * Gives back every node.
     *
     * @return the bits that the tree's code takes for what was counted: the sum of count × depth
     *     over all leaves, which is that of the frequency over all inner nodes
     */
    public long costAndFree(long node) {
        long frequency = memory.get(node + FREQUENCY);
        long left = memory.get(node + LEFT);
        long right = memory.get(node + RIGHT);
        allocator.free(node);
        return left == NULL ? 0 : frequency + costAndFree(left) + costAndFree(right);
    }

    private long allocate(int bytes) {
        long offset = allocator.allocate(bytes);
        if (offset == NULL) {
            throw new IllegalStateException("the heap has no room for a block it admitted");
        }
        return offset;
    }

    /**
     * Makes the nodes. Those that lie side by side right behind the min-heap's array, as they do in
     * a pool, are a run, which is copied to the heap as a whole, and back: a word of an array takes
     * the JVM's first compiler a tenth of the instructions of a word of the heap. That compiler
     * inlines methods of up to 35 bytes; what is called for each node is kept below that.
     */
    private final class Nodes implements TreeNodes {
        final long[] offsets = new long[256];
        final long[] run = new long[MAX_NODES * NODE_BYTES / Long.BYTES];
        private long runStart;
        private long runEnd;

        @Override
        public void leaf(int symbol, int frequency) {
            long node = allocate(NODE_BYTES);
            int at = addToRun(node);
            if (at >= 0) {
                run[at] = symbol;
                run[at + 1] = frequency;
                run[at + 2] = NULL;
                run[at + 3] = NULL;
            } else {
                write(node, symbol, frequency, NULL, NULL);
            }
            offsets[symbol] = node;
        }

        @Override
        public void parent(int left, int right, int frequency) {
            long node = allocate(NODE_BYTES);
            int at = addToRun(node);
            if (at >= 0) {
                run[at] = 0;
                run[at + 1] = frequency;
                run[at + 2] = offsets[left];
                run[at + 3] = offsets[right];
            } else {
                write(node, 0, frequency, offsets[left], offsets[right]);
            }
            offsets[left] = node;
        }

        private void write(long node, long symbol, long frequency, long left, long right) {
            memory.set(node + SYMBOL, symbol);
            memory.set(node + FREQUENCY, frequency);
            memory.set(node + LEFT, left);
            memory.set(node + RIGHT, right);
        }

        void beginRun(long start) {
            runStart = start;
            runEnd = start;
        }

        /** Where the node's words are to be put in the run, or −1. */
        private int addToRun(long node) {
            if (node != runEnd) {
                return -1;
            }
            runEnd = node + NODE_BYTES;
            return (int) (node - runStart) >> WORD_SHIFT;
        }

        /** Where the node's words are in the run, or −1. */
        int placeInRun(long node) {
            long place = node - runStart;
            return place >= 0 && node < runEnd ? (int) place >> WORD_SHIFT : -1;
        }

        void storeRun() {
            memory.write(runStart, run, runWords());
        }

        void loadRun() {
            memory.read(runStart, run, runWords());
        }

        private int runWords() {
            return (int) (runEnd - runStart) >> WORD_SHIFT;
        }
    }
}
