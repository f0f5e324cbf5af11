package io.github.huffhash;

import io.github.huffhash.internal.bits.BytePlanes;
import io.github.huffhash.internal.zstd.Limits;
import io.github.huffhash.internal.zstd.PlaneChoice;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a file is compressed.
 *
 * <pre>{@code
 * byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(1 << 20));
 * }</pre>
 *
 * <p>Byte planes are for arrays of numbers, such as the weights of a model: each unit is coded as
 * all first bytes of its elements, then all second bytes, and so on. Bytes of one significance have
 * statistics of their own. Elements need not be aligned with units. Frames with planes can be read
 * by this library and its tool only: other decoders refuse them, because their header names a
 * dictionary that does not exist.
 *
 * @param unitBytes bytes of an independent unit, from {@link #MIN_UNIT_BYTES} to {@link
 *     #MAX_UNIT_BYTES}: larger units compress better
 * @param frameBytes for a seekable file, how many bytes go into each frame, from {@link
 *     #MIN_FRAME_BYTES} to {@link #MAX_FRAME_BYTES}; otherwise there is one frame
 * @param checksum whether frames carry a checksum of their content
 * @param planes bytes of an element, from 2 to {@link #MAX_PLANES}; {@link #NO_PLANES}; or {@link
 *     #AUTO_PLANES}, which looks at content every 4 MiB, or at the beginning of each frame of a
 *     seekable file, and begins a frame where the number of planes changes
 * @param sections what is known of the content's parts, from its beginning on: each gets frames of
 *     its own. The rest is as {@code planes} says.
 */
public record CompressOptions(
        int unitBytes,
        OptionalInt frameBytes,
        boolean checksum,
        int planes,
        List<CompressOptions.Section> sections) {
    /**
     * Room for a frame's header, an empty block and a checksum, and its entry in the seek table.
     */
    private static final int FRAME_OVERHEAD_BYTES = 64;

    /** The least bytes of a unit. */
    public static final int MIN_UNIT_BYTES = 1 << 10;

    /** The most bytes of a unit. */
    public static final int MAX_UNIT_BYTES = Limits.MAX_BLOCK_BYTES;

    /** The least bytes of a seekable file's frame. */
    public static final int MIN_FRAME_BYTES = 64 << 10;

    /** The most bytes of a seekable file's frame. */
    public static final int MAX_FRAME_BYTES = 8 << 20;

    /** Content that is no array of numbers. */
    public static final int NO_PLANES = PlaneChoice.NONE;

    /** The most bytes of an element. */
    public static final int MAX_PLANES = BytePlanes.MAX;

    /**
     * The content decides: planes are used where they save at least 1 %. A frame ends where that
     * changes, so no frame says how much content it has, except in a seekable file.
     */
    public static final int AUTO_PLANES = 0;

    /** One frame with a checksum, units of 128 KiB. */
    public static final CompressOptions DEFAULT =
            new CompressOptions(MAX_UNIT_BYTES, OptionalInt.empty(), true, NO_PLANES, List.of());

    /**
     * A part of the content.
     *
     * @param bytes how long it is, at least 1
     * @param planes as for the whole content
     */
    public record Section(long bytes, int planes) {
        /**
         * @throws IllegalArgumentException if a number is out of range
         */
        public Section {
            if (bytes < 1) {
                throw new IllegalArgumentException("a section of " + bytes + " bytes");
            }
            requirePlanes(planes);
        }
    }

    /**
     * @throws IllegalArgumentException if a number is out of range, or units with planes are
     *     shorter than {@link #MAX_UNIT_BYTES}
     */
    public CompressOptions {
        require("unit", unitBytes, MIN_UNIT_BYTES, MAX_UNIT_BYTES);
        if (frameBytes.isPresent()) {
            require("frame", frameBytes.getAsInt(), MIN_FRAME_BYTES, MAX_FRAME_BYTES);
        }
        requirePlanes(planes);
        sections = List.copyOf(sections);
        if ((planes != NO_PLANES || !sections.isEmpty()) && unitBytes != MAX_UNIT_BYTES) {
            throw new IllegalArgumentException(
                    "units of %d bytes with planes: must be %d"
                            .formatted(unitBytes, MAX_UNIT_BYTES));
        }
    }

    private static void requirePlanes(int planes) {
        if (planes < AUTO_PLANES || planes > MAX_PLANES) {
            throw new IllegalArgumentException(
                    "%d planes: must be from %d to %d".formatted(planes, AUTO_PLANES, MAX_PLANES));
        }
    }

    /** Whether there may be a frame with planes. */
    boolean mayHavePlanes() {
        return planes != NO_PLANES || !sections.isEmpty();
    }

    private static void require(String what, int bytes, int min, int max) {
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                    "a %s of %d bytes: must be from %d to %d".formatted(what, bytes, min, max));
        }
    }

    /** The most bytes that a file of so much content has, or {@link Long#MAX_VALUE} if less. */
    long maxFileBytes(long contentBytes) {
        if (contentBytes < 0) {
            throw new IllegalArgumentException("content of " + contentBytes + " bytes");
        }
        long frames =
                contentBytes / frameBytes.orElse(FrameCutter.STRETCH_BYTES) + sections.size() + 1;
        long units = contentBytes / unitBytes + frames;
        int excess = UnitCompressor.maxCompressedBytes(unitBytes) - unitBytes;
        long overhead = units * excess + (frames + 1) * FRAME_OVERHEAD_BYTES;
        return contentBytes + Math.min(overhead, Long.MAX_VALUE - contentBytes);
    }

    /** The same with units of another size. */
    public CompressOptions withUnitBytes(int bytes) {
        return new CompressOptions(bytes, frameBytes, checksum, planes, sections);
    }

    /** The same as a seekable file, with frames of this size and a seek table. */
    public CompressOptions seekable(int bytes) {
        return new CompressOptions(unitBytes, OptionalInt.of(bytes), checksum, planes, sections);
    }

    /** The same without checksums. */
    public CompressOptions withoutChecksum() {
        return new CompressOptions(unitBytes, frameBytes, false, planes, sections);
    }

    /** The same with so many byte planes, or {@link #AUTO_PLANES}. */
    public CompressOptions withPlanes(int number) {
        return new CompressOptions(unitBytes, frameBytes, checksum, number, sections);
    }

    /** The same for content that begins with these parts. */
    public CompressOptions withSections(List<Section> parts) {
        return new CompressOptions(unitBytes, frameBytes, checksum, planes, parts);
    }
}
