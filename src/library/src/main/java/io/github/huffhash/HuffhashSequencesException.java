package io.github.huffhash;

import io.github.huffhash.internal.zstd.ZstdFormatException;

/**
 * A frame whose blocks have sequences (references to earlier content), as most Zstandard files do.
 * It may be a valid file; this library decodes Huffman-coded literals only. Use {@code zstd -d}.
 */
public final class HuffhashSequencesException extends HuffhashFormatException {
    private static final long serialVersionUID = 1L;

    HuffhashSequencesException(ZstdFormatException cause) {
        super(cause);
    }
}
