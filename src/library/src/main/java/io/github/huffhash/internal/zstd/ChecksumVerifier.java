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
        if (group.opening().isPresent()) {
            hash =
                    group.opening().get().checksum()
                            ? Optional.of(new XxHash64())
                            : Optional.empty();
        }
        if (hash.isPresent()) {
            hash.get().update(decoded.content(), 0, group.contentBytes());
        }
        if (group.checksum().isPresent()) {
            group.checksum().get().verify(hash.orElseThrow().checksum());
        }
    }
}
