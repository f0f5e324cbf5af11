package io.github.huffhash.internal.huffman;

/**
 * Where the nodes of a tree live. A builder knows them by slot: a leaf's slot is its symbol, a
 * parent takes the slot of its left child, which is not spoken of again.
 */
public interface TreeNodes {
    /** Makes the leaf of a symbol. */
    void leaf(int symbol, int frequency);

    /** Makes a node over two others, in the slot of the left one. */
    void parent(int left, int right, int frequency);
}
