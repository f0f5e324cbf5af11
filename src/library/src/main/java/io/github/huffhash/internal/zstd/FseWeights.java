package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.BitWriter;

/**
 * Weights as an FSE table and a stream of two interleaved states (RFC 8878, section 4.2.1.2). The
 * first state gives the weights with even index, the second those with odd index.
 */
final class FseWeights {
    /**
     * So many weights and more are worth the greatest accuracy: trying both would make files
     * smaller by 5 bytes in a million.
     */
    private static final int MANY = 128;

    private FseWeights() {}

    /**
     * Bytes of room that {@link #encode} needs for this many weights. No weight takes more bits
     * than a state has; a table description has less than 16 bytes.
     */
    static int room(int count) {
        return count + 16;
    }

    /**
     * Encodes weights.
     *
     * @param weights from index 0 on
     * @param count how many, at least 2; at least two values occur
     * @param target must have {@link #room}; receives them from index 0 on
     * @return how many bytes they take
     */
    static int encode(byte[] weights, int count, byte[] target) {
        int[] counts = new int[Limits.MAX_CODE_LENGTH + 1];
        for (int i = 0; i < count; i++) {
            counts[weights[i]]++;
        }
        int accuracyLog = count < MANY ? Limits.MIN_ACCURACY_LOG : Limits.MAX_ACCURACY_LOG;
        FseDistribution distribution = FseDistribution.of(counts, accuracyLog);
        var table = new FseTable(distribution);
        var bits = new BitWriter(target, distribution.write(target, 0));
        // what is read last is written first
        int other = table.lastState(weights[count - 1]);
        int state = table.lastState(weights[count - 2]);
        for (int i = count - 3; i >= 0; i--) {
            int before = table.stateBefore(other, weights[i]);
            bits.write(other - table.base(before), table.bits(before));
            other = state;
            state = before;
        }
        bits.write(other, accuracyLog);
        bits.write(state, accuracyLog);
        return bits.endMarked();
    }

    /**
     * Decodes the weights in {@code input.bytes()[from]} to {@code input.bytes()[to - 1]}.
     *
     * @param weights receives them from index 0 on
     * @return how many there are, at most {@link Limits#MAX_WEIGHTS}
     * @throws ZstdFormatException if they are not encoded as they should be
     */
    static int decode(InputBuffer input, int from, int to, byte[] weights)
            throws ZstdFormatException {
        var described =
                FseDistribution.read(
                        input,
                        from,
                        to,
                        Limits.MAX_CODE_LENGTH + 1,
                        Limits.MAX_ACCURACY_LOG,
                        "weights");
        var table = new FseTable(described.distribution());
        int start = described.end();
        if (start == to) {
            throw input.failure(start, "weights: FSE stream of zero bytes");
        }
        long all = BackwardBitReader.bits(input.bytes(), start, to);
        if (all < 0) {
            throw input.failure(to - 1, "weights: FSE stream whose last byte is zero");
        }
        if (all < 2L * table.accuracyLog()) {
            throw input.failure(start, "weights: FSE stream without its two states");
        }
        var bits = new BackwardBitReader(input.bytes(), start, all);
        int state = bits.read(table.accuracyLog());
        int other = bits.read(table.accuracyLog());
        int count = 0;
        while (count < Limits.MAX_WEIGHTS) {
            weights[count++] = (byte) table.symbol(state);
            int width = table.bits(state);
            if (bits.bitsLeft() < width) {
                if (count == Limits.MAX_WEIGHTS) {
                    break;
                }
                weights[count++] = (byte) table.symbol(other);
                return count;
            }
            int next = table.base(state) + bits.read(width);
            state = other;
            other = next;
        }
        throw input.failure(from, "weights: more than " + Limits.MAX_WEIGHTS + " of them");
    }
}
