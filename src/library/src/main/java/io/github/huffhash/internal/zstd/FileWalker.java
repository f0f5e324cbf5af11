package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Optional;

/**
 * Walks over a file: tells of each item what it is and where the next one begins, from a few bytes
 * and without decoding anything. The blocks of a frame must have as much content as it declares.
 */
public final class FileWalker {
    /** Bytes of an item that tell what it is, if the file has as many. */
    public static final int PEEK_BYTES = FrameHeader.MAX_BYTES;

    private enum Place {
        BETWEEN_FRAMES,
        BEFORE_BLOCK,
        BEFORE_CHECKSUM
    }

    private Place place = Place.BETWEEN_FRAMES;
    private Optional<FrameHeader> frame = Optional.empty();
    private long frameOffset;

    /** Bytes of content in the frame's blocks so far. */
    private long content;

    /** Whether a block has sequences, so that its content is not known. */
    private boolean sequences;

    /** A walk that begins where a frame begins. */
    public FileWalker() {}

    /** Whether the next item is between frames: a frame, a skippable one, or the end. */
    public boolean isBetweenFrames() {
        return place == Place.BETWEEN_FRAMES;
    }

    /**
     * What begins at {@code chunk.bytes()[at]}; the walk goes on behind it.
     *
     * @param chunk has {@link #PEEK_BYTES} from {@code at} on, or ends where the file ends
     * @throws ZstdFormatException if it is nothing that may be there
     */
    public FileItem next(Chunk chunk, int at) throws ZstdFormatException {
        return switch (place) {
            case BETWEEN_FRAMES -> frame(chunk, at);
            case BEFORE_BLOCK -> block(chunk, at);
            case BEFORE_CHECKSUM -> checksum(chunk, at);
        };
    }

    private FileItem frame(Chunk chunk, int at) throws ZstdFormatException {
        boolean first = chunk.offset() + at == 0;
        if (at == chunk.length()) {
            if (first) {
                throw chunk.failure(at, "the file is empty: not even a frame");
            }
            return new FileItem.End();
        }
        long magic = magic(chunk, at);
        if (SkippableFrame.isMagic(magic)) {
            return new FileItem.Skippable(
                    SkippableFrame.HEADER_BYTES + SkippableFrame.contentBytes(chunk, at));
        }
        if (magic != FrameHeader.MAGIC) {
            throw chunk.failure(
                    at,
                    first
                            ? "not a Zstandard file: wrong magic number"
                            : "no frame behind the last one, but something else");
        }
        FrameHeader header = FrameHeader.read(chunk, at);
        frame = Optional.of(header);
        frameOffset = chunk.offset() + at;
        content = 0;
        sequences = false;
        place = Place.BEFORE_BLOCK;
        return new FileItem.Frame(header);
    }

    /** The number a frame should begin with; only the beginning of one is truncated. */
    private static long magic(Chunk chunk, int at) throws ZstdFormatException {
        int there = Math.min(FrameHeader.MAGIC_BYTES, chunk.length() - at);
        byte[] bytes = new byte[FrameHeader.MAGIC_BYTES];
        System.arraycopy(chunk.bytes(), at, bytes, 0, there);
        long magic = LittleEndian.get32(bytes, 0);
        long missing = -1L << (8 * there);
        if (there < FrameHeader.MAGIC_BYTES
                && (magic == (FrameHeader.MAGIC & ~missing)
                        || SkippableFrame.isMagic(magic | (SkippableFrame.MAGIC & missing)))) {
            throw chunk.failure(chunk.length(), "truncated in a frame's magic number");
        }
        return magic;
    }

    private FileItem block(Chunk chunk, int at) throws ZstdFormatException {
        FrameHeader header = frame.orElseThrow();
        BlockOutline outline = BlockOutline.read(chunk, at, header.maxBlockBytes());
        content += outline.regeneratedSize();
        sequences |= outline.hasSequences();
        checkSize(header, outline.header().last());
        if (outline.header().last()) {
            place = header.checksum() ? Place.BEFORE_CHECKSUM : Place.BETWEEN_FRAMES;
        }
        return new FileItem.Block(outline);
    }

    private void checkSize(FrameHeader header, boolean whole) throws ZstdFormatException {
        if (header.contentSize().isEmpty() || sequences) {
            return;
        }
        long declared = header.contentSize().getAsLong();
        int order = Long.compareUnsigned(content, declared);
        if (order > 0 || (whole && order < 0)) {
            throw new ZstdFormatException(
                    frameOffset,
                    "the frame declares "
                            + Long.toUnsignedString(declared)
                            + " bytes of content, but has "
                            + (order > 0 ? "more" : "only " + content));
        }
    }

    private FileItem checksum(Chunk chunk, int at) throws ZstdFormatException {
        chunk.require(at, FrameHeader.CHECKSUM_BYTES, "a frame's checksum");
        place = Place.BETWEEN_FRAMES;
        return new FileItem.Checksum(LittleEndian.get32(chunk.bytes(), at));
    }
}
