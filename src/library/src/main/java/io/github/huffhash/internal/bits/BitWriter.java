package io.github.huffhash.internal.bits;

/**
 * Writes numbers bit by bit, the lowest bit first.
 *
 * <p>Plain rather than fast: it writes one byte at a time.
 */
public final class BitWriter {
    private final byte[] bytes;
    private int at;
    private long pending;
    private int pendingBits;

    /**
     * Writes from {@code bytes[at]} on.
     *
     * @param bytes must have room for what is written
     */
    public BitWriter(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /**
     * Writes the low bits of {@code value}.
     *
     * @param count how many, from 0 to 32
     */
    public void write(int value, int count) {
        pending |= (value & ((1L << count) - 1)) << pendingBits;
        pendingBits += count;
        while (pendingBits >= 8) {
            bytes[at++] = (byte) pending;
            pending >>>= 8;
            pendingBits -= 8;
        }
    }

    /**
     * Fills the last byte with zeros.
     *
     * @return the index behind it
     */
    public int end() {
        if (pendingBits > 0) {
            write(0, 8 - pendingBits);
        }
        return at;
    }

    /**
     * Ends a stream for {@link BackwardBitReader}: with a bit 1, and zeros up to the next byte.
     *
     * @return the index behind its last byte
     */
    public int endMarked() {
        write(1, 1);
        return end();
    }
}
