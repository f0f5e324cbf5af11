package io.github.huffhash;

/**
 * What may be decompressed.
 *
 * <pre>{@code
 * var options = DecompressOptions.DEFAULT.withMaxBytes(1 << 30).withMaxWindowBytes(8 << 20);
 * }</pre>
 *
 * @param maxBytes the most bytes that may come out, at least 0: a block beyond that is a {@link
 *     HuffhashFormatException}, behind the content before it
 * @param maxWindowBytes how far back the sequences of a frame may refer, in bytes, at least 0: a
 *     window takes as much memory. A frame that needs more is a {@link HuffhashFormatException}
 *     with {@link HuffhashFormatException#windowBytes}
 */
public record DecompressOptions(long maxBytes, long maxWindowBytes) {
    /** Any number of bytes, and windows of 128 MiB, as {@code zstd -d} has it. */
    public static final DecompressOptions DEFAULT =
            new DecompressOptions(Long.MAX_VALUE, 128L << 20);

    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public DecompressOptions {
        require("bytes", maxBytes);
        require("bytes of a window", maxWindowBytes);
    }

    private static void require(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "at most " + number + " " + what + ": must not be < 0");
        }
    }

    /** The same with another number of bytes. */
    public DecompressOptions withMaxBytes(long bytes) {
        return new DecompressOptions(bytes, maxWindowBytes);
    }

    /** The same with other windows; no window of 2 GiB or more can be had. */
    public DecompressOptions withMaxWindowBytes(long bytes) {
        return new DecompressOptions(maxBytes, bytes);
    }
}
