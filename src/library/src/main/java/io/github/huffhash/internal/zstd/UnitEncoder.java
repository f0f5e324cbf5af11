package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BytePlanes;
import io.github.huffhash.internal.huffman.CodeLengths;
import io.github.huffhash.internal.huffman.HuffmanEncoder;
import java.util.Arrays;

/**
 * Turns a unit of input into the blocks of a frame. The bytes of the unit alone decide what they
 * are, so units can be encoded in any order and by any thread.
 *
 * <p>A unit is cut where its statistics change; each part becomes a block of whichever kind is the
 * shortest: raw, RLE, or literals that are Huffman-coded with a tree of their own or the last one
 * of the same unit. There are never sequences.
 *
 * <p>An instance belongs to one thread.
 */
public final class UnitEncoder {
    /** Fewer literals go into one stream: four would cost more bytes than they save time. */
    private static final int FEWEST_FOR_4_STREAMS = 256;

    private static final int SYMBOLS = 256;

    /** The one byte of a sequences section without sequences. */
    private static final int SEQUENCES_BYTES = 1;

    private final Splitter splitter = new Splitter();
    private final CodeLengths codeLengths = new CodeLengths();
    private final Weights weights = new Weights();
    private final HuffmanEncoder encoder = new HuffmanEncoder();
    private final byte[] description = new byte[Weights.MAX_BYTES];

    /** The code for the block at hand, and that of the last block with a tree. */
    private byte[] lengths = new byte[SYMBOLS];

    private byte[] lastLengths = new byte[SYMBOLS];

    /** The planes of the unit at hand, once there have been any. */
    private byte[] split = {};

    /**
     * Bytes of room that a unit of {@code length} bytes may need in {@link #encode}'s target: a
     * block is at worst raw, and there is at most one for each piece, the last of each plane
     * included.
     */
    public static int maxBytes(int length) {
        int blocks = length / Splitter.PIECE_BYTES + BytePlanes.MAX;
        return length + blocks * BlockHeader.BYTES + HuffmanEncoder.SLACK_BYTES;
    }

    /**
     * Encodes {@code source[from]} to {@code source[from + length - 1]}.
     *
     * @param length from 0 to {@link Limits#MAX_BLOCK_BYTES}; of 0 bytes, an empty block is made
     * @param target must have {@link #maxBytes} of room; what it has there behind the blocks is
     *     undefined
     * @return the index behind the blocks, none of which is marked as a frame's last
     */
    public int encode(byte[] source, int from, int length, byte[] target, int at) {
        if (length == 0) {
            return raw(source, from, 0, target, at);
        }
        Arrays.fill(lastLengths, (byte) 0);
        int segments = splitter.split(source, from, length);
        int start = from;
        int end = at;
        for (int segment = 0; segment < segments; segment++) {
            int size = splitter.end(segment) - start;
            end = encodeBlock(source, start, size, splitter.counts(segment), target, end);
            start += size;
        }
        return end;
    }

    /**
     * Encodes {@code source[from]} to {@code source[from + length - 1]} as byte planes, each of
     * them as a unit of its own.
     *
     * @param planes bytes of an element, or 1
     */
    public int encode(byte[] source, int from, int length, int planes, byte[] target, int at) {
        if (length < planes || planes == 1) {
            return encode(source, from, length, target, at);
        }
        if (split.length < length) {
            split = new byte[Limits.MAX_BLOCK_BYTES];
        }
        BytePlanes.split(source, from, length, planes, split, 0);
        int end = at;
        for (int plane = 0; plane < planes; plane++) {
            int start = BytePlanes.start(length, planes, plane);
            int size = BytePlanes.start(length, planes, plane + 1) - start;
            end = encode(split, start, size, target, end);
        }
        return end;
    }

    /** Stores a block in the way that takes the fewest bytes. */
    private int encodeBlock(
            byte[] source, int from, int length, int[] counts, byte[] target, int at) {
        if (counts[source[from] & 0xFF] == length) {
            return rle(source[from], length, target, at);
        }
        codeLengths.build(counts, lengths);
        int descriptionBytes = weights.write(lengths, description, 0);
        long newBytes =
                descriptionBytes == 0
                        ? Long.MAX_VALUE
                        : sectionBytes(counts, lengths, length) + descriptionBytes;
        long lastBytes = sectionBytes(counts, lastLengths, length);
        if (Math.min(newBytes, lastBytes) >= length) {
            return raw(source, from, length, target, at);
        }
        if (lastBytes <= newBytes) {
            return huffman(source, from, length, 0, target, at);
        }
        byte[] swap = lastLengths;
        lastLengths = lengths;
        lengths = swap;
        encoder.setCode(lastLengths);
        return huffman(source, from, length, descriptionBytes, target, at);
    }

    /** The most bytes a block can have with this code, without a tree description. */
    private static long sectionBytes(int[] counts, byte[] lengths, int length) {
        long bits = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (counts[symbol] > 0 && lengths[symbol] == 0) {
                return Long.MAX_VALUE;
            }
            bits += (long) counts[symbol] * lengths[symbol];
        }
        int streams = streams(length);
        // each stream has an end mark, and is filled up to a byte
        return LiteralsHeader.huffmanBytes(length)
                + (streams == 4 ? HuffmanEncoder.JUMP_TABLE_BYTES : 0)
                + (bits + 7) / 8
                + streams
                + SEQUENCES_BYTES;
    }

    private static int streams(int length) {
        return length < FEWEST_FOR_4_STREAMS ? 1 : 4;
    }

    private static int raw(byte[] source, int from, int length, byte[] target, int at) {
        new BlockHeader(false, BlockHeader.Type.RAW, length).write(target, at);
        System.arraycopy(source, from, target, at + BlockHeader.BYTES, length);
        return at + BlockHeader.BYTES + length;
    }

    private static int rle(byte symbol, int length, byte[] target, int at) {
        new BlockHeader(false, BlockHeader.Type.RLE, length).write(target, at);
        target[at + BlockHeader.BYTES] = symbol;
        return at + BlockHeader.BYTES + 1;
    }

    /** Encodes with a new tree, whose description has so many bytes; with the last one if 0. */
    private int huffman(
            byte[] source, int from, int length, int descriptionBytes, byte[] target, int at) {
        int section = at + BlockHeader.BYTES;
        int tree = section + LiteralsHeader.huffmanBytes(length);
        System.arraycopy(description, 0, target, tree, descriptionBytes);
        int start = tree + descriptionBytes;
        int streams = streams(length);
        int end =
                streams == 1
                        ? encoder.encode1(source, from, length, target, start)
                        : encoder.encode4(source, from, length, target, start);
        var type =
                descriptionBytes == 0
                        ? LiteralsHeader.Type.TREELESS
                        : LiteralsHeader.Type.COMPRESSED;
        LiteralsHeader.huffman(type, streams, length, end - tree).write(target, section);
        target[end] = 0; // sequences
        int size = end + SEQUENCES_BYTES - section;
        new BlockHeader(false, BlockHeader.Type.COMPRESSED, size).write(target, at);
        return end + SEQUENCES_BYTES;
    }
}
