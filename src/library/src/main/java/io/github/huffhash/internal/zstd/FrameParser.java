package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parses a file element by element: frame headers, headers of blocks, checksums, skippable frames.
 * Nothing is decoded: a few bytes say what an element is and where the next one begins. The blocks
 * of a frame must have as much content as it declares.
 *
 * <p>The caller finds the bytes: {@link #bytesNeeded} says how many {@link #next} needs, and never
 * more than the format proves to be there.
 */
final class FrameParser {
    /** One thing after another of which a file consists. */
    sealed interface Element permits FrameHeader, BlockInfo, Checksum, Skippable, End {
        /** Bytes from the element's first to the next element's. */
        long totalBytes();
    }

    /**
     * The checksum of a frame's content, behind its last block.
     *
     * @param value the low 4 bytes of the content's XXH64
     * @param offset where in the file it is
     */
    record Checksum(long value, long offset) implements Element {
        static final int BYTES = 4;

        @Override
        public long totalBytes() {
            return BYTES;
        }

        /** Compares it with that of the content that was decoded. */
        void verify(long computed) throws ZstdFormatException {
            if (value != computed) {
                throw new ZstdFormatException(
                        offset, "wrong checksum: %08x, but %08x stored".formatted(computed, value));
            }
        }
    }

    /**
     * A frame that decoders pass over (RFC 8878, section 3.1.2).
     *
     * @param magic the number it begins with
     * @param totalBytes its bytes, header included
     */
    record Skippable(long magic, long totalBytes) implements Element {
        /** Bytes before the content: the magic number and the content's size. */
        static final int HEADER_BYTES = 8;

        /** There are 16 kinds: this is the magic number of the first. */
        private static final long FIRST_MAGIC = 0x184D2A50L;

        private static boolean isMagic(long magic) {
            return magic >> 4 == FIRST_MAGIC >> 4;
        }
    }

    /** The end of the file. */
    record End() implements Element {
        @Override
        public long totalBytes() {
            return 0;
        }
    }

    private enum Place {
        BETWEEN_FRAMES,
        BEFORE_BLOCK,
        BEFORE_CHECKSUM
    }

    private Place place = Place.BETWEEN_FRAMES;

    /** Whether there was an element before. */
    private boolean begun;

    /** The frame at hand, and where it begins. */
    private Optional<FrameHeader> frame = Optional.empty();

    private long frameOffset;

    /** Bytes of content in the frame's blocks so far. */
    private long content;

    /** Bytes of the file in the blocks of the unit at hand, in a frame with planes. */
    private long unitBytes;

    /** Whether a block has sequences, so that its content is not known. */
    private boolean sequences;

    /** Makes the next element a block of a frame of which no more is known, at a unit's start. */
    void continueFrame(int maxBlockBytes, int planes) {
        frame = Optional.of(new FrameHeader(maxBlockBytes, OptionalLong.empty(), false, planes, 0));
        place = Place.BEFORE_BLOCK;
    }

    /** Whether the next element is between frames: a frame, a skippable one, or the end. */
    boolean isBetweenFrames() {
        return place == Place.BETWEEN_FRAMES;
    }

    /**
     * How many bytes from {@code at} on {@link #next} needs, unless the file ends before: at least
     * so many, as far as those at hand tell. With these at hand, it may be more.
     */
    int bytesNeeded(InputBuffer input, int at) {
        return switch (place) {
            case BETWEEN_FRAMES -> bytesNeededBetweenFrames(input, at);
            case BEFORE_BLOCK -> BlockInfo.bytesNeeded(input, at);
            case BEFORE_CHECKSUM -> Checksum.BYTES;
        };
    }

    private static int bytesNeededBetweenFrames(InputBuffer input, int at) {
        if (input.length() - at < FrameHeader.MAGIC_BYTES) {
            return FrameHeader.MAGIC_BYTES;
        }
        long magic = LittleEndian.get32(input.bytes(), at);
        if (magic == FrameHeader.MAGIC) {
            return FrameHeader.bytesNeeded(input, at);
        }
        return Skippable.isMagic(magic) ? Skippable.HEADER_BYTES : FrameHeader.MAGIC_BYTES;
    }

    /**
     * Parses the element that begins at {@code input.bytes()[at]}. The next call is for the one
     * behind it.
     *
     * @param input has {@link #bytesNeeded} from {@code at} on, or ends where the file ends
     * @throws ZstdFormatException if it is nothing that may be there
     */
    Element next(InputBuffer input, int at) throws ZstdFormatException {
        Element element =
                switch (place) {
                    case BETWEEN_FRAMES -> betweenFrames(input, at);
                    case BEFORE_BLOCK -> block(input, at);
                    case BEFORE_CHECKSUM -> checksum(input, at);
                };
        begun = true;
        return element;
    }

    private Element betweenFrames(InputBuffer input, int at) throws ZstdFormatException {
        long offset = input.offset() + at;
        if (at == input.length()) {
            if (offset == 0) {
                throw input.failure(at, "the file is empty: not even a frame");
            }
            return new End();
        }
        long magic = magic(input, at);
        if (Skippable.isMagic(magic)) {
            input.require(at, Skippable.HEADER_BYTES, "the header of a skippable frame");
            long contentBytes = LittleEndian.get32(input.bytes(), at + 4);
            return new Skippable(magic, Skippable.HEADER_BYTES + contentBytes);
        }
        if (magic != FrameHeader.MAGIC) {
            throw input.failure(
                    at,
                    begun
                            ? ZstdFormatException.TRAILING_DATA
                            : offset == 0
                                    ? "not a Zstandard file: wrong magic number"
                                    : "there is no frame where one should begin");
        }
        FrameHeader header = FrameHeader.read(input, at);
        frame = Optional.of(header);
        frameOffset = offset;
        content = 0;
        sequences = false;
        place = Place.BEFORE_BLOCK;
        return header;
    }

    /** The number a frame should begin with; only the beginning of one is truncated. */
    private static long magic(InputBuffer input, int at) throws ZstdFormatException {
        int there = input.length() - at;
        if (there >= FrameHeader.MAGIC_BYTES) {
            return LittleEndian.get32(input.bytes(), at);
        }
        byte[] bytes = new byte[FrameHeader.MAGIC_BYTES];
        System.arraycopy(input.bytes(), at, bytes, 0, there);
        long magic = LittleEndian.get32(bytes, 0);
        long missing = -1L << (8 * there);
        if (magic == (FrameHeader.MAGIC & ~missing)
                || Skippable.isMagic(magic | (Skippable.FIRST_MAGIC & missing))) {
            throw input.failure(input.length(), "truncated in a frame's magic number");
        }
        return magic;
    }

    private Element block(InputBuffer input, int at) throws ZstdFormatException {
        FrameHeader header = frame.orElseThrow();
        BlockInfo block = BlockInfo.read(input, at, header.maxBlockBytes());
        content += block.contentBytes();
        sequences |= block.hasSequences();
        if (!sequences) {
            header.requireContent(frameOffset, content, block.header().last());
        }
        if (header.planes() > 1) {
            checkUnit(input, at, block);
        }
        if (block.header().last()) {
            place = header.checksum() ? Place.BEFORE_CHECKSUM : Place.BETWEEN_FRAMES;
        }
        return block;
    }

    /** Planes are joined unit by unit, and the blocks of a unit are needed for that. */
    private void checkUnit(InputBuffer input, int at, BlockInfo block) throws ZstdFormatException {
        long before = (content - block.contentBytes()) % Limits.UNIT_BYTES;
        unitBytes = (before == 0 ? 0 : unitBytes) + block.bytes();
        if (before + block.contentBytes() > Limits.UNIT_BYTES) {
            throw input.failure(at, "block across the end of a unit of byte planes");
        }
        if (block.hasSequences()) {
            throw input.failure(at, "sequences in a frame with byte planes");
        }
        if (unitBytes > Limits.STORED_UNIT_BYTES) {
            throw input.failure(at, "blocks of a unit of byte planes that are far too long");
        }
    }

    private Element checksum(InputBuffer input, int at) throws ZstdFormatException {
        input.require(at, Checksum.BYTES, "a frame's checksum");
        place = Place.BETWEEN_FRAMES;
        return new Checksum(LittleEndian.get32(input.bytes(), at), input.offset() + at);
    }
}
