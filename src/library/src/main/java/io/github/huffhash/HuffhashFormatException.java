package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Input that is not a valid Zstandard file, or one that this library does not decode.
 *
 * <pre>{@code
 * } catch (HuffhashFormatException e) {
 *     log(file + ": damaged at byte " + e.offset() + ": " + e.reason());
 * }
 * }</pre>
 */
public final class HuffhashFormatException extends IOException {
    private static final long serialVersionUID = 3L;

    private final ZstdFormatException fault;

    /** The public form of a failure of the decoder. */
    HuffhashFormatException(ZstdFormatException fault) {
        super(fault.getMessage(), fault);
        this.fault = fault;
    }

    /** How many bytes of input come before the fault. */
    public long offset() {
        return fault.offset();
    }

    /** What is wrong, without the offset. */
    public String reason() {
        return fault.reason();
    }

    /**
     * Whether a {@link HuffhashChannel} cannot read the file because a frame has sequences
     * (references to earlier content), and more than 16 MiB or a size that neither it nor a seek
     * table says. The file may be valid: {@link HuffhashInputStream} reads it from its beginning.
     */
    public boolean hasSequences() {
        return fault.hasSequences();
    }

    /**
     * Bytes of the window that the sequences of a frame need, if that is more than is allowed;
     * {@link Long#MAX_VALUE} if there are more. The file may be valid: {@link
     * DecompressOptions#withMaxWindowBytes} can allow more.
     */
    public OptionalLong windowBytes() {
        return fault.windowBytes();
    }

    /**
     * Whether all before the fault is whole frames, and what follows is none: decoding to a stream
     * has written the content of those frames then.
     */
    public boolean isTrailingData() {
        return fault.isTrailingData();
    }
}
