package io.github.huffhash.internal.bits;

/** Reads numbers as {@link BitWriter} writes them. Bits behind the end read as zeros. */
public final class ForwardBitReader {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private long consumed;

    /** Reads {@code bytes[from]} to {@code bytes[to - 1]}. */
    public ForwardBitReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * The next bits, which are not consumed.
     *
     * @param count how many, from 0 to 31
     */
    public int peek(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            long bit = consumed + i;
            long index = from + (bit >>> 3);
            if (index < to) {
                value |= (bytes[(int) index] >>> (bit & 7) & 1) << i;
            }
        }
        return value;
    }

    /**
     * Consumes bits.
     *
     * @param count how many
     */
    public void skip(int count) {
        consumed += count;
    }

    /** The index behind the last byte of which a bit was consumed; it may be behind the end. */
    public int end() {
        return (int) (from + ((consumed + 7) >>> 3));
    }
}
