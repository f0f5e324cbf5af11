package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.huffman.HuffmanDecoder;
import io.github.huffhash.internal.huffman.HuffmanEncoder;
import io.github.huffhash.internal.huffman.StreamEnd;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes blocks without sequences (RFC 8878, section 3.1.1.2). Apart from the tree that treeless
 * blocks need, no block depends on another.
 *
 * <p>An instance belongs to one thread.
 */
public final class BlockDecoder {
    /** Bytes from a block's header to the end of the tree description it brings, at most. */
    static final int MAX_TREE_BYTES =
            BlockHeader.BYTES + LiteralsHeader.MAX_BYTES + Weights.MAX_BYTES;

    private final Weights weights = new Weights();
    private final HuffmanDecoder decoder = new HuffmanDecoder();
    private final byte[] lengths = new byte[256];
    private final int[] boundaries = new int[5];
    private boolean treeKnown;

    /** A block whose tree is the last one, as long as that is not known. */
    private Optional<Chunk> treeBlock = Optional.empty();

    /** A decoder at the beginning of a frame. */
    public BlockDecoder() {}

    /** Forgets the last tree: what follows is the beginning of a frame. */
    public void reset() {
        reset(Optional.empty());
    }

    /**
     * Forgets the last tree: what follows is not a continuation of what came before.
     *
     * @param tree the beginning of the last block that brought a tree, up to {@link
     *     #MAX_TREE_BYTES}; only read if a treeless block needs it
     */
    void reset(Optional<Chunk> tree) {
        treeKnown = false;
        treeBlock = tree;
    }

    /**
     * Decodes the block that begins at {@code chunk.bytes()[at]}.
     *
     * @param outline what {@link BlockOutline#read} said about it
     * @param target receives {@link BlockOutline#regeneratedSize} bytes from index {@code to} on
     * @throws ZstdFormatException if the block is not there as a whole, is not valid, or has
     *     sequences
     */
    public void decode(Chunk chunk, int at, BlockOutline outline, byte[] target, int to)
            throws ZstdFormatException {
        int from = at + BlockHeader.BYTES;
        int size = outline.regeneratedSize();
        chunk.require(from, outline.header().storedBytes(), "a block");
        switch (outline.header().type()) {
            case RAW -> System.arraycopy(chunk.bytes(), from, target, to, size);
            case RLE -> Arrays.fill(target, to, to + size, chunk.bytes()[from]);
            case COMPRESSED -> compressed(chunk, from, from + outline.header().size(), target, to);
        }
    }

    private void compressed(Chunk chunk, int from, int end, byte[] target, int to)
            throws ZstdFormatException {
        LiteralsHeader header = LiteralsHeader.read(chunk, from, end);
        int start = from + header.bytes();
        if (header.storedSize() > end - start) {
            throw chunk.failure(from, "literals section larger than its block");
        }
        int sequences = start + header.storedSize();
        requireNoSequences(chunk, sequences, end);
        int size = header.regeneratedSize();
        switch (header.type()) {
            case RAW -> System.arraycopy(chunk.bytes(), start, target, to, size);
            case RLE -> Arrays.fill(target, to, to + size, chunk.bytes()[start]);
            case COMPRESSED -> {
                int streams = readTree(chunk, start, sequences);
                streams(chunk, streams, sequences, header, target, to);
            }
            case TREELESS -> {
                if (!treeKnown && treeBlock.isPresent()) {
                    readTree(treeBlock.get());
                }
                if (!treeKnown) {
                    throw chunk.failure(from, "treeless block without a tree before it");
                }
                streams(chunk, start, sequences, header, target, to);
            }
        }
    }

    /** Reads a tree description and returns the index behind it. */
    private int readTree(Chunk chunk, int from, int to) throws ZstdFormatException {
        treeKnown = false;
        int end = weights.read(chunk, from, to, lengths);
        decoder.setCode(lengths);
        treeKnown = true;
        return end;
    }

    private void readTree(Chunk block) throws ZstdFormatException {
        BlockHeader header = BlockHeader.read(block, 0);
        var literals =
                LiteralsHeader.read(block, BlockHeader.BYTES, BlockHeader.BYTES + header.size());
        readTree(block, BlockHeader.BYTES + literals.bytes(), block.length());
    }

    /** The number of sequences must be 0, in one byte or, needlessly, in two. */
    private static void requireNoSequences(Chunk chunk, int at, int end)
            throws ZstdFormatException {
        if (at == end) {
            throw chunk.failure(at, "compressed block without a sequences section");
        }
        int first = chunk.bytes()[at] & 0xFF;
        boolean two = first == 128 && end - at >= 2 && chunk.bytes()[at + 1] == 0;
        if (first != 0 && !two) {
            throw ZstdFormatException.sequences(chunk.offset() + at);
        }
        if (end - at > (two ? 2 : 1)) {
            throw chunk.failure(at, "bytes behind the sequences section of a block");
        }
    }

    private void streams(
            Chunk chunk, int from, int end, LiteralsHeader header, byte[] target, int to)
            throws ZstdFormatException {
        int size = header.regeneratedSize();
        StreamEnd result;
        if (header.streams() == 1) {
            result = decoder.decode1(chunk.bytes(), from, end, target, to, size);
        } else {
            findStreams(chunk, from, end, size);
            result = decoder.decode4(chunk.bytes(), boundaries, target, to, size);
        }
        switch (result) {
            case EXACT -> {}
            case EMPTY -> throw chunk.failure(from, "Huffman stream of zero bytes");
            case NO_END_MARK -> throw chunk.failure(from, "Huffman stream whose last byte is zero");
            case EARLY -> throw chunk.failure(from, "Huffman stream ends early");
            case LATE -> throw chunk.failure(from, "Huffman stream ends late");
        }
    }

    private void findStreams(Chunk chunk, int from, int end, int size) throws ZstdFormatException {
        if (size < Limits.MIN_LITERALS_OF_4) {
            throw chunk.failure(from, "4 Huffman streams for " + size + " literals");
        }
        int start = from + HuffmanEncoder.JUMP_TABLE_BYTES;
        if (start > end) {
            throw chunk.failure(from, "no room for a jump table in the literals section");
        }
        for (int stream = 0; stream < 4; stream++) {
            boundaries[stream] = start;
            if (stream < 3) {
                start += LittleEndian.get16(chunk.bytes(), from + 2 * stream);
            }
        }
        if (start > end) {
            throw chunk.failure(from, "jump table points outside of the literals section");
        }
        boundaries[4] = end;
    }
}
