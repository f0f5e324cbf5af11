package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The hot loop of {@link HuffmanEncoder}: one stream, four symbols for each 8-byte store.
 *
 * <p>An entry holds a code in its highest bits and the code's length in its lowest 6, so that the
 * entry itself is the distance by which what came before is shifted down to make room. Four codes
 * have at most 44 bits; together with up to 7 left from before, 51 &lt; 64. So the lowest bits of
 * the container never count, and the lengths need not be masked out of it.
 */
final class StreamEncoder {
    /** Bytes behind the stream that a store may touch. */
    static final int SLACK_BYTES = 8;

    private static final long LENGTH_MASK = 63;

    private StreamEncoder() {}

    /** The entry of a code that begins with the bits of {@code cell}. */
    static long entry(int cell, int length) {
        return (long) cell << (Long.SIZE - CanonicalCode.CELL_BITS) | length;
    }

    /**
     * Encodes {@code source[from]} to {@code source[to - 1]} as a stream that is read backward.
     *
     * @param entries one for each of the 256 symbols
     * @param target must have room for the stream and {@link #SLACK_BYTES} more
     * @return the index in {@code target} behind the stream
     */
    static int encode(long[] entries, byte[] source, int from, int to, byte[] target, int at) {
        int i = to - ((to - from) & 3);
        long position = single(entries, source, i, to, target, (long) at * Byte.SIZE);
        position = fours(entries, source, from, i, target, position);
        int end = (int) (position >>> 3);
        int count = (int) position & 7;
        target[end] = (byte) ((count == 0 ? 0 : target[end]) | 1 << count);
        return end + 1;
    }

    /**
     * Encodes the last few symbols, which come first in the stream.
     *
     * @param position of the next bit in {@code target}
     * @return the position behind their bits
     */
    private static long single(
            long[] entries, byte[] source, int from, int to, byte[] target, long position) {
        long bits = 0; // the newest in the highest bits, no matter what is below count bits
        int count = 0;
        for (int i = to; i > from; i--) {
            long entry = entries[source[i - 1] & 0xFF];
            bits = (bits >>> entry) | entry;
            count += (int) (entry & LENGTH_MASK);
        }
        if (count > 0) {
            LittleEndian.put64(target, (int) (position >>> 3), bits >>> -count);
        }
        return position + count;
    }

    /**
     * Encodes symbols by fours.
     *
     * @param position of the next bit in {@code target}; in its byte, lower bits are there already
     * @return the position behind their bits
     */
    private static long fours(
            long[] table, byte[] source, int from, int to, byte[] target, long position) {
        long[] entries = new long[256]; // a length known to the compiler, which checks no index
        System.arraycopy(table, 0, entries, 0, entries.length);
        int at = (int) (position >>> 3);
        int count = (int) position & 7;
        long bits = count == 0 ? 0 : (long) target[at] << (Long.SIZE - count);
        for (int i = to; i > from; i -= 4) {
            long first = entries[source[i - 1] & 0xFF];
            long second = entries[source[i - 2] & 0xFF];
            long third = entries[source[i - 3] & 0xFF];
            long fourth = entries[source[i - 4] & 0xFF];
            long newer = third + fourth; // its lowest bits: the length of both codes
            long all = first + second + newer;
            long older = ((first >>> second) | second) >>> newer;
            bits = (bits >>> all) | older | (third >>> fourth) | fourth;
            count += (int) (all & LENGTH_MASK);
            LittleEndian.put64(target, at, bits >>> -count);
            at += count >>> 3;
            count &= 7;
        }
        return (long) at * Byte.SIZE + count;
    }
}
