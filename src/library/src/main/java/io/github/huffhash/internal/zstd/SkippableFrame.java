package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;

/** A frame that decoders pass over (RFC 8878, section 3.1.2). */
public final class SkippableFrame {
    /** Bytes before the content: the magic number and the content's size. */
    public static final int HEADER_BYTES = 8;

    /** What a frame begins with; there are 16 kinds, of which this is the first. */
    static final long MAGIC = 0x184D2A50L;

    private static final long KINDS = 16;

    private SkippableFrame() {}

    /** Whether a skippable frame begins with this number. */
    public static boolean isMagic(long magic) {
        return magic >= MAGIC && magic < MAGIC + KINDS;
    }

    /**
     * The size of the content of the frame that begins at {@code chunk.bytes()[at]}, in bytes.
     *
     * @throws ZstdFormatException if the header is not there as a whole
     */
    public static long contentBytes(Chunk chunk, int at) throws ZstdFormatException {
        chunk.require(at, HEADER_BYTES, "the header of a skippable frame");
        return LittleEndian.get32(chunk.bytes(), at + 4);
    }
}
