package io.github.huffhash;

import io.github.huffhash.internal.zstd.Limits;
import java.util.OptionalInt;

/**
 * How a file is compressed.
 *
 * @param unitBytes bytes of an independent unit, from {@link #MIN_UNIT_BYTES} to {@link
 *     #MAX_UNIT_BYTES}: larger units compress better
 * @param frameBytes for a seekable file, how many bytes go into each frame, from {@link
 *     #MIN_FRAME_BYTES} to {@link #MAX_FRAME_BYTES}; otherwise there is one frame
 * @param checksum whether frames carry a checksum of their content
 */
public record CompressOptions(int unitBytes, OptionalInt frameBytes, boolean checksum) {
    /** The least bytes of a unit. */
    public static final int MIN_UNIT_BYTES = 1 << 10;

    /** The most bytes of a unit. */
    public static final int MAX_UNIT_BYTES = Limits.MAX_BLOCK_BYTES;

    /** The least bytes of a seekable file's frame. */
    public static final int MIN_FRAME_BYTES = 64 << 10;

    /** The most bytes of a seekable file's frame. */
    public static final int MAX_FRAME_BYTES = 8 << 20;

    /** One frame with a checksum, units of 128 KiB. */
    public static final CompressOptions DEFAULT =
            new CompressOptions(MAX_UNIT_BYTES, OptionalInt.empty(), true);

    /**
     * @throws IllegalArgumentException if a size is out of range
     */
    public CompressOptions {
        require("unit", unitBytes, MIN_UNIT_BYTES, MAX_UNIT_BYTES);
        if (frameBytes.isPresent()) {
            require("frame", frameBytes.getAsInt(), MIN_FRAME_BYTES, MAX_FRAME_BYTES);
        }
    }

    private static void require(String what, int bytes, int min, int max) {
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                    "a %s of %d bytes: must be from %d to %d".formatted(what, bytes, min, max));
        }
    }

    /** The same with units of another size. */
    public CompressOptions withUnitBytes(int bytes) {
        return new CompressOptions(bytes, frameBytes, checksum);
    }

    /** The same as a seekable file, with frames of this size and a seek table. */
    public CompressOptions seekable(int bytes) {
        return new CompressOptions(unitBytes, OptionalInt.of(bytes), checksum);
    }

    /** The same without checksums. */
    public CompressOptions withoutChecksum() {
        return new CompressOptions(unitBytes, frameBytes, false);
    }
}
