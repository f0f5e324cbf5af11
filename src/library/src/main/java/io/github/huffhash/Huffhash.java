package io.github.huffhash;

import io.github.huffhash.internal.zstd.FileDecoder;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Compression in one call. What is written is a Zstandard file (RFC 8878) that every Zstandard
 * decoder reads; its blocks are Huffman-coded and have no sequences.
 *
 * <p>All methods can be called from any thread.
 */
public final class Huffhash {
    /** Room for headers. */
    private static final int LEAST_BYTES = 64;

    private Huffhash() {}

    /** Compresses with {@link CompressOptions#DEFAULT}. */
    public static byte[] compress(byte[] content) {
        return compress(content, CompressOptions.DEFAULT);
    }

    /**
     * Compresses.
     *
     * @return the file; the same content and options always give the same
     * @throws OutOfMemoryError if what comes out does not fit into an array
     */
    public static byte[] compress(byte[] content, CompressOptions options) {
        var file = new ByteArrayOutputStream(content.length / 2 + LEAST_BYTES);
        var size = OptionalLong.of(content.length);
        try (var stream = new HuffhashOutputStream(file, options, Workers.CALLER, size)) {
            stream.write(content, 0, content.length);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
        return file.toByteArray();
    }

    /**
     * Decompresses a file of frames without sequences, by whatever tool.
     *
     * @param maxBytes the most bytes that may come out, at least 0
     * @throws HuffhashFormatException if the file is not valid, has sequences, needs a dictionary,
     *     or has more than {@code maxBytes} of content
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static byte[] decompress(byte[] file, int maxBytes) throws HuffhashFormatException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes: must not be < 0");
        }
        try {
            return FileDecoder.decode(file, maxBytes);
        } catch (ZstdFormatException e) {
            throw new HuffhashFormatException(e);
        }
    }
}
