package io.github.huffhash.internal.zstd;

/**
 * One thing after another of which a file consists, as {@link FileWalker} finds them.
 *
 * <p>Told apart by {@code instanceof} where a program that has just started does it: the first
 * switch over patterns costs several milliseconds.
 */
public sealed interface FileItem {
    /** Bytes from the item's first to the next item's. */
    long bytes();

    /**
     * A frame's header; its blocks follow.
     *
     * @param header what it says
     */
    record Frame(FrameHeader header) implements FileItem {
        @Override
        public long bytes() {
            return header.bytes();
        }
    }

    /**
     * A block of the frame.
     *
     * @param outline what can be known of it without decoding
     */
    record Block(BlockOutline outline) implements FileItem {
        @Override
        public long bytes() {
            return outline.bytes();
        }
    }

    /**
     * The checksum of the frame's content, behind its last block.
     *
     * @param value the low 4 bytes of the content's XXH64
     */
    record Checksum(long value) implements FileItem {
        @Override
        public long bytes() {
            return FrameHeader.CHECKSUM_BYTES;
        }
    }

    /**
     * A skippable frame.
     *
     * @param bytes its bytes, header included
     */
    record Skippable(long bytes) implements FileItem {}

    /** The end of the file. */
    record End() implements FileItem {
        @Override
        public long bytes() {
            return 0;
        }
    }
}
