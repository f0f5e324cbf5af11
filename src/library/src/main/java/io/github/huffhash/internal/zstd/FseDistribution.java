package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BitWriter;
import io.github.huffhash.internal.bits.ForwardBitReader;
import java.util.Arrays;

/**
 * The probabilities an FSE table is made from, and their description (RFC 8878, section 4.1.1).
 *
 * @param accuracyLog the table has 2 to the power of this many cells
 * @param cells how many cells each symbol has; {@link #LESS_THAN_ONE} for one cell of another kind
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FseDistribution(int accuracyLog, int[] cells) {
    /** A probability below one cell; the symbol is given one nevertheless. */
    static final int LESS_THAN_ONE = -1;

    /**
     * A distribution read.
     *
     * @param end the index behind its description
     */
    record Described(FseDistribution distribution, int end) {}

    /**
     * Shares the cells of a table among symbols, close to their counts. Each cell goes to the
     * symbol that it helps most, which is the one with the greatest count / (cells + 1/2)
     * (Webster's method of apportionment), once every symbol that occurs has its first.
     *
     * @param counts how often each symbol occurs; at least two symbols do
     */
    static FseDistribution of(int[] counts, int accuracyLog) {
        int[] cells = new int[counts.length];
        int free = 1 << accuracyLog;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                cells[symbol] = 1;
                free--;
            }
        }
        for (; free > 0; free--) {
            int best = 0;
            for (int symbol = 1; symbol < counts.length; symbol++) {
                if (counts[symbol] * (2 * cells[best] + 1)
                        > counts[best] * (2 * cells[symbol] + 1)) {
                    best = symbol;
                }
            }
            cells[best]++;
        }
        return new FseDistribution(accuracyLog, cells);
    }

    /**
     * Writes the description.
     *
     * @return the index behind it
     */
    int write(byte[] target, int at) {
        var bits = new BitWriter(target, at);
        bits.write(accuracyLog - Limits.MIN_ACCURACY_LOG, 4);
        int remaining = 1 << accuracyLog;
        for (int symbol = 0; remaining > 0; symbol++) {
            int value = cells[symbol] + 1;
            int width = width(remaining);
            int shortValues = shortValues(remaining, width);
            if (value < shortValues) {
                bits.write(value, width - 1);
            } else {
                bits.write(value < 1 << (width - 1) ? value : value + shortValues, width);
            }
            remaining -= Math.abs(cells[symbol]);
            if (cells[symbol] == 0) {
                int more = 0;
                while (cells[symbol + 1 + more] == 0) {
                    more++;
                }
                symbol += more;
                for (; more >= 3; more -= 3) {
                    bits.write(3, 2);
                }
                bits.write(more, 2);
            }
        }
        return bits.end();
    }

    /**
     * Reads a description.
     *
     * @param from index of its first byte
     * @param to index behind the last byte it may have
     * @param symbols how many symbols there are
     * @param maxAccuracyLog the greatest accuracy it may have
     * @param what what the symbols stand for, in a word or two for messages
     * @throws ZstdFormatException if it is not one
     */
    static Described read(
            InputBuffer input, int from, int to, int symbols, int maxAccuracyLog, String what)
            throws ZstdFormatException {
        var bits = new ForwardBitReader(input.bytes(), from, to);
        int accuracyLog = bits.peek(4) + Limits.MIN_ACCURACY_LOG;
        bits.skip(4);
        if (accuracyLog > maxAccuracyLog) {
            throw input.failure(from, what + ": FSE accuracy of " + accuracyLog + " bits");
        }
        int[] cells = new int[symbols];
        int symbol = 0;
        int remaining = 1 << accuracyLog;
        while (remaining > 0 && bits.end() <= to) {
            if (symbol >= symbols) {
                throw input.failure(from, what + ": FSE table for " + what + " that do not exist");
            }
            int width = width(remaining);
            int shortValues = shortValues(remaining, width);
            int value = bits.peek(width - 1);
            if (value < shortValues) {
                bits.skip(width - 1);
            } else {
                value = bits.peek(width);
                bits.skip(width);
                value -= value < 1 << (width - 1) ? 0 : shortValues;
            }
            cells[symbol] = value - 1;
            remaining -= Math.abs(cells[symbol]);
            symbol++;
            if (value == 1) {
                int more;
                do {
                    more = bits.peek(2);
                    bits.skip(2);
                    symbol += more;
                } while (more == 3 && symbol < symbols);
            }
        }
        if (bits.end() > to) {
            throw input.failure(from, what + ": FSE table description ends early");
        }
        return new Described(
                new FseDistribution(accuracyLog, Arrays.copyOf(cells, symbol)), bits.end());
    }

    /** Bits that hold the greatest value, which is one more than the cells that remain. */
    private static int width(int remaining) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(remaining + 1);
    }

    /**
     * How many values, from 0 on, are written with one bit less: those the range has no use for.
     */
    private static int shortValues(int remaining, int width) {
        return (1 << width) - 2 - remaining;
    }
}
