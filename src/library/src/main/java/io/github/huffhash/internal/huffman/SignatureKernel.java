package io.github.huffhash.internal.huffman;

import java.util.Arrays;

/**
 * The hash of a block's reference tree, found without building the tree: the two least frequent
 * nodes become one, until one is left (Huffman, "A method for the construction of
 * minimum-redundancy codes", 1952).
 *
 * <p>The pre-order hash of a subtree is affine in the value h it starts from: h·31<sup>n</sup> + H
 * for a subtree of n nodes. So each slot carries (n, H) in place of a node, and a parent composes
 * them: for children a and b and frequency f, H = (f·31<sup>n(a)</sup> + H(a))·31<sup>n(b)</sup> +
 * H(b). A leaf's slot is its symbol; a parent takes the slot of its left child, which is not needed
 * any more.
 *
 * <p>The order of nodes of equal frequency decides the tree's shape, so the binary min-heap moves
 * them exactly as the reference's does: leaves are pushed in symbol order, a pushed node rises past
 * equal ones, the last node takes the place of a popped one and sinks below strictly smaller ones,
 * the left child tried first. An entry is frequency·256 + slot, and is compared by frequency alone;
 * the first is at index 1; unused places hold the maximum, so that a missing child is never the
 * smaller one.
 *
 * <p>An instance belongs to one thread.
 */
public final class SignatureKernel {
    /** Hashes are taken modulo the Mersenne prime 2³¹ − 1. */
    private static final int P = Integer.MAX_VALUE;

    private static final int SLOT_MASK = 0xFF;
    private static final int UNUSED = Integer.MAX_VALUE;

    /** 31 to the power of each possible number of nodes, mod P. */
    private static final int[] POWERS = powers();

    private final int[] heap = new int[1 + 256];
    private final int[] nodes = new int[256];
    private final int[] hashes = new int[256];

    /** Makes a kernel with scratch memory of its own. */
    public SignatureKernel() {
        Arrays.fill(heap, UNUSED);
    }

    private static int[] powers() {
        int[] powers = new int[512];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = (int) reduce(powers[i - 1] * 31L);
        }
        return powers;
    }

    /**
     * {@code x} mod P without a division: 2³¹ ≡ 1, so the high bits are added to the low ones.
     *
     * @param x from 0 to 2⁶³ − 1
     */
    static long reduce(long x) {
        long folded = fold(fold(x));
        return folded >= P ? folded - P : folded;
    }

    private static long fold(long x) {
        return (x & P) + (x >>> 31);
    }

    /**
     * The hash of the tree of these counts, less than 2³¹ − 1.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to 2²⁰
     */
    public int hash(int[] counts) {
        int size = pushLeaves(counts);
        while (size > 1) {
            mergeSmallest(size--);
        }
        int root = heap[1] & SLOT_MASK;
        heap[1] = UNUSED;
        return hashes[root];
    }

    private int pushLeaves(int[] counts) {
        int size = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            int count = counts[symbol];
            if (count > 0) {
                nodes[symbol] = 1;
                hashes[symbol] = count + symbol;
                rise(heap, ++size, (count << 8) + symbol);
            }
        }
        return size;
    }

    private void mergeSmallest(int size) {
        int left = heap[1];
        sinkLast(heap, size);
        int right = heap[1];
        sinkLast(heap, size - 1);
        int frequency = (left >>> 8) + (right >>> 8);
        makeParent(left & SLOT_MASK, right & SLOT_MASK, frequency);
        rise(heap, size - 1, (frequency << 8) + (left & SLOT_MASK));
    }

    private void makeParent(int left, int right, int frequency) {
        long hash = reduce((long) frequency * POWERS[nodes[left]] + hashes[left]);
        hashes[left] = (int) reduce(hash * POWERS[nodes[right]] + hashes[right]);
        nodes[left] += nodes[right] + 1;
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

    /**
     * Takes away the first of {@code size} entries: the last one takes its place and sinks.
     *
     * <p>Which child is the smaller does not depend on what sinks, so the way goes down to a leaf
     * without a branch that depends on the data. Once the entry has found its place, what is
     * carried on is the child that was there, which finds its own again.
     */
    private static void sinkLast(int[] heap, int size) {
        int carried = heap[size];
        heap[size] = UNUSED;
        int place = 1;
        for (int below = size - 1; below > 1; below >>>= 1) {
            int child = place << 1;
            int left = heap[child];
            int right = heap[child + 1];
            int takeRight = (right - (left & ~SLOT_MASK)) >> 31; // all ones if strictly smaller
            int smaller = left ^ ((left ^ right) & takeRight);
            int swap = (smaller - (carried & ~SLOT_MASK)) >> 31;
            int change = (smaller ^ carried) & swap;
            heap[place] = carried ^ change;
            carried = smaller ^ change;
            place = child - takeRight;
        }
        heap[place] = carried;
    }
}
