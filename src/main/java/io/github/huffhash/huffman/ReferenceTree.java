package io.github.huffhash.huffman;

import static io.github.huffhash.heap.HeapMemory.NULL;

import io.github.huffhash.heap.Allocator;
import io.github.huffhash.heap.HeapMemory;

/**
 * The reference's Huffman tree: every node, the min-heap and its array lie in simulated memory, wherever the allocator
 * takes it from.
 *
 * <pre>
 * node (32)      | symbol | frequency | left | right |      8 bytes each; left = right = NULL in a leaf
 * min-heap (16)  | array  | size      |
 * array (2048)   | entry  | ...                          |  256 entries: frequency (22 bits), offset of the node (42)
 * </pre>
 *
 * The order of nodes of equal frequency decides the tree's shape, so the min-heap moves nodes exactly as the reference
 * does: pushed nodes rise past equal ones, a popped root's place goes to the last node, which sinks below strictly
 * smaller ones, the left child tried first. See Huffman, "A method for the construction of minimum-redundancy codes",
 * 1952.
 */
public final class ReferenceTree {
    /** Bytes of a node. */
    public static final int NODE_BYTES = 32;
    /** Bytes of the min-heap's head, the tree's first request. */
    public static final int QUEUE_BYTES = 16;
    /** Bytes of the min-heap's array, the tree's second request. */
    public static final int QUEUE_ARRAY_BYTES = 256 * Long.BYTES;
    /** No block may be longer, in bytes: a frequency has 22 bits. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;
    /** No heap may be larger, in bytes: an offset has 42 bits. */
    public static final long MAX_HEAP_BYTES = 1L << 42;

    private static final int SYMBOL = 0;
    private static final int FREQUENCY = 8;
    private static final int LEFT = 16;
    private static final int RIGHT = 24;

    private static final int QUEUE_SIZE = 8;
    private static final int OFFSET_BITS = 42;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private final HeapMemory memory;
    private final Allocator allocator;

    /**
     * @param memory where the nodes lie
     * @param allocator who hands out that memory; it must be sure to serve the requests of one tree
     */
    public ReferenceTree(HeapMemory memory, Allocator allocator) {
        this.memory = memory;
        this.allocator = allocator;
    }

    /** How many nodes the tree of a block of {@code blockBytes} bytes may have. */
    public static int maxNodes(int blockBytes) {
        return 2 * Math.min(256, blockBytes) - 1;
    }

    /**
     * Builds the tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs; at least one does
     * @return the root, to be {@linkplain #free freed}
     */
    public long build(int[] counts) {
        long queue = allocate(QUEUE_BYTES);
        long array = allocate(QUEUE_ARRAY_BYTES);
        memory.set(queue, array);
        int size = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                push(array, size++, leaf(symbol, counts[symbol]));
            }
        }
        while (size > 1) {
            long left = memory.get(array);
            sink(array, --size);
            long right = memory.get(array);
            sink(array, --size);
            push(array, size++, parent(left, right));
        }
        memory.set(queue + QUEUE_SIZE, size);
        long root = memory.get(array) & OFFSET_MASK;
        allocator.free(array);
        allocator.free(queue);
        return root;
    }

    private long leaf(int symbol, long frequency) {
        return node(symbol, frequency, NULL, NULL);
    }

    private long parent(long left, long right) {
        return node(0, (left >>> OFFSET_BITS) + (right >>> OFFSET_BITS), left & OFFSET_MASK, right & OFFSET_MASK);
    }

    /** Allocates a node and returns its entry for the min-heap. */
    private long node(int symbol, long frequency, long left, long right) {
        long node = allocate(NODE_BYTES);
        memory.set(node + SYMBOL, symbol);
        memory.set(node + FREQUENCY, frequency);
        memory.set(node + LEFT, left);
        memory.set(node + RIGHT, right);
        return frequency << OFFSET_BITS | node;
    }

    private long allocate(int bytes) {
        long offset = allocator.allocate(bytes);
        if (offset == NULL) {
            throw new IllegalStateException("the heap has no room for a block it admitted");
        }
        return offset;
    }

    /** Adds {@code entry} as the last of {@code size} + 1 entries; it rises past larger and equal ones. */
    private void push(long array, int size, long entry) {
        long frequency = entry >>> OFFSET_BITS;
        int i = size;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            long other = memory.get(array + 8L * parent);
            if (other >>> OFFSET_BITS < frequency) {
                break;
            }
            memory.set(array + 8L * i, other);
            i = parent;
        }
        memory.set(array + 8L * i, entry);
    }

    /**
     * Puts the entry at index {@code size}, beyond the last, in place of the first, and lets it sink.
     *
     * <p>The smaller child is the same whatever sinks, so the hole goes down first and the entry then rises to where it
     * belongs: the same place, with one unforeseeable branch less a level.
     */
    private void sink(long array, int size) {
        long entry = memory.get(array + 8L * size);
        long frequency = entry >>> OFFSET_BITS;
        int hole = 0;
        int child = 2;
        while (child < size) {
            long left = memory.get(array + 8L * child - 8);
            long right = memory.get(array + 8L * child);
            // right < left by frequency, without a branch
            int rightIsSmaller = (int) ((right >>> OFFSET_BITS) - (left >>> OFFSET_BITS) >>> 63);
            int smaller = child - 1 + rightIsSmaller;
            memory.set(array + 8L * hole, memory.get(array + 8L * smaller));
            hole = smaller;
            child = 2 * hole + 2;
        }
        if (child == size) {
            memory.set(array + 8L * hole, memory.get(array + 8L * child - 8));
            hole = child - 1;
        }
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            long other = memory.get(array + 8L * parent);
            if (other >>> OFFSET_BITS < frequency) {
                break;
            }
            memory.set(array + 8L * hole, other);
            hole = parent;
        }
        memory.set(array + 8L * hole, entry);
    }

    /** The hash of the tree: pre-order, h = (h × 31 + frequency + symbol) mod 2³¹−1, from h = 0. */
    public int hash(long root) {
        return (int) hash(root, 0);
    }

    private long hash(long node, long before) {
        long hash = Modulus.reduce(before * 31 + memory.get(node + FREQUENCY) + memory.get(node + SYMBOL));
        long left = memory.get(node + LEFT);
        return left == NULL ? hash : hash(memory.get(node + RIGHT), hash(left, hash));
    }

    /** Gives back every node. */
    public void free(long root) {
        long left = memory.get(root + LEFT);
        if (left != NULL) {
            free(left);
            free(memory.get(root + RIGHT));
        }
        allocator.free(root);
    }
}
