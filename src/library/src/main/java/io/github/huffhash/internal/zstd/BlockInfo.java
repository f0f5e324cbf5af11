package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a block: enough to find the next one, and to know where its content belongs.
 *
 * @param header the block's header
 * @param literals the header of a compressed block's literals
 */
record BlockInfo(BlockHeader header, Optional<LiteralsHeader> literals)
        implements FrameParser.Element {
    /** The most bytes of a sequences section without sequences. */
    private static final int NO_SEQUENCES_BYTES = 2;

    /** Bytes of its content; with sequences, of its literals: the content has them and more. */
    int contentBytes() {
        return literals.isPresent() ? literals.get().regeneratedSize() : header.size();
    }

    /** Whether it describes a Huffman tree, which treeless blocks behind it need. */
    boolean hasTree() {
        return literals.isPresent() && literals.get().type() == LiteralsHeader.Type.COMPRESSED;
    }

    /** Where a tree description or the literals begin, counted from the block's header. */
    int treeStart() {
        return BlockHeader.BYTES + literals.orElseThrow().bytes();
    }

    /** Where the sequences section begins, counted from the block's header. */
    int sequencesStart() {
        return treeStart() + literals.orElseThrow().storedSize();
    }

    /** Whether it has sequences, or is not valid: how much content it has is not known then. */
    boolean hasSequences() {
        return literals.isPresent() && totalBytes() - sequencesStart() > NO_SEQUENCES_BYTES;
    }

    /** Bytes from the block's header to what follows the block. */
    @Override
    public long totalBytes() {
        return bytes();
    }

    /** The same as an int. */
    int bytes() {
        return BlockHeader.BYTES + header.storedBytes();
    }

    /** How many bytes from {@code at} on {@link #read} needs, as far as those at hand tell. */
    static int bytesNeeded(InputBuffer input, int at) {
        int there = input.length() - at;
        if (there < BlockHeader.BYTES) {
            return BlockHeader.BYTES;
        }
        int bits = LittleEndian.get24(input.bytes(), at);
        int size = bits >>> 3;
        if (!BlockHeader.Type.COMPRESSED.isIn(bits) || size == 0) {
            return BlockHeader.BYTES;
        }
        return there == BlockHeader.BYTES
                ? BlockHeader.BYTES + 1
                : BlockHeader.BYTES
                        + Math.min(
                                size, LiteralsHeader.bytes(input.bytes()[at + BlockHeader.BYTES]));
    }

    /**
     * Reads the headers of the block that begins at {@code input.bytes()[at]}.
     *
     * @param maxBlockBytes the most bytes it may have, as the frame says
     * @throws ZstdFormatException if the input ends within the headers, or the sizes they give are
     *     impossible
     */
    static BlockInfo read(InputBuffer input, int at, int maxBlockBytes) throws ZstdFormatException {
        BlockHeader header = BlockHeader.read(input, at);
        requireSize(input, at, header.size(), maxBlockBytes);
        if (header.type() != BlockHeader.Type.COMPRESSED) {
            return new BlockInfo(header, Optional.empty());
        }
        input.require(at, bytesNeeded(input, at), "a compressed block");
        int section = at + BlockHeader.BYTES;
        var literals = LiteralsHeader.read(input, section, header.size());
        requireSize(input, at, literals.regeneratedSize(), maxBlockBytes);
        return new BlockInfo(header, Optional.of(literals));
    }

    private static void requireSize(InputBuffer input, int at, int size, int maxBlockBytes)
            throws ZstdFormatException {
        if (size > maxBlockBytes) {
            throw input.failure(
                    at, "block of " + size + " bytes in a frame that allows " + maxBlockBytes);
        }
    }

    /**
     * The description of the last tree in some blocks, if one of them has one.
     *
     * @param bytes end where the last block ends
     */
    static Optional<InputBuffer> lastTree(List<BlockInfo> blocks, InputBuffer bytes) {
        int end = bytes.length();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            BlockInfo block = blocks.get(i);
            int start = end - block.bytes();
            if (block.hasTree()) {
                int from = start + block.treeStart();
                int to = Math.min(from + Weights.MAX_BYTES, bytes.length());
                byte[] description = Arrays.copyOfRange(bytes.bytes(), from, to);
                return Optional.of(new InputBuffer(description, to - from, bytes.offset() + from));
            }
            end = start;
        }
        return Optional.empty();
    }
}
