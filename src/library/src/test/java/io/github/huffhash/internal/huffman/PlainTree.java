package io.github.huffhash.internal.huffman;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signature's tree in plain words, with an object for each node: what the fast code is compared
 * with.
 */
public final class PlainTree {
    private static final long MODULUS = 2_147_483_647;

    private record Children(Node left, Node right) {}

    private record Node(int symbol, long frequency, Optional<Children> children) {}

    /** A binary min-heap in an array; its moves decide the order of equal frequencies. */
    private static final class MinHeap {
        private final List<Node> array = new ArrayList<>();

        int size() {
            return array.size();
        }

        void push(Node node) {
            array.add(node);
            int i = size() - 1;
            while (i != 0 && !(array.get((i - 1) / 2).frequency < array.get(i).frequency)) {
                swap(i, (i - 1) / 2);
                i = (i - 1) / 2;
            }
        }

        Node pop() {
            Node first = array.getFirst();
            Node last = array.removeLast();
            if (size() > 0) {
                array.set(0, last);
                siftDown();
            }
            return first;
        }

        private void siftDown() {
            int i = 0;
            while (true) {
                int smallest = i;
                smallest = smallerOf(smallest, 2 * i + 1);
                smallest = smallerOf(smallest, 2 * i + 2);
                if (smallest == i) {
                    return;
                }
                swap(i, smallest);
                i = smallest;
            }
        }

        private int smallerOf(int candidate, int child) {
            boolean smaller =
                    child < size() && array.get(child).frequency < array.get(candidate).frequency;
            return smaller ? child : candidate;
        }

        private void swap(int i, int j) {
            Node node = array.get(i);
            array.set(i, array.get(j));
            array.set(j, node);
        }
    }

    private PlainTree() {}

    /** How often each of the 256 symbols occurs in {@code length} bytes. */
    public static int[] count(byte[] bytes, int from, int length) {
        int[] counts = new int[256];
        for (int i = from; i < from + length; i++) {
            counts[Byte.toUnsignedInt(bytes[i])]++;
        }
        return counts;
    }

    /** The hash of the tree of these counts. */
    public static int hash(int[] counts) {
        return (int) hash(build(counts), 0);
    }

    /** The sum of count × depth over all symbols of the tree of these counts. */
    static long cost(int[] counts) {
        return cost(build(counts));
    }

    /** Each node below another adds one to the depth of its leaves. */
    private static long cost(Node node) {
        return node.children.isEmpty()
                ? 0
                : node.frequency + cost(node.children.get().left) + cost(node.children.get().right);
    }

    private static Node build(int[] counts) {
        var heap = new MinHeap();
        for (int symbol = 0; symbol < 256; symbol++) {
            if (counts[symbol] > 0) {
                heap.push(new Node(symbol, counts[symbol], Optional.empty()));
            }
        }
        while (heap.size() > 1) {
            Node a = heap.pop();
            Node b = heap.pop();
            heap.push(new Node(0, a.frequency + b.frequency, Optional.of(new Children(a, b))));
        }
        return heap.pop();
    }

    private static long hash(Node node, long before) {
        long hash = (before * 31 + node.frequency + node.symbol) % MODULUS;
        if (node.children.isEmpty()) {
            return hash;
        }
        Children children = node.children.get();
        return hash(children.right, hash(children.left, hash));
    }
}
