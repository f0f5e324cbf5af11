package io.github.huffhash.block;

import io.github.huffhash.internal.huffman.Modulus;

/** The signature of an input: the sum of its blocks' hashes modulo 2³¹ − 1, 0 for an empty one. */
public final class Signature {
    private long sum;

    /** The signature of no block. */
    public Signature() {}

    /** Adds the hashes of the blocks that follow. */
    public void add(BlockHashes hashes) {
        long total = sum;
        for (int hash : hashes.hashes()) {
            total += hash;
        }
        sum = Modulus.reduce(total);
    }

    /** The signature of the blocks so far, below 2³¹ − 1. */
    public long value() {
        return sum;
    }
}
