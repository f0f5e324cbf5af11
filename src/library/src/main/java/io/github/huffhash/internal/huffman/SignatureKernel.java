package io.github.huffhash.internal.huffman;

/**
 * The hash of a block's reference tree, found without building the tree.
 *
 * <p>The pre-order hash of a subtree is affine in the value h it starts from: h·31<sup>n</sup> + H
 * for a subtree of n nodes. So each slot carries (n, H) in place of a node, and a parent composes
 * them: for children a and b and frequency f, H = (f·31<sup>n(a)</sup> + H(a))·31<sup>n(b)</sup> +
 * H(b).
 *
 * <p>An instance belongs to one thread.
 */
public final class SignatureKernel {
    /** 31 to the power of each possible number of nodes, mod P. */
    private static final int[] POWERS = powers();

    private final TreeBuilder builder = new TreeBuilder();
    private final Subtrees subtrees = new Subtrees();

    /** Makes a kernel with scratch memory of its own. */
    public SignatureKernel() {}

    private static int[] powers() {
        int[] powers = new int[512];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = (int) Modulus.reduce(powers[i - 1] * 31L);
        }
        return powers;
    }

    /**
     * The hash of the tree of these counts: the same as {@link HeapTree#hashAndFree} gives.
     *
     * @param counts how often each of the 256 symbols occurs, together from 1 to {@link
     *     HeapTree#MAX_BLOCK_BYTES}
     */
    public int hash(int[] counts) {
        return subtrees.hashes[builder.build(counts, subtrees)];
    }

    private static final class Subtrees implements TreeNodes {
        final int[] nodes = new int[256];
        final int[] hashes = new int[256];

        @Override
        public void leaf(int symbol, int frequency) {
            nodes[symbol] = 1;
            hashes[symbol] = frequency + symbol;
        }

        @Override
        public void parent(int left, int right, int frequency) {
            long hash = Modulus.reduce((long) frequency * POWERS[nodes[left]] + hashes[left]);
            hashes[left] = (int) Modulus.reduce(hash * POWERS[nodes[right]] + hashes[right]);
            nodes[left] += nodes[right] + 1;
        }
    }
}
