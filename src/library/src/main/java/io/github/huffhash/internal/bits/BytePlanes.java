package io.github.huffhash.internal.bits;

/**
 * Byte planes: of elements of the same size, all first bytes, then all second bytes, and so on. In
 * arrays of numbers, bytes of one significance are alike.
 *
 * <p>Of {@code length} bytes with K planes, plane p has the bytes p, p + K, p + 2K, ... below the
 * last multiple of K. Fewer than K bytes are left: they stay behind the last plane.
 *
 * <p>The usual element sizes go 8 bytes at a time, three times as fast or more: words exchange
 * halves, then pairs, then single bytes, as in the transposition of a matrix (Warren, Hacker's
 * Delight, 7-3).
 */
public final class BytePlanes {
    /** The fewest planes. */
    public static final int MIN = 2;

    /** The most planes. */
    public static final int MAX = 8;

    private static final long EVERY_2ND = 0x00FF_00FF_00FF_00FFL;
    private static final long EVERY_2ND_PAIR = 0x0000_FFFF_0000_FFFFL;
    private static final long LOW_HALF = 0x0000_0000_FFFF_FFFFL;

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
            long halfA = lower(a, b, LOW_HALF, 32);
            long halfB = upper(a, b, LOW_HALF, 32);
            long pairA = lower(halfA, halfB, EVERY_2ND_PAIR, 16);
            long pairB = upper(halfA, halfB, EVERY_2ND_PAIR, 16);
            LittleEndian.put64(target, to + i, lower(pairA, pairB, EVERY_2ND, 8));
            LittleEndian.put64(target, to + count + i, upper(pairA, pairB, EVERY_2ND, 8));
        }
        return i;
    }

    private static int join2(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = LittleEndian.get64(source, from + i);
            long b = LittleEndian.get64(source, from + count + i);
            long byteA = lower(a, b, EVERY_2ND, 8);
            long byteB = upper(a, b, EVERY_2ND, 8);
            long pairA = lower(byteA, byteB, EVERY_2ND_PAIR, 16);
            long pairB = upper(byteA, byteB, EVERY_2ND_PAIR, 16);
            LittleEndian.put64(target, to + 2 * i, lower(pairA, pairB, LOW_HALF, 32));
            LittleEndian.put64(target, to + 2 * i + 8, upper(pairA, pairB, LOW_HALF, 32));
        }
        return i;
    }

    private static int split4(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            int at = from + 4 * i;
            long a = LittleEndian.get64(source, at);
            long b = LittleEndian.get64(source, at + 8);
            long c = LittleEndian.get64(source, at + 16);
            long d = LittleEndian.get64(source, at + 24);
            long halfA = lower(a, c, LOW_HALF, 32);
            long halfB = upper(a, c, LOW_HALF, 32);
            long halfC = lower(b, d, LOW_HALF, 32);
            long halfD = upper(b, d, LOW_HALF, 32);
            long pairA = lower(halfA, halfC, EVERY_2ND_PAIR, 16);
            long pairB = lower(halfB, halfD, EVERY_2ND_PAIR, 16);
            long pairC = upper(halfA, halfC, EVERY_2ND_PAIR, 16);
            long pairD = upper(halfB, halfD, EVERY_2ND_PAIR, 16);
            LittleEndian.put64(target, to + i, lower(pairA, pairB, EVERY_2ND, 8));
            LittleEndian.put64(target, to + count + i, upper(pairA, pairB, EVERY_2ND, 8));
            LittleEndian.put64(target, to + 2 * count + i, lower(pairC, pairD, EVERY_2ND, 8));
            LittleEndian.put64(target, to + 3 * count + i, upper(pairC, pairD, EVERY_2ND, 8));
        }
        return i;
    }

    private static int join4(byte[] source, int from, int count, byte[] target, int to) {
        int i = 0;
        for (; i <= count - 8; i += 8) {
            long a = LittleEndian.get64(source, from + i);
            long b = LittleEndian.get64(source, from + count + i);
            long c = LittleEndian.get64(source, from + 2 * count + i);
            long d = LittleEndian.get64(source, from + 3 * count + i);
            long byteA = lower(a, b, EVERY_2ND, 8);
            long byteB = upper(a, b, EVERY_2ND, 8);
            long byteC = lower(c, d, EVERY_2ND, 8);
            long byteD = upper(c, d, EVERY_2ND, 8);
            long pairA = lower(byteA, byteC, EVERY_2ND_PAIR, 16);
            long pairB = lower(byteB, byteD, EVERY_2ND_PAIR, 16);
            long pairC = upper(byteA, byteC, EVERY_2ND_PAIR, 16);
            long pairD = upper(byteB, byteD, EVERY_2ND_PAIR, 16);
            int at = to + 4 * i;
            LittleEndian.put64(target, at, lower(pairA, pairB, LOW_HALF, 32));
            LittleEndian.put64(target, at + 8, lower(pairC, pairD, LOW_HALF, 32));
            LittleEndian.put64(target, at + 16, upper(pairA, pairB, LOW_HALF, 32));
            LittleEndian.put64(target, at + 24, upper(pairC, pairD, LOW_HALF, 32));
        }
        return i;
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
