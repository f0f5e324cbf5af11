package io.github.huffhash.internal.zstd;

import java.util.Arrays;

/**
 * The Huffman tree description (RFC 8878, section 4.2.1): a weight for each symbol up to the last
 * but one that occurs. A code of length l has weight m + 1 - l, where m is the greatest length; a
 * symbol without a code has weight 0. The weight of the last symbol completes the code.
 *
 * <pre>
 * byte 0 &gt;= 128      byte 0 - 127 weights follow, 4 bits each, the first in the high bits
 * byte 0 &lt; 128       byte 0 bytes follow: FSE-compressed weights
 * </pre>
 *
 * <p>An instance belongs to one thread.
 */
final class Weights {
    /** The most bytes a description has. */
    static final int MAX_BYTES = 1 + Limits.MAX_FSE_BYTES;

    private final byte[] weights = new byte[Limits.MAX_WEIGHTS + 1];

    /** Room for attempts that come out too long. */
    private final byte[] fse = new byte[FseWeights.room(Limits.MAX_WEIGHTS)];

    /**
     * Writes the description of a code, directly or FSE-compressed, whichever is shorter.
     *
     * @param lengths the code length of each of the 256 symbols, 0 for none, of a complete code
     *     with at least two symbols
     * @param target must have room for {@link #MAX_BYTES}
     * @return how many bytes it has; 0 if there is no way to describe the code
     */
    int write(byte[] lengths, byte[] target, int at) {
        int count = stated(lengths);
        int directBytes = count <= Limits.MAX_DIRECT_WEIGHTS ? 1 + (count + 1) / 2 : 0;
        if (count >= 2 && !allEqual(count)) {
            int fseBytes = FseWeights.encode(weights, count, fse);
            if (fseBytes <= Limits.MAX_FSE_BYTES
                    && (directBytes == 0 || 1 + fseBytes < directBytes)) {
                target[at] = (byte) fseBytes;
                System.arraycopy(fse, 0, target, at + 1, fseBytes);
                return 1 + fseBytes;
            }
        }
        if (directBytes > 0) {
            target[at] = (byte) (127 + count);
            weights[count] = 0;
            for (int i = 0; i < count; i += 2) {
                target[at + 1 + i / 2] = (byte) (weights[i] << 4 | weights[i + 1]);
            }
        }
        return directBytes;
    }

    /** Sets the weights to be stated and returns how many there are. */
    private int stated(byte[] lengths) {
        int longest = 0;
        int last = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                longest = Math.max(longest, lengths[symbol]);
                last = symbol;
            }
        }
        for (int symbol = 0; symbol < last; symbol++) {
            int length = lengths[symbol];
            weights[symbol] = (byte) (length == 0 ? 0 : longest + 1 - length);
        }
        return last;
    }

    private boolean allEqual(int count) {
        return Arrays.mismatch(weights, 0, count - 1, weights, 1, count) < 0;
    }

    /**
     * Reads a description.
     *
     * @param from index of its first byte
     * @param to index behind the last byte it may have
     * @param lengths receives the code length of each of the 256 symbols, 0 for none, of a complete
     *     code
     * @return the index behind the description
     * @throws ZstdFormatException if it does not describe a complete code
     */
    int read(InputBuffer input, int from, int to, byte[] lengths) throws ZstdFormatException {
        if (from >= to) {
            throw input.failure(from, "no room for a tree description in the literals section");
        }
        int first = input.bytes()[from] & 0xFF;
        int count = Math.max(0, first - Limits.MAX_FSE_BYTES);
        int bytes = 1 + (count > 0 ? (count + 1) / 2 : first);
        if (bytes > to - from) {
            throw input.failure(from, "weights: the tree description is larger than its section");
        }
        int end = from + bytes;
        if (count > 0) {
            readDirect(input.bytes(), from + 1, count);
        } else {
            count = FseWeights.decode(input, from + 1, end, weights);
        }
        complete(input, from, count, lengths);
        return end;
    }

    private void readDirect(byte[] bytes, int from, int count) {
        for (int i = 0; i < count; i++) {
            weights[i] = (byte) (bytes[from + i / 2] >>> ((i & 1) == 0 ? 4 : 0) & 15);
        }
    }

    private void complete(InputBuffer input, int from, int count, byte[] lengths)
            throws ZstdFormatException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > Limits.MAX_CODE_LENGTH) {
                throw input.failure(from, "weights: one of them is " + weights[i]);
            }
            sum += 1 << weights[i] >>> 1;
        }
        if (sum == 0) {
            throw input.failure(from, "weights: all of them are zero");
        }
        int longest = Integer.SIZE - Integer.numberOfLeadingZeros(sum);
        if (longest > Limits.MAX_CODE_LENGTH) {
            throw input.failure(from, "weights: a code would have " + longest + " bits");
        }
        int rest = (1 << longest) - sum;
        if (Integer.bitCount(rest) != 1) {
            throw input.failure(from, "weights: they do not complete a code");
        }
        weights[count] = (byte) (Integer.SIZE - Integer.numberOfLeadingZeros(rest));
        int ones = 0;
        Arrays.fill(lengths, (byte) 0);
        for (int i = 0; i <= count; i++) {
            ones += weights[i] == 1 ? 1 : 0;
            lengths[i] = (byte) (weights[i] == 0 ? 0 : longest + 1 - weights[i]);
        }
        if (ones < 2) {
            throw input.failure(from, "weights: fewer than two symbols have weight 1");
        }
    }
}
