package io.github.huffhash.internal.zstd;

import java.io.IOException;

/** Input that is not a Zstandard file, or not one that can be read here. */
public final class ZstdFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String reason;

    /**
     * @param offset how many bytes of input come before what is wrong
     * @param reason what is wrong, in a few words
     */
    public ZstdFormatException(long offset, String reason) {
        super("offset " + offset + ": " + reason);
        this.offset = offset;
        this.reason = reason;
    }

    /** How many bytes of input come before what is wrong. */
    public long offset() {
        return offset;
    }

    /** What is wrong, without the offset. */
    public String reason() {
        return reason;
    }
}
