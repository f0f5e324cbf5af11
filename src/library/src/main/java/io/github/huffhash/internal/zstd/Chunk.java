package io.github.huffhash.internal.zstd;

/**
 * Some bytes of a file, and where in the file they lie.
 *
 * @param bytes what is there, from index 0
 * @param length how many of them belong to the chunk
 * @param offset how many bytes of the file come before
 */
@SuppressWarnings("ArrayRecordComponent") // a view of somebody's buffer, never compared
public record Chunk(byte[] bytes, int length, long offset) {
    /** The failure to be thrown for what is wrong at {@code bytes[at]}. */
    public ZstdFormatException failure(int at, String reason) {
        return new ZstdFormatException(offset + at, reason);
    }

    /**
     * Makes sure that there are bytes.
     *
     * @param count how many there must be from index {@code at} on
     * @param what the part of the file they are, for the message
     * @throws ZstdFormatException if the chunk ends before
     */
    void require(int at, int count, String what) throws ZstdFormatException {
        if (count > length - at) {
            throw failure(length, "truncated in " + what);
        }
    }
}
