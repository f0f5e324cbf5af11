package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;

/** Input that is not a Zstandard file, or not one that can be read here. */
public final class HuffhashFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String reason;

    HuffhashFormatException(ZstdFormatException cause) {
        super(cause.getMessage(), cause);
        offset = cause.offset();
        reason = cause.reason();
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
