package io.github.huffhash.internal.zstd;

/**
 * Some bytes of a file, and where in the file they are.
 *
 * @param bytes the array that has them
 * @param length index behind the last of them
 * @param offset how many bytes of the file come before {@code bytes[0]}; negative if the file
 *     begins behind it
 */
@SuppressWarnings("ArrayRecordComponent") // a view of an array, never compared
public record InputBuffer(byte[] bytes, int length, long offset) {
    /** The failure to be thrown for a fault at {@code bytes[at]}. */
    ZstdFormatException failure(int at, String reason) {
        return new ZstdFormatException(offset + at, reason);
    }

    /**
     * Makes sure that there are bytes.
     *
     * @param count how many there must be from index {@code at} on
     * @param what the part of the file they are, for the message
     * @throws ZstdFormatException if the file ends before
     */
    void require(int at, int count, String what) throws ZstdFormatException {
        if (count > length - at) {
            throw failure(length, "truncated in " + what);
        }
    }
}
