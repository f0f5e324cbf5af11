package io.github.huffhash;

import java.io.Serializable;
import java.util.Objects;

/**
 * The signature of a range of an input that begins where a block begins: the sum of its blocks'
 * hashes modulo 2³¹ − 1. Signatures of ranges that follow each other add up to that of the whole,
 * so that parts of an input can be signed anywhere:
 *
 * <pre>{@code
 * Signature whole = Signature.of(firstMegabyte, 0, 1 << 20, 1024)
 *         .plus(Signature.of(rest, 0, rest.length, 1024));
 * }</pre>
 *
 * <p>Immutable. Serializable, so that a cluster can sign the parts.
 */
public final class Signature implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The signature of no block. */
    public static final Signature EMPTY = new Signature(0, 0);

    /** Bytes of a block, unless said otherwise. */
    public static final int DEFAULT_BLOCK_BYTES = 1024;

    private static final long MODULUS = Integer.MAX_VALUE;

    private final long value;
    private final long blocks;

    private Signature(long value, long blocks) {
        this.value = value;
        this.blocks = blocks;
    }

    /**
     * The signature of {@code bytes[offset]} to {@code bytes[offset + length - 1]}, cut into blocks
     * from its beginning; the last block may be shorter.
     *
     * @param blockBytes bytes of a block, from 1 to {@link BlockHasher#MAX_BLOCK_BYTES}
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalArgumentException if {@code blockBytes} is out of range
     */
    public static Signature of(byte[] bytes, int offset, int length, int blockBytes) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (blockBytes < 1 || blockBytes > BlockHasher.MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "blocks of %d bytes: must be from 1 to %d"
                            .formatted(blockBytes, BlockHasher.MAX_BLOCK_BYTES));
        }
        var hasher = new BlockHasher();
        long sum = 0;
        long blocks = 0;
        for (int done = 0; done < length; blocks++) {
            int block = Math.min(blockBytes, length - done);
            hasher.count(bytes, offset + done, block);
            sum += hasher.hash(); // less than 2³¹ times 2³¹
            done += block;
        }
        return new Signature(sum % MODULUS, blocks);
    }

    /**
     * The signature of blocks whose hashes are known.
     *
     * @param blockHashes what {@link BlockHasher#hash} gave for each, from 0 to 2³¹ − 2
     * @throws IllegalArgumentException if a hash is out of range
     */
    public static Signature ofHashes(int... blockHashes) {
        long sum = 0;
        for (int hash : blockHashes) {
            if (hash < 0 || hash == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("not the hash of a block: " + hash);
            }
            sum += hash;
        }
        return new Signature(sum % MODULUS, blockHashes.length);
    }

    /** The signature of this range and the one that follows it. */
    public Signature plus(Signature next) {
        return new Signature((value + next.value) % MODULUS, blocks + next.blocks);
    }

    /** The sum of the hashes modulo 2³¹ − 1. */
    public long value() {
        return value;
    }

    /** How many blocks the range has. */
    public long blocks() {
        return blocks;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && value == that.value && blocks == that.blocks;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value * 31 + blocks);
    }

    /** The value in decimal, as the command line prints it. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
