package io.github.huffhash.internal.bits;

/**
 * Reads a bit stream from its end to its beginning (RFC 8878, section 4.1). The highest bit 1 of
 * the last byte marks the end and is not part of what is read.
 *
 * <p>Bits before the beginning read as zeros; {@link #bitsLeft} is negative then.
 */
public final class BackwardBitReader {
    private final byte[] bytes;
    private final int from;
    private long bitsLeft;

    /** The stream's first 64 bits, as far as it has them. */
    private final long head;

    /**
     * The stream whose first {@code bitsLeft} bits are still to be read.
     *
     * @param from index of the stream's first byte
     * @param bitsLeft as {@link #bits} gives it for the whole stream
     */
    public BackwardBitReader(byte[] bytes, int from, long bitsLeft) {
        this.bytes = bytes;
        this.from = from;
        this.bitsLeft = bitsLeft;
        head = head(bytes, from, bitsLeft);
    }

    /** A stream's first 64 bits, as far as it has them. */
    public static long head(byte[] bytes, int from, long bits) {
        long head = 0;
        for (int i = 0; i < Long.BYTES && 8L * i < bits; i++) {
            head |= (bytes[from + i] & 0xFFL) << (8 * i);
        }
        return head;
    }

    /**
     * The last bits of those that are left of a stream: 57 at least, from the highest bit down, and
     * zeros behind the stream's first bit.
     *
     * @param head as {@link #head} gives it for the whole stream
     * @param bitsLeft how many are left; negative if more were read than there are
     */
    public static long word(byte[] bytes, int from, long head, long bitsLeft) {
        if (bitsLeft >= Long.SIZE) {
            int place = from + (int) ((bitsLeft + 7) >>> 3) - Long.BYTES;
            return LittleEndian.get64(bytes, place) << (-bitsLeft & 7);
        }
        return bitsLeft <= 0 ? 0 : head << -bitsLeft;
    }

    /**
     * How many bits the stream in {@code bytes[from]} to {@code bytes[to - 1]} has before its end
     * mark; negative if there is no end mark, because the last byte is zero.
     *
     * @param to greater than {@code from}
     */
    public static long bits(byte[] bytes, int from, int to) {
        int last = bytes[to - 1] & 0xFF;
        if (last == 0) {
            return -1;
        }
        return (to - from) * 8L - (Integer.numberOfLeadingZeros(last) - 23);
    }

    /** How many bits are left; negative if more were read than there are. */
    public long bitsLeft() {
        return bitsLeft;
    }

    /** The next bits, 57 at least, from the highest bit down; they are not consumed. */
    public long peek() {
        return word(bytes, from, head, bitsLeft);
    }

    /**
     * Consumes bits.
     *
     * @param count how many
     */
    public void skip(int count) {
        bitsLeft -= count;
    }

    /**
     * Reads the next bits.
     *
     * @param count how many, from 0 to 32
     */
    public int read(int count) {
        int value = count == 0 ? 0 : (int) (peek() >>> -count);
        skip(count);
        return value;
    }
}
