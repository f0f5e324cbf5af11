package io.github.huffhash.internal.zstd;

/**
 * What can be known of a block without decoding it: enough to find the next one, and to know where
 * its content belongs.
 *
 * @param header the block's header
 * @param regeneratedSize bytes of its content
 * @param tree which Huffman tree it needs
 * @param sequencesBytes bytes of its sequences section; more than {@link #NO_SEQUENCES_BYTES} if it
 *     has sequences
 */
public record BlockOutline(BlockHeader header, int regeneratedSize, Tree tree, int sequencesBytes) {
    /** The most bytes of a sequences section without sequences. */
    public static final int NO_SEQUENCES_BYTES = 2;

    /** Which Huffman tree a block needs. */
    public enum Tree {
        /** None. */
        NONE,
        /** The one it brings along. */
        OWN,
        /** That of the last block in its frame that brought one: the block is treeless. */
        LAST
    }

    /** Bytes that are enough for {@link #read}, if the input has as many. */
    public static final int PEEK_BYTES = BlockHeader.BYTES + LiteralsHeader.MAX_BYTES;

    /** Whether it has sequences, or is not valid: its content cannot be known then. */
    public boolean hasSequences() {
        return sequencesBytes > NO_SEQUENCES_BYTES;
    }

    /** Bytes from the block's header to what follows the block. */
    public int bytes() {
        return BlockHeader.BYTES + header.storedBytes();
    }

    /**
     * Looks at the block that begins at {@code chunk.bytes()[at]}.
     *
     * @param maxBlockBytes the most bytes it may have, as the frame says
     * @throws ZstdFormatException if the chunk ends within the headers, or the sizes they give are
     *     impossible
     */
    public static BlockOutline read(Chunk chunk, int at, int maxBlockBytes)
            throws ZstdFormatException {
        BlockHeader header = BlockHeader.read(chunk, at);
        if (header.size() > maxBlockBytes) {
            throw tooLarge(chunk, at, header.size(), maxBlockBytes);
        }
        if (header.type() != BlockHeader.Type.COMPRESSED) {
            return new BlockOutline(header, header.size(), Tree.NONE, 0);
        }
        int section = at + BlockHeader.BYTES;
        chunk.require(
                section, Math.min(header.size(), LiteralsHeader.MAX_BYTES), "a compressed block");
        var literals = LiteralsHeader.read(chunk, section, section + header.size());
        if (literals.regeneratedSize() > maxBlockBytes) {
            throw tooLarge(chunk, at, literals.regeneratedSize(), maxBlockBytes);
        }
        Tree tree =
                switch (literals.type()) {
                    case COMPRESSED -> Tree.OWN;
                    case TREELESS -> Tree.LAST;
                    case RAW, RLE -> Tree.NONE;
                };
        int sequencesBytes = header.size() - literals.bytes() - literals.storedSize();
        return new BlockOutline(header, literals.regeneratedSize(), tree, sequencesBytes);
    }

    private static ZstdFormatException tooLarge(Chunk chunk, int at, int size, int maxBlockBytes) {
        return chunk.failure(
                at, "block of " + size + " bytes in a frame that allows " + maxBlockBytes);
    }
}
