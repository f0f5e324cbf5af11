package io.github.huffhash.internal.zstd;

import java.util.Optional;

/** Verifies content against the checksums of its frames, group by group in order. */
public final class ChecksumVerifier {
    /** The hash of the frame at hand, if it has a checksum. */
    private Optional<XxHash64> hash = Optional.empty();

    /** A verifier at the beginning of a file. */
    public ChecksumVerifier() {}

    /**
     * Takes the content of the next group.
     *
     * @throws ZstdFormatException if a frame ends whose checksum is another than its content's
     */
    public void accept(BlockDecoder.Decoded decoded) throws ZstdFormatException {
        BlockGroup group = decoded.group();
        group.opening().ifPresent(this::begin);
        add(decoded.content(), 0, group.contentBytes());
        if (group.checksum().isPresent()) {
            end(group.checksum().get());
        }
    }

    /** A frame begins. */
    void begin(FrameHeader header) {
        hash = header.checksum() ? Optional.of(new XxHash64()) : Optional.empty();
    }

    /** Takes {@code bytes[from]} to {@code bytes[from + count - 1]}, content of the frame. */
    void add(byte[] bytes, int from, int count) {
        if (hash.isPresent()) {
            hash.get().update(bytes, from, count);
        }
    }

    /** The frame ends. */
    void end(FrameParser.Checksum stored) throws ZstdFormatException {
        long computed = hash.orElseThrow().checksum();
        if (stored.value() != computed) {
            throw new ZstdFormatException(
                    stored.offset(),
                    "wrong checksum: %08x, but %08x stored".formatted(computed, stored.value()));
        }
    }
}
