package io.github.huffhash;

import io.github.huffhash.internal.huffman.Histogram;
import io.github.huffhash.internal.huffman.SignatureKernel;
import java.util.Objects;

/**
 * The hash of one block's reference tree: the Huffman tree that the reference program builds for
 * the block, hashed in pre-order. No tree is built.
 *
 * <pre>{@code
 * hasher.count(bytes, 0, 1024);
 * int hash = hasher.hash();
 * }</pre>
 *
 * <p>An instance has about 10 KB of scratch memory and belongs to one thread.
 */
public final class BlockHasher {
    /** The most bytes of a block. */
    public static final int MAX_BLOCK_BYTES = 1 << 20;

    private final Histogram histogram = new Histogram();
    private final SignatureKernel kernel = new SignatureKernel();
    private final int[] counts = new int[256];
    private boolean counted;

    /** Makes a hasher with scratch memory of its own. */
    public BlockHasher() {}

    /**
     * Counts the bytes of a block: {@code bytes[offset]} to {@code bytes[offset + length - 1]}.
     *
     * @param length from 1 to {@link #MAX_BLOCK_BYTES}
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalArgumentException if the block is empty or too long
     */
    public void count(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length < 1 || length > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "a block of %d bytes: must be from 1 to %d".formatted(length, MAX_BLOCK_BYTES));
        }
        histogram.count(bytes, offset, length, counts);
        counted = true;
    }

    /**
     * The hash of the block that was counted last, from 0 to 2³¹ − 2.
     *
     * @throws IllegalStateException if no block has been counted
     */
    public int hash() {
        if (!counted) {
            throw new IllegalStateException("no block has been counted");
        }
        return kernel.hash(counts);
    }
}
