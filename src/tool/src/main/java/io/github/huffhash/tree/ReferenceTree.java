package io.github.huffhash.tree;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapFullException;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The reference's work on a block, in a simulated heap: the block's bytes, the min-heap and the
 * tree lie there, whatever the allocator, and are accessed by loads and stores.
 *
 * <pre>
 * block          | bytes ...
 * min-heap (16)  | array | size                            array (2048) | node | node | ...
 * node (32)      | symbol | frequency | left | right       left = right = NULL in a leaf
 * </pre>
 *
 * Numbers and offsets are words of 8 bytes. A block is {@linkplain #load loaded}, {@linkplain
 * #count counted} and {@linkplain #build built}; then {@link #hash} or {@link #cost} frees all of
 * it. Where the heap has no room, what the block has is freed and {@link HeapFullException} thrown:
 * it can be loaded again. See Huffman, "A method for the construction of minimum-redundancy codes",
 * 1952.
 *
 * <p>An instance belongs to one thread.
 */
public final class ReferenceTree {
    /** No block may be longer, in bytes. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
                    .withInvokeExactBehavior();

    private static final int SYMBOLS = 256;
    private static final long MODULUS = Integer.MAX_VALUE;

    private static final int NODE_BYTES = 32;
    private static final int SYMBOL = 0;
    static final int FREQUENCY = 8;
    private static final int LEFT = 16;
    private static final int RIGHT = 24;

    private final HeapMemory memory;
    private final ThreadAllocator allocator;
    private final MinHeap minHeap;

    /** Four histograms, for the bytes at indexes 0 to 3 modulo 4; their sum is in the first. */
    private final int[] counts = new int[4 * SYMBOLS];

    /** Nodes whose turn in the walk comes later: right children, at most one a level. */
    private final long[] pending = new long[SYMBOLS];

    private int length;
    private long data = NULL;
    private long queue = NULL;
    private long array = NULL;
    private long root = NULL;

    /**
     * @param memory the heap's memory
     * @param allocator the thread's way into the heap
     */
    public ReferenceTree(HeapMemory memory, ThreadAllocator allocator) {
        this.memory = memory;
        this.allocator = allocator;
        minHeap = new MinHeap(memory);
    }

    /**
     * A node as it lies in the heap.
     *
     * @param symbol 0 in an inner node
     */
    public record Node(int symbol, long frequency, boolean isLeaf) {}

    /** The node at an offset, before it is freed. */
    public static Node node(HeapMemory memory, long offset) {
        return new Node(
                (int) memory.get(offset + SYMBOL),
                memory.get(offset + FREQUENCY),
                memory.get(offset + LEFT) == NULL);
    }

    /** How many nodes the tree of a block of {@code blockBytes} bytes may have. */
    public static int maxNodes(int blockBytes) {
        return 2 * Math.min(SYMBOLS, blockBytes) - 1;
    }

    /** What a block of {@code blockBytes} bytes asks of a heap: its own bytes, then its tree. */
    public static HeapDemand demand(int blockBytes) {
        return HeapDemand.of(maxNodes(blockBytes), blockBytes, MinHeap.BYTES, MinHeap.ARRAY_BYTES);
    }

    /**
     * Puts a block into the heap.
     *
     * @param bytes the block, from index 0
     * @param blockBytes its length, from 1 to {@link #MAX_BLOCK_BYTES}
     */
    public void load(byte[] bytes, int blockBytes) {
        length = blockBytes;
        data = allocate(blockBytes);
        HeapMemory heap = memory;
        int last = blockBytes & -Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            heap.set(data + i, (long) WORDS.get(bytes, i));
        }
        if (last < blockBytes) {
            long word = 0;
            for (int i = last; i < blockBytes; i++) {
                word |= (bytes[i] & 0xFFL) << (i << 3);
            }
            heap.set(data + last, word);
        }
    }

    /** Counts how often each symbol occurs in the block. */
    public void count() {
        int[] histogram = counts;
        Arrays.fill(histogram, 0);
        HeapMemory heap = memory;
        long end = data + (length & -Long.BYTES);
        for (long at = data; at < end; at += Long.BYTES) {
            long word = heap.get(at);
            histogram[(int) word & 0xFF]++;
            histogram[SYMBOLS + ((int) (word >>> 8) & 0xFF)]++;
            histogram[2 * SYMBOLS + ((int) (word >>> 16) & 0xFF)]++;
            histogram[3 * SYMBOLS + ((int) (word >>> 24) & 0xFF)]++;
            histogram[(int) (word >>> 32) & 0xFF]++;
            histogram[SYMBOLS + ((int) (word >>> 40) & 0xFF)]++;
            histogram[2 * SYMBOLS + ((int) (word >>> 48) & 0xFF)]++;
            histogram[3 * SYMBOLS + (int) (word >>> 56)]++;
        }
        for (int rest = length & (Long.BYTES - 1), i = 0; i < rest; i++) {
            histogram[(int) (heap.get(end) >>> (i << 3)) & 0xFF]++;
        }
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            histogram[symbol] +=
                    histogram[SYMBOLS + symbol]
                            + histogram[2 * SYMBOLS + symbol]
                            + histogram[3 * SYMBOLS + symbol];
        }
    }

    /** How often each of the 256 symbols occurs in the block counted last. */
    public int[] counts() {
        return Arrays.copyOf(counts, SYMBOLS);
    }

    /** Builds the tree of the block counted last; the min-heap is there only meanwhile. */
    public void build() {
        queue = allocate(MinHeap.BYTES);
        array = allocate(MinHeap.ARRAY_BYTES);
        minHeap.begin(queue, array);
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (counts[symbol] > 0) {
                long leaf = allocate(NODE_BYTES);
                set(leaf, symbol, counts[symbol], NULL, NULL);
                minHeap.push(leaf);
            }
        }
        while (minHeap.size() > 1) {
            long parent = allocate(NODE_BYTES);
            long left = minHeap.pop();
            long right = minHeap.pop();
            set(parent, 0, frequency(left) + frequency(right), left, right);
            minHeap.push(parent);
        }
        root = minHeap.pop();
        allocator.free(array);
        array = NULL;
        allocator.free(queue);
        queue = NULL;
    }

    private void set(long node, long symbol, long frequency, long left, long right) {
        memory.set(node + SYMBOL, symbol);
        memory.set(node + FREQUENCY, frequency);
        memory.set(node + LEFT, left);
        memory.set(node + RIGHT, right);
    }

    private long frequency(long node) {
        return memory.get(node + FREQUENCY);
    }

    /**
     * Walks the tree in pre-order, h = (h × 31 + frequency + symbol) mod 2³¹−1 from h = 0, and
     * frees each node it has passed, then the block.
     *
     * @return the last h
     */
    public int hash() {
        HeapMemory heap = memory;
        long[] later = pending;
        int count = 0;
        long hash = 0;
        long node = root;
        while (true) {
            long sum = hash * 31 + heap.get(node + FREQUENCY) + heap.get(node + SYMBOL);
            long left = heap.get(node + LEFT);
            long right = heap.get(node + RIGHT);
            allocator.free(node);
            // h × 31 + … has at most 36 bits
            long folded = (sum & MODULUS) + (sum >>> 31);
            hash = folded >= MODULUS ? folded - MODULUS : folded;
            if (left != NULL) {
                later[count++] = right;
                node = left;
            } else if (count > 0) {
                node = later[--count];
            } else {
                break;
            }
        }
        freeBlock();
        return (int) hash;
    }

    /**
     * Frees the tree and the block.
     *
     * @return the bits that the tree's code takes for the block: the sum of count × depth over all
     *     leaves, which is that of the frequency over all inner nodes
     */
    public long cost() {
        long cost = freeTree(root);
        freeBlock();
        return cost;
    }

    private long freeTree(long node) {
        long frequency = frequency(node);
        long left = memory.get(node + LEFT);
        long right = memory.get(node + RIGHT);
        allocator.free(node);
        return left == NULL ? 0 : frequency + freeTree(left) + freeTree(right);
    }

    private void freeBlock() {
        allocator.free(data);
        data = NULL;
    }

    private long allocate(int bytes) {
        long offset = allocator.allocate(bytes);
        if (offset == NULL) {
            release();
            throw new HeapFullException(bytes);
        }
        return offset;
    }

    /** Frees what the block has: the nodes so far are those below the entries of the min-heap. */
    private void release() {
        if (array != NULL) {
            while (minHeap.size() > 0) {
                freeTree(minHeap.pop());
            }
            allocator.free(array);
            array = NULL;
        }
        if (queue != NULL) {
            allocator.free(queue);
            queue = NULL;
        }
        if (data != NULL) {
            freeBlock();
        }
    }
}
