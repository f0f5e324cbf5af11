package io.github.huffhash.internal.huffman;

import java.util.Arrays;

/**
 * The reference's Huffman algorithm, whoever keeps the nodes: the two least frequent nodes become
 * one, until one is left.
 *
 * <p>The order of nodes of equal frequency decides the tree's shape, so the binary min-heap moves
 * them exactly as the reference's does: leaves are pushed in symbol order, a pushed node rises past
 * equal ones, the last node takes the place of a popped one and sinks below strictly smaller ones,
 * the left child tried first.
 *
 * <p>An entry is frequency·256 + slot, and is compared by frequency alone; the first is at index 1;
 * unused places hold the maximum, so that a missing child is never the smaller one. See Huffman, "A
 * method for the construction of minimum-redundancy codes", 1952.
 *
 * <p>An instance belongs to one thread.
 */
public final class TreeBuilder {
    private static final int SLOT_MASK = 0xFF;
    private static final int UNUSED = Integer.MAX_VALUE;

    private final int[] heap = new int[1 + 256];

    public TreeBuilder() {
        Arrays.fill(heap, UNUSED);
    }

    /**
     * Builds the tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to 2²⁰
     * @param nodes makes the nodes
     * @return the root's slot
     */
    public int build(int[] counts, TreeNodes nodes) {
        int size = pushLeaves(counts, nodes);
        while (size > 1) {
            mergeSmallest(size--, nodes);
        }
        int root = heap[1] & SLOT_MASK;
        heap[1] = UNUSED;
        return root;
    }

    private int pushLeaves(int[] counts, TreeNodes nodes) {
        int size = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            int count = counts[symbol];
            if (count > 0) {
                nodes.leaf(symbol, count);
                rise(heap, ++size, (count << 8) + symbol);
            }
        }
        return size;
    }

    private void mergeSmallest(int size, TreeNodes nodes) {
        int left = heap[1];
        sinkLast(heap, size);
        int right = heap[1];
        sinkLast(heap, size - 1);
        int frequency = (left >>> 8) + (right >>> 8);
        nodes.parent(left & SLOT_MASK, right & SLOT_MASK, frequency);
        rise(heap, size - 1, (frequency << 8) + (left & SLOT_MASK));
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
