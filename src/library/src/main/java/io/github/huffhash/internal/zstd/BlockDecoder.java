package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BytePlanes;
import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.huffman.HuffmanDecoder;
import io.github.huffhash.internal.huffman.HuffmanDecoder.StreamEnd;
import io.github.huffhash.internal.huffman.HuffmanEncoder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes blocks without sequences, and the literals of others (RFC 8878, section 3.1.1.2). Apart
 * from the tree that treeless blocks need, no block depends on another then.
 *
 * <p>An instance belongs to one thread.
 */
public final class BlockDecoder {
    /** Decoders that are not in use: each has 50 KB of tables. */
    private static final BufferPool<BlockDecoder> IDLE = BufferPool.ofAllThreads();

    private final Weights weights = new Weights();
    private final HuffmanDecoder decoder = new HuffmanDecoder();
    private final byte[] lengths = new byte[256];
    private final int[] boundaries = new int[5];
    private boolean treeKnown;

    /** The planes of a unit, once there have been any. */
    private byte[] unit = {};

    /** The description of the last tree, as long as it has not been needed. */
    private Optional<InputBuffer> description = Optional.empty();

    /** A decoder for one group or file, to be given back. */
    static BlockDecoder take() {
        return IDLE.take().orElseGet(BlockDecoder::new);
    }

    /** Makes the decoder available for others. */
    void giveBack() {
        description = Optional.empty();
        IDLE.give(this);
    }

    /**
     * A group and its content.
     *
     * @param content {@link BlockGroup#contentBytes} bytes from index 0 on; the literals of a block
     *     with sequences
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from thread to thread, never compared
    public record Decoded(BlockGroup group, byte[] content) {}

    /**
     * Decodes a group of blocks with an idle decoder and releases it, unless it has sequences.
     *
     * @param pool buffers of {@code bufferBytes}, for all but small contents
     * @param bufferBytes the most bytes of content a group may have
     * @throws ZstdFormatException if a block is not valid
     */
    public static Decoded decode(BlockGroup group, BufferPool<byte[]> pool, int bufferBytes)
            throws ZstdFormatException {
        byte[] content =
                group.contentBytes() < bufferBytes / 4
                        ? new byte[group.contentBytes()]
                        : pool.take().orElseGet(() -> new byte[bufferBytes]);
        BlockDecoder decoder = take();
        try {
            decoder.decode(group, content);
        } finally {
            decoder.giveBack();
        }
        if (!group.hasSequences()) {
            group.release();
        }
        return new Decoded(group, content);
    }

    /**
     * Decodes a group of blocks.
     *
     * @param target receives {@link BlockGroup#contentBytes} bytes from index 0 on
     * @throws ZstdFormatException if a block is not valid
     */
    public void decode(BlockGroup group, byte[] target) throws ZstdFormatException {
        begin(group.tree());
        int at = group.from();
        int to = 0;
        for (BlockInfo block : group.blocks()) {
            decode(group.input(), at, block, target, to);
            at += block.bytes();
            to += block.contentBytes();
        }
        if (group.failure().isPresent()) {
            throw group.failure().get();
        }
        if (group.planes() > 1) {
            joinPlanes(target, 0, to, group.planes());
        }
    }

    /** Joins the byte planes of a unit, {@code bytes[from]} to {@code bytes[from + length - 1]}. */
    void joinPlanes(byte[] bytes, int from, int length, int planes) {
        if (unit.length < length) {
            unit = new byte[Limits.UNIT_BYTES];
        }
        System.arraycopy(bytes, from, unit, 0, length);
        BytePlanes.join(unit, 0, length, planes, bytes, from);
    }

    /**
     * Forgets the last tree: what follows does not continue what came before.
     *
     * @param tree the description of the last tree before it in its frame, from index 0 on; it is
     *     only read if a treeless block needs it
     */
    void begin(Optional<InputBuffer> tree) {
        treeKnown = false;
        description = tree;
    }

    /**
     * Decodes the block that begins at {@code input.bytes()[at]}.
     *
     * @param block its headers
     * @param target receives {@link BlockInfo#contentBytes} bytes from index {@code to} on
     * @throws ZstdFormatException if the block is not there as a whole, or is not valid
     */
    void decode(InputBuffer input, int at, BlockInfo block, byte[] target, int to)
            throws ZstdFormatException {
        input.require(at, block.bytes(), "a block");
        int from = at + BlockHeader.BYTES;
        int size = block.contentBytes();
        switch (block.header().type()) {
            case RAW -> System.arraycopy(input.bytes(), from, target, to, size);
            case RLE -> Arrays.fill(target, to, to + size, input.bytes()[from]);
            case COMPRESSED -> compressed(input, at, block, target, to);
        }
    }

    private void compressed(InputBuffer input, int at, BlockInfo block, byte[] target, int to)
            throws ZstdFormatException {
        LiteralsHeader header = block.literals().orElseThrow();
        int from = at + BlockHeader.BYTES;
        if (block.sequencesStart() > block.bytes()) {
            throw input.failure(from, "literals section larger than its block");
        }
        int start = at + block.treeStart();
        int sequences = at + block.sequencesStart();
        if (!block.hasSequences()) {
            requireNoSequences(input, sequences, at + block.bytes());
        }
        int size = header.regeneratedSize();
        switch (header.type()) {
            case RAW -> System.arraycopy(input.bytes(), start, target, to, size);
            case RLE -> Arrays.fill(target, to, to + size, input.bytes()[start]);
            case COMPRESSED -> {
                int streams = readTree(input, start, sequences);
                streams(input, streams, sequences, header, target, to);
            }
            case TREELESS -> {
                if (!treeKnown && description.isPresent()) {
                    readTree(description.get(), 0, description.get().length());
                }
                if (!treeKnown) {
                    throw input.failure(from, "treeless block without a tree before it");
                }
                streams(input, start, sequences, header, target, to);
            }
        }
    }

    /** Reads a tree description and returns the index behind it. */
    private int readTree(InputBuffer input, int from, int to) throws ZstdFormatException {
        treeKnown = false;
        int end = weights.read(input, from, to, lengths);
        decoder.setCode(lengths);
        treeKnown = true;
        return end;
    }

    /** The number of sequences must be 0, in one byte or, needlessly, in two. */
    private static void requireNoSequences(InputBuffer input, int at, int end)
            throws ZstdFormatException {
        if (at == end) {
            throw input.failure(at, "compressed block without a sequences section");
        }
        int first = input.bytes()[at] & 0xFF;
        boolean two = first == 128 && end - at == 2 && input.bytes()[at + 1] == 0;
        if (first != 0 && !two) {
            throw input.failure(at, "no room for the sequences of a block");
        }
        if (first == 0 && end - at > 1) {
            throw input.failure(at, "bytes behind the sequences section of a block");
        }
    }

    private void streams(
            InputBuffer input, int from, int end, LiteralsHeader header, byte[] target, int to)
            throws ZstdFormatException {
        int size = header.regeneratedSize();
        StreamEnd result;
        if (header.streams() == 1) {
            result = decoder.decode1(input.bytes(), from, end, target, to, size);
        } else {
            findStreams(input, from, end, size);
            result = decoder.decode4(input.bytes(), boundaries, target, to, size);
        }
        switch (result) {
            case EXACT -> {}
            case EMPTY -> throw input.failure(from, "Huffman stream of zero bytes");
            case NO_END_MARK -> throw input.failure(from, "Huffman stream whose last byte is zero");
            case EARLY -> throw input.failure(from, "Huffman stream ends early");
            case LATE -> throw input.failure(from, "Huffman stream ends late");
        }
    }

    private void findStreams(InputBuffer input, int from, int end, int size)
            throws ZstdFormatException {
        if (size < HuffmanDecoder.MIN_LENGTH_OF_4) {
            throw input.failure(from, "4 Huffman streams for " + size + " literals");
        }
        if (end - from < HuffmanEncoder.JUMP_TABLE_BYTES) {
            throw input.failure(from, "no room for a jump table in the literals section");
        }
        int start = from + HuffmanEncoder.JUMP_TABLE_BYTES;
        for (int stream = 0; stream < 3; stream++) {
            boundaries[stream] = start;
            int bytes = LittleEndian.get16(input.bytes(), from + 2 * stream);
            if (bytes > end - start) {
                throw input.failure(from, "jump table points outside of the literals section");
            }
            start += bytes;
        }
        boundaries[3] = start;
        boundaries[4] = end;
    }
}
