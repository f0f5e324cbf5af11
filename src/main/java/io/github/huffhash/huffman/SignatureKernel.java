package io.github.huffhash.huffman;

import java.util.Arrays;

/**
 * The hash of a block's reference tree, found without building the tree.
 *
 * <p>The pre-order hash of a subtree is affine in the value h it starts from: h·31<sup>n</sup> + H for a subtree of n
 * nodes. So each place of the min-heap carries (n, H) in place of a node, and a merge composes them: the parent of a and
 * b, with frequency f, has H = (f·31<sup>n(a)</sup> + H(a))·31<sup>n(b)</sup> + H(b).
 *
 * <p>The min-heap is an {@code int[]} of frequency·256 + slot, from index 1, compared by frequency alone; unused places
 * hold the maximum, so that a missing child is never the smaller one. {@link ReferenceTree} is the same algorithm, node
 * by node.
 *
 * <p>An instance belongs to one thread.
 */
public final class SignatureKernel {
    private static final int SLOT_MASK = 0xFF;
    /** Both children of the last of 256 entries have a place. */
    private static final int HEAP_ENTRIES = 514;
    /** 31 to the power of each possible number of nodes, mod P. */
    private static final int[] POWERS = powers();

    private final int[] heap = new int[HEAP_ENTRIES];
    private final int[] nodes = new int[256];
    private final int[] hashes = new int[256];

    /** Makes a kernel with scratch memory of its own. */
    public SignatureKernel() {
        Arrays.fill(heap, Integer.MAX_VALUE);
    }

    private static int[] powers() {
        int[] powers = new int[512];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = (int) Modulus.reduce(powers[i - 1] * 31L);
        }
        return powers;
    }

    /**
     * The hash of the tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to {@link ReferenceTree#MAX_BLOCK_BYTES}
     */
    public int hash(int[] counts) {
        int size = pushLeaves(counts);
        while (size > 1) {
            int left = heap[1];
            sink(size--);
            int right = heap[1];
            sink(size--);
            rise(heap, ++size, merge(left, right));
        }
        int root = heap[1] & SLOT_MASK;
        heap[1] = Integer.MAX_VALUE;
        return hashes[root];
    }

    private int pushLeaves(int[] counts) {
        int size = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            int count = counts[symbol];
            if (count > 0) {
                nodes[symbol] = 1;
                hashes[symbol] = count + symbol;
                rise(heap, ++size, count << 8 | symbol);
            }
        }
        return size;
    }

    /** The parent of two entries, in the slot of the left one. */
    private int merge(int left, int right) {
        int frequency = (left >>> 8) + (right >>> 8);
        int a = left & SLOT_MASK;
        int b = right & SLOT_MASK;
        long hash = Modulus.reduce((long) frequency * POWERS[nodes[a]] + hashes[a]);
        hashes[a] = (int) Modulus.reduce(hash * POWERS[nodes[b]] + hashes[b]);
        nodes[a] += nodes[b] + 1;
        return frequency << 8 | a;
    }

    /** Puts {@code entry} at index {@code from}; it rises past larger and equal frequencies. */
    private static void rise(int[] heap, int from, int entry) {
        int frequency = entry & ~SLOT_MASK;
        int i = from;
        while (i > 1 && heap[i >>> 1] >= frequency) {
            heap[i] = heap[i >>> 1];
            i >>>= 1;
        }
        heap[i] = entry;
    }

    /** Takes away the first of {@code size} entries: the last one takes its place and sinks. */
    private void sink(int size) {
        int[] heap = this.heap;
        int entry = heap[size];
        heap[size] = Integer.MAX_VALUE;
        int hole = 1;
        int child = 2;
        while (child < size) {
            int left = heap[child];
            int right = heap[child + 1];
            // 1 if the right frequency is strictly smaller; both are positive, so the sign of the difference tells
            child += right - (left & ~SLOT_MASK) >>> 31;
            heap[hole] = heap[child];
            hole = child;
            child <<= 1;
        }
        rise(heap, hole, entry);
    }
}
