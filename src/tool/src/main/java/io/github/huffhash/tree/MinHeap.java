package io.github.huffhash.tree;

import io.github.huffhash.memory.HeapMemory;

/**
 * The reference's binary min-heap of tree nodes, in the simulated heap: a head and an array, whose
 * entries are the nodes' offsets; comparisons load the nodes' frequencies. Which of two nodes with
 * equal frequencies comes first decides the shape of the tree.
 *
 * <pre>
 * head (16)      | array | size |
 * array (2048)   | node | node | ...
 * </pre>
 */
final class MinHeap {
    static final int BYTES = 16;
    static final int ARRAY_BYTES = 256 * Long.BYTES;

    private static final int ARRAY = 0;
    private static final int SIZE = 8;
    private static final int ENTRY_SHIFT = 3;

    private final HeapMemory memory;
    private long head;

    MinHeap(HeapMemory memory) {
        this.memory = memory;
    }

    /** Begins an empty min-heap in memory just allocated. */
    void begin(long newHead, long array) {
        head = newHead;
        memory.set(head + ARRAY, array);
        memory.set(head + SIZE, 0);
    }

    long size() {
        return memory.get(head + SIZE);
    }

    /** Puts a node at the end; it rises unless its parent's frequency is strictly smaller. */
    void push(long node) {
        HeapMemory heap = memory;
        long array = heap.get(head + ARRAY);
        long index = heap.get(head + SIZE);
        heap.set(head + SIZE, index + 1);
        long frequency = heap.get(node + ReferenceTree.FREQUENCY);
        while (index > 0) {
            long above = (index - 1) >> 1;
            long parent = heap.get(array + (above << ENTRY_SHIFT));
            if (heap.get(parent + ReferenceTree.FREQUENCY) < frequency) {
                break;
            }
            heap.set(array + (index << ENTRY_SHIFT), parent);
            index = above;
        }
        heap.set(array + (index << ENTRY_SHIFT), node);
    }

    /**
     * Takes the first node; the last one sinks from its place while a child's frequency is strictly
     * smaller, to the left if both children's are equal.
     */
    long pop() {
        HeapMemory heap = memory;
        long array = heap.get(head + ARRAY);
        long size = heap.get(head + SIZE) - 1;
        heap.set(head + SIZE, size);
        long top = heap.get(array);
        long node = heap.get(array + (size << ENTRY_SHIFT));
        long frequency = heap.get(node + ReferenceTree.FREQUENCY);
        long index = 0;
        for (long child = 1; child < size; child = 2 * index + 1) {
            long next = heap.get(array + (child << ENTRY_SHIFT));
            long nextFrequency = heap.get(next + ReferenceTree.FREQUENCY);
            if (child + 1 < size) {
                // by arithmetic: which child is smaller cannot be predicted
                long right = heap.get(array + ((child + 1) << ENTRY_SHIFT));
                long rightFrequency = heap.get(right + ReferenceTree.FREQUENCY);
                long ifRight = (rightFrequency - nextFrequency) >> (Long.SIZE - 1);
                next ^= (next ^ right) & ifRight;
                nextFrequency ^= (nextFrequency ^ rightFrequency) & ifRight;
                child -= ifRight;
            }
            if (nextFrequency >= frequency) {
                break;
            }
            heap.set(array + (index << ENTRY_SHIFT), next);
            index = child;
        }
        heap.set(array + (index << ENTRY_SHIFT), node);
        return top;
    }
}
