package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;

/**
 * A frame whose sequences need a larger window than is allowed. The file may be valid: {@link
 * DecompressOptions#withMaxWindowBytes} can allow more.
 */
public final class HuffhashWindowException extends HuffhashFormatException {
    private static final long serialVersionUID = 1L;

    private final long windowBytes;

    HuffhashWindowException(ZstdFormatException cause) {
        super(cause);
        windowBytes = cause.windowBytes();
    }

    /** Bytes of the window; {@link Long#MAX_VALUE} if there are more. */
    public long windowBytes() {
        return windowBytes < 0 ? Long.MAX_VALUE : windowBytes;
    }
}
