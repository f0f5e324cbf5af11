package io.github.huffhash.internal.bits;

/**
 * Byte planes: of elements of the same size, all first bytes, then all second bytes, and so on. In
 * arrays of numbers, bytes of one significance are alike.
 *
 * <p>Of {@code length} bytes with K planes, plane p has the bytes p, p + K, p + 2K, ... below the
 * last multiple of K. Fewer than K bytes are left: they stay behind the last plane.
 *
 * <p>The usual element sizes go 8 bytes at a time: twice to four times as fast.
 */
public final class BytePlanes {
    /** The fewest planes. */
    public static final int MIN = 2;

    /** The most planes. */
    public static final int MAX = 8;

    private static final long EVERY_2ND = 0x00FF_00FF_00FF_00FFL;
    private static final long EVERY_2ND_PAIR = 0x0000_FFFF_0000_FFFFL;
    private static final long LOW_HALF = 0x0000_0000_FFFF_FFFFL;
    private static final long EVERY_4TH = 0x0000_00FF_0000_00FFL;

    private BytePlanes() {}

    /**
     * Where a plane begins among the planes of {@code length} bytes; for {@code planes}, where they
     * end. The last plane has the bytes that are left besides.
     */
    public static int start(int length, int planes, int plane) {
        return plane == planes ? length : plane * (length / planes);
    }

    /**
     * Splits elements into planes.
     *
     * @param source from index {@code from} on
     * @param planes bytes of an element, from 2 to 8
     * @param target receives {@code length} bytes from index {@code to} on; another array
     */
    public static void split(
            byte[] source, int from, int length, int planes, byte[] target, int to) {
        int count = length / planes;
        int done =
                switch (planes) {
                    case 2 -> split2(source, from, count, target, to);
                    case 4 -> split4(source, from, count, target, to);
                    case 8 -> split8(source, from, count, target, to);
                    default -> 0;
                };
        for (int plane = 0; plane < planes; plane++) {
            int at = to + plane * count;
            for (int i = done; i < count; i++) {
                target[at + i] = source[from + i * planes + plane];
            }
        }
        int whole = count * planes;
        System.arraycopy(source, from + whole, target, to + whole, length - whole);
    }

    /**
     * Joins planes to elements: the reverse of {@link #split}.
     *
     * @param source the planes, from index {@code from} on
     * @param planes bytes of an element, from 2 to 8
     * @param target receives {@code length} bytes from index {@code to} on; another array
     */
    public static void join(
            byte[] source, int from, int length, int planes, byte[] target, int to) {
        int count = length / planes;
        int done =
                switch (planes) {
                    case 2 -> join2(source, from, count, target, to);
                    case 4 -> join4(source, from, count, target, to);
                    case 8 -> join8(source, from, count, target, to);
                    default -> 0;
                };
        for (int plane = 0; plane < planes; plane++) {
            int at = from + plane * count;
            for (int i = done; i < count; i++) {
                target[to + i * planes + plane] = source[at + i];
            }
        }
        int whole = count * planes;
        System.arraycopy(source, from + whole, target, to + whole, length - whole);
    }

    /** Splits as many elements as go 8 at a time; returns how many. */
    private static int split2(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = LittleEndian.get64(source, from + 2 * i);
            long b = LittleEndian.get64(source, from + 2 * i + 8);
            LittleEndian.put64(target, to + i, even(a) | (even(b) << 32));
            LittleEndian.put64(target, to + count + i, even(a >>> 8) | (even(b >>> 8) << 32));
        }
        return i;
    }

    /** The bytes 0, 2, 4, 6 as one half. */
    private static long even(long word) {
        long x = word & EVERY_2ND;
        x = (x | (x >>> 8)) & EVERY_2ND_PAIR;
        return (x | (x >>> 16)) & LOW_HALF;
    }

    private static int join2(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long low = LittleEndian.get64(source, from + i);
            long high = LittleEndian.get64(source, from + count + i);
            LittleEndian.put64(
                    target, to + 2 * i, spread(low & LOW_HALF) | (spread(high & LOW_HALF) << 8));
            LittleEndian.put64(
                    target, to + 2 * i + 8, spread(low >>> 32) | (spread(high >>> 32) << 8));
        }
        return i;
    }

    /** A half as the bytes 0, 2, 4, 6. */
    private static long spread(long half) {
        long x = (half | (half << 16)) & EVERY_2ND_PAIR;
        return (x | (x << 8)) & EVERY_2ND;
    }

    private static int split4(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = from + 4 * i;
            long a = LittleEndian.get64(source, at);
            long b = LittleEndian.get64(source, at + 8);
            long c = LittleEndian.get64(source, at + 16);
            long d = LittleEndian.get64(source, at + 24);
            for (int plane = 0; plane < 4; plane++) {
                int shift = 8 * plane;
                LittleEndian.put64(
                        target,
                        to + plane * count + i,
                        pair(a >>> shift)
                                | (pair(b >>> shift) << 16)
                                | (pair(c >>> shift) << 32)
                                | (pair(d >>> shift) << 48));
            }
        }
        return i;
    }

    /** The bytes 0 and 4 as the lowest two. */
    private static long pair(long word) {
        long x = word & EVERY_4TH;
        return (x | (x >>> 24)) & 0xFFFF;
    }

    private static int join4(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = LittleEndian.get64(source, from + i);
            long b = LittleEndian.get64(source, from + count + i);
            long c = LittleEndian.get64(source, from + 2 * count + i);
            long d = LittleEndian.get64(source, from + 3 * count + i);
            for (int word = 0; word < 4; word++) {
                int shift = 16 * word;
                LittleEndian.put64(
                        target,
                        to + 4 * i + 8 * word,
                        apart(a >>> shift)
                                | (apart(b >>> shift) << 8)
                                | (apart(c >>> shift) << 16)
                                | (apart(d >>> shift) << 24));
            }
        }
        return i;
    }

    /** The lowest two bytes as bytes 0 and 4. */
    private static long apart(long word) {
        return (word & 0xFF) | ((word & 0xFF00) << 24);
    }

    private static int split8(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            transpose8(source, from + 8 * i, 8, target, to + i, count);
        }
        return i;
    }

    private static int join8(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            transpose8(source, from + i, count, target, to + 8 * i, 8);
        }
        return i;
    }

    /**
     * Transposes 8 rows of 8 bytes: halves, then pairs, then single bytes change places.
     *
     * @param stride from one row of the source to the next
     * @param step the same in the target
     */
    private static void transpose8(
            byte[] source, int from, int stride, byte[] target, int to, int step) {
        long a0 = LittleEndian.get64(source, from);
        long a1 = LittleEndian.get64(source, from + stride);
        long a2 = LittleEndian.get64(source, from + 2 * stride);
        long a3 = LittleEndian.get64(source, from + 3 * stride);
        long a4 = LittleEndian.get64(source, from + 4 * stride);
        long a5 = LittleEndian.get64(source, from + 5 * stride);
        long a6 = LittleEndian.get64(source, from + 6 * stride);
        long a7 = LittleEndian.get64(source, from + 7 * stride);

        long b0 = lower(a0, a4, LOW_HALF, 32);
        long b1 = lower(a1, a5, LOW_HALF, 32);
        long b2 = lower(a2, a6, LOW_HALF, 32);
        long b3 = lower(a3, a7, LOW_HALF, 32);
        long b4 = upper(a0, a4, LOW_HALF, 32);
        long b5 = upper(a1, a5, LOW_HALF, 32);
        long b6 = upper(a2, a6, LOW_HALF, 32);
        long b7 = upper(a3, a7, LOW_HALF, 32);

        putPairs(b0, b1, b2, b3, target, to, step);
        putPairs(b4, b5, b6, b7, target, to + 4 * step, step);
    }

    private static void putPairs(
            long a0, long a1, long a2, long a3, byte[] target, int to, int step) {
        putBytes(
                lower(a0, a2, EVERY_2ND_PAIR, 16),
                lower(a1, a3, EVERY_2ND_PAIR, 16),
                target,
                to,
                step);
        putBytes(
                upper(a0, a2, EVERY_2ND_PAIR, 16),
                upper(a1, a3, EVERY_2ND_PAIR, 16),
                target,
                to + 2 * step,
                step);
    }

    private static void putBytes(long a0, long a1, byte[] target, int to, int step) {
        LittleEndian.put64(target, to, lower(a0, a1, EVERY_2ND, 8));
        LittleEndian.put64(target, to + step, upper(a0, a1, EVERY_2ND, 8));
    }

    /** The masked parts of both words, those of the second behind those of the first. */
    private static long lower(long first, long second, long mask, int bits) {
        return (first & mask) | ((second & mask) << bits);
    }

    /** The other parts of both words. */
    private static long upper(long first, long second, long mask, int bits) {
        return ((first >>> bits) & mask) | (second & ~mask);
    }
}
