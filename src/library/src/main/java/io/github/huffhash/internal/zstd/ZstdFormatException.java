package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.util.OptionalLong;

/** Input that is not a valid Zstandard file, or one that is not decoded here. */
public final class ZstdFormatException extends IOException {
    private static final long serialVersionUID = 2L;

    /** What is wrong where a frame may begin, or the file may end, and neither does. */
    static final String TRAILING_DATA = "unexpected data after the last frame";

    private final long offset;
    private final String reason;
    private final boolean sequences;
    private final long windowBytes;

    /**
     * @param offset how many bytes of input come before the fault
     * @param reason what is wrong, in a few words
     */
    public ZstdFormatException(long offset, String reason) {
        this(offset, reason, false, 0);
    }

    private ZstdFormatException(long offset, String reason, boolean sequences, long windowBytes) {
        super("offset " + offset + ": " + reason);
        this.offset = offset;
        this.reason = reason;
        this.sequences = sequences;
        this.windowBytes = windowBytes;
    }

    /** The failure of a frame that can only be decoded from its beginning to its end. */
    static ZstdFormatException sequences(long offset) {
        return new ZstdFormatException(
                offset, "the frame has sequences: it can only be read from its beginning", true, 0);
    }

    /** The failure of a frame whose sequences need a larger window than is allowed. */
    static ZstdFormatException window(long offset, long bytes, long most) {
        return new ZstdFormatException(
                offset,
                "the frame needs a window of %d bytes, and %d are allowed".formatted(bytes, most),
                false,
                bytes);
    }

    /** How many bytes of input come before the fault. */
    public long offset() {
        return offset;
    }

    /** What is wrong, without the offset. */
    public String reason() {
        return reason;
    }

    /**
     * The window that would have to be allowed, if that is the fault; {@link Long#MAX_VALUE} if it
     * is larger.
     */
    public OptionalLong windowBytes() {
        return windowBytes == 0 ? OptionalLong.empty() : OptionalLong.of(windowBytes);
    }

    /** Whether the input may be valid, but has sequences. */
    public boolean hasSequences() {
        return sequences;
    }

    /** Whether all before the fault is whole frames, and what follows is none. */
    public boolean isTrailingData() {
        return reason.equals(TRAILING_DATA);
    }
}
