package io.github.huffhash.zstd;

import java.util.OptionalLong;

/** Holds the content of one frame to what the frame says of it: its size, its checksum. */
public final class ContentCheck {
    private final FrameHeader header;
    private final long offset;
    private final XxHash64 hash = new XxHash64();
    private long length;

    /**
     * Nothing of the content has been seen.
     *
     * @param offset where in the file the frame begins
     */
    public ContentCheck(FrameHeader header, long offset) {
        this.header = header;
        this.offset = offset;
    }

    /**
     * Sees {@code bytes[from]} to {@code bytes[from + count - 1]}, the next part of the content.
     *
     * @throws ZstdFormatException if that is more than the frame declares
     */
    public void add(byte[] bytes, int from, int count) throws ZstdFormatException {
        length += count;
        OptionalLong declared = header.contentSize();
        if (declared.isPresent() && Long.compareUnsigned(length, declared.getAsLong()) > 0) {
            throw disagreement(declared.getAsLong(), "more");
        }
        if (header.checksum()) {
            hash.update(bytes, from, count);
        }
    }

    /**
     * The frame has ended.
     *
     * @param checksum the frame's, if it has one
     * @param checksumOffset where in the file that is
     * @throws ZstdFormatException if the content is not what the frame says
     */
    public void end(OptionalLong checksum, long checksumOffset) throws ZstdFormatException {
        requireSize(length);
        if (checksum.isEmpty()) {
            return;
        }
        long computed = hash.checksum();
        if (checksum.getAsLong() != computed) {
            throw new ZstdFormatException(
                    checksumOffset,
                    "wrong checksum: %08x, but %08x stored"
                            .formatted(computed, checksum.getAsLong()));
        }
    }

    /**
     * Checks the size alone.
     *
     * @param size bytes of all the frame's content
     */
    void requireSize(long size) throws ZstdFormatException {
        OptionalLong declared = header.contentSize();
        if (declared.isPresent() && declared.getAsLong() != size) {
            boolean more = Long.compareUnsigned(size, declared.getAsLong()) > 0;
            throw disagreement(declared.getAsLong(), more ? "more" : "only " + size);
        }
    }

    private ZstdFormatException disagreement(long declared, String found) {
        return new ZstdFormatException(
                offset,
                "the frame declares "
                        + Long.toUnsignedString(declared)
                        + " bytes of content, but has "
                        + found);
    }
}
