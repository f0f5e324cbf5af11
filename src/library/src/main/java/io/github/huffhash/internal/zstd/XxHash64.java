package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The 64-bit hash XXH64 with seed 0, of which Zstandard's checksums are the low 4 bytes (RFC 8878,
 * section 3.1.1). After Yann Collet's "XXH64 algorithm description".
 *
 * <p>An instance belongs to one thread.
 */
public final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /** The sum of the first two. */
    private static final long PRIME_1_AND_2 = 0x60EA27EEADC0B5D6L;

    /** Each of four lanes takes 8 bytes of a stripe. */
    private static final int STRIPE_BYTES = 32;

    private static final long CHECKSUM_MASK = 0xFFFF_FFFFL;

    /**
     * The inner loop is called for this much: so often that the JVM soon sees that it is hot,
     * before it begins to replace it in the middle of a call.
     */
    private static final int SLICE_BYTES = 8 << 10;

    private final long[] lanes = {PRIME_1_AND_2, PRIME_2, 0, -PRIME_1};

    /** Bytes that do not fill a stripe yet. */
    private final byte[] partial = new byte[STRIPE_BYTES];

    private int partialLength;
    private long length;

    /** The hash of {@code bytes[from]} to {@code bytes[from + length - 1]}. */
    public static long hash(byte[] bytes, int from, int length) {
        var hash = new XxHash64();
        hash.update(bytes, from, length);
        return hash.value();
    }

    /** Zstandard's checksum of these bytes: the low 4 bytes of the hash. */
    public static long checksum(byte[] bytes, int from, int length) {
        return hash(bytes, from, length) & CHECKSUM_MASK;
    }

    /** Zstandard's checksum of all bytes so far. */
    public long checksum() {
        return value() & CHECKSUM_MASK;
    }

    /** Appends {@code bytes[from]} to {@code bytes[from + count - 1]} to what is hashed. */
    public void update(byte[] bytes, int from, int count) {
        length += count;
        int at = from;
        int left = count;
        if (partialLength > 0) {
            int fill = Math.min(left, STRIPE_BYTES - partialLength);
            System.arraycopy(bytes, at, partial, partialLength, fill);
            partialLength += fill;
            at += fill;
            left -= fill;
            if (partialLength < STRIPE_BYTES) {
                return;
            }
            stripes(partial, 0, STRIPE_BYTES);
        }
        int whole = left & -STRIPE_BYTES;
        int end = at + whole;
        for (int rest = whole; rest > 0; rest -= SLICE_BYTES) {
            int start = end - rest;
            stripes(bytes, start, start + Math.min(rest, SLICE_BYTES));
        }
        partialLength = left - whole;
        System.arraycopy(bytes, end, partial, 0, partialLength);
    }

    private void stripes(byte[] bytes, int from, int to) {
        long lane0 = lanes[0];
        long lane1 = lanes[1];
        long lane2 = lanes[2];
        long lane3 = lanes[3];
        for (int i = from; i < to; i += STRIPE_BYTES) {
            lane0 = round(lane0, LittleEndian.get64(bytes, i));
            lane1 = round(lane1, LittleEndian.get64(bytes, i + 8));
            lane2 = round(lane2, LittleEndian.get64(bytes, i + 16));
            lane3 = round(lane3, LittleEndian.get64(bytes, i + 24));
        }
        lanes[0] = lane0;
        lanes[1] = lane1;
        lanes[2] = lane2;
        lanes[3] = lane3;
    }

    /** The hash of all bytes so far. More can be appended afterwards. */
    public long value() {
        long hash = PRIME_5;
        if (length >= STRIPE_BYTES) {
            hash =
                    Long.rotateLeft(lanes[0], 1)
                            + Long.rotateLeft(lanes[1], 7)
                            + Long.rotateLeft(lanes[2], 12)
                            + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
            }
        }
        hash += length;
        int i = 0;
        for (; i + 8 <= partialLength; i += 8) {
            hash ^= round(0, LittleEndian.get64(partial, i));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (i + 4 <= partialLength) {
            hash ^= LittleEndian.get32(partial, i) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            i += 4;
        }
        for (; i < partialLength; i++) {
            hash ^= (partial[i] & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }
}
