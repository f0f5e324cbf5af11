package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;

/**
 * A frame with sequences (references to earlier content) that a {@link HuffhashChannel} cannot
 * read: it has more than 16 MiB of content, or neither it nor a seek table says how much it has.
 * {@link HuffhashInputStream} reads it from its beginning.
 */
public final class HuffhashSequencesException extends HuffhashFormatException {
    private static final long serialVersionUID = 1L;

    HuffhashSequencesException(ZstdFormatException cause) {
        super(cause);
    }
}
