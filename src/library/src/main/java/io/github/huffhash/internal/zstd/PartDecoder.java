package io.github.huffhash.internal.zstd;

/** Decodes the blocks of parts, each by itself. An instance belongs to one thread. */
public final class PartDecoder {
    private final BlockDecoder blocks = new BlockDecoder();

    /** Makes a decoder with scratch memory of its own. */
    public PartDecoder() {}

    /**
     * Decodes a part and releases it.
     *
     * @param target receives {@link Part#contentBytes} bytes from index 0 on
     * @throws ZstdFormatException if a block is not valid, or has sequences
     */
    public void decode(Part part, byte[] target) throws ZstdFormatException {
        try {
            blocks.reset(part.tree());
            int to = 0;
            for (int at = part.from(); at < part.chunk().length(); ) {
                BlockOutline outline = BlockOutline.read(part.chunk(), at, part.maxBlockBytes());
                blocks.decode(part.chunk(), at, outline, target, to);
                at += outline.bytes();
                to += outline.regeneratedSize();
            }
        } finally {
            part.release().run();
        }
    }
}
