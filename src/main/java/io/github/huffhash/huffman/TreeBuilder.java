package io.github.huffhash.huffman;

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
final class TreeBuilder {
    private static final int SLOT_MASK = 0xFF;
    private static final int UNUSED = Integer.MAX_VALUE;

    /** Both children of the last of 256 entries have a place. */
    private final int[] heap = new int[514];

    TreeBuilder() {
        Arrays.fill(heap, UNUSED);
    }

    /**
     * Builds the tree of these counts.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to 2²⁰
     * @param nodes makes the nodes
     * @return the root's slot
     */
    int build(int[] counts, TreeNodes nodes) {
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
     * <p>Which child is the smaller does not depend on what sinks, so the hole goes all the way
     * down first and the entry then rises to where it belongs: the same place, with one
     * unpredictable branch less on every level.
     */
    private static void sinkLast(int[] heap, int size) {
        int entry = heap[size];
        heap[size] = UNUSED;
        int hole = 1;
        int child = 2;
        while (child < size) {
            int left = heap[child];
            int right = heap[child + 1];
            // the sign of the difference is 1 if the right frequency is strictly smaller
            child += (right - (left & ~SLOT_MASK)) >>> 31;
            heap[hole] = heap[child];
            hole = child;
            child <<= 1;
        }
        rise(heap, hole, entry);
    }
}
