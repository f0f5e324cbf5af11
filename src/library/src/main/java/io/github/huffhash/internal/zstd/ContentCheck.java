package io.github.huffhash.internal.zstd;

import java.util.Optional;
import java.util.OptionalLong;

/** Holds the content of one frame to its checksum, if the frame has one. */
public final class ContentCheck {
    private final Optional<XxHash64> hash;

    /** Nothing of the content has been seen. */
    public ContentCheck(FrameHeader header) {
        hash = header.checksum() ? Optional.of(new XxHash64()) : Optional.empty();
    }

    /**
     * Sees {@code bytes[from]} to {@code bytes[from + count - 1]}, the next part of the content.
     */
    public void add(byte[] bytes, int from, int count) {
        hash.ifPresent(sum -> sum.update(bytes, from, count));
    }

    /**
     * The frame has ended.
     *
     * @param checksum the frame's, if it has one
     * @param offset where in the file that is
     * @throws ZstdFormatException if the content has another
     */
    public void end(OptionalLong checksum, long offset) throws ZstdFormatException {
        if (hash.isEmpty() || checksum.isEmpty()) {
            return;
        }
        long computed = hash.get().checksum();
        if (checksum.getAsLong() != computed) {
            throw new ZstdFormatException(
                    offset,
                    "wrong checksum: %08x, but %08x stored"
                            .formatted(computed, checksum.getAsLong()));
        }
    }
}
