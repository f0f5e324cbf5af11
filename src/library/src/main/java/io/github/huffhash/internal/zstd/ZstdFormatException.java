package io.github.huffhash.internal.zstd;

import java.io.IOException;

/** Input that is not a valid Zstandard file, or one that is not decoded here. */
public final class ZstdFormatException extends IOException {
    private static final long serialVersionUID = 2L;

    private final long offset;
    private final String reason;
    private final boolean sequences;

    /**
     * @param offset how many bytes of input come before the fault
     * @param reason what is wrong, in a few words
     */
    public ZstdFormatException(long offset, String reason) {
        this(offset, reason, false);
    }

    private ZstdFormatException(long offset, String reason, boolean sequences) {
        super("offset " + offset + ": " + reason);
        this.offset = offset;
        this.reason = reason;
        this.sequences = sequences;
    }

    /** The failure of a block that has sequences. */
    static ZstdFormatException sequences(long offset) {
        return new ZstdFormatException(
                offset, "the frame has sequences, not only literals: use zstd -d", true);
    }

    /** How many bytes of input come before the fault. */
    public long offset() {
        return offset;
    }

    /** What is wrong, without the offset. */
    public String reason() {
        return reason;
    }

    /** Whether the input may be valid, but has sequences. */
    public boolean hasSequences() {
        return sequences;
    }
}
