package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;

/**
 * Input that is not a valid Zstandard file, or one that this library does not decode.
 *
 * <pre>{@code
 * } catch (HuffhashFormatException e) {
 *     log(file + ": damaged at byte " + e.offset() + ": " + e.reason());
 * }
 * }</pre>
 */
public sealed class HuffhashFormatException extends IOException
        permits HuffhashSequencesException, HuffhashWindowException {
    private static final long serialVersionUID = 2L;

    private final long offset;
    private final String reason;

    HuffhashFormatException(ZstdFormatException cause) {
        super(cause.getMessage(), cause);
        offset = cause.offset();
        reason = cause.reason();
    }

    /** The public form of a failure of the decoder. */
    static HuffhashFormatException of(ZstdFormatException cause) {
        if (cause.windowBytes() != 0) {
            return new HuffhashWindowException(cause);
        }
        return cause.hasSequences()
                ? new HuffhashSequencesException(cause)
                : new HuffhashFormatException(cause);
    }

    /** How many bytes of input come before the fault. */
    public final long offset() {
        return offset;
    }

    /** What is wrong, without the offset. */
    public final String reason() {
        return reason;
    }
}
