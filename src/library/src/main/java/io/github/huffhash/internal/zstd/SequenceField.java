package io.github.huffhash.internal.zstd;

/** The three numbers of a sequence, in the order of a block's tables (RFC 8878, 3.1.1.3.2). */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are not changed
enum SequenceField {
    LITERAL_LENGTHS(
            "literal lengths",
            0,
            9,
            extraBits(36, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
            predefined(
                    6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3,
                    2, 1, 1, 1, 1, 1, -1, -1, -1, -1)),
    OFFSETS(
            "offsets",
            1,
            8,
            offsetBits(),
            predefined(
                    5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1,
                    -1, -1, -1, -1)),
    MATCH_LENGTHS(
            "match lengths",
            3,
            9,
            extraBits(53, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
            predefined(
                    6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
                    -1, -1));

    private final String what;
    private final int maxAccuracyLog;

    /** How many bits follow each code, and the least number it stands for. */
    private final int[] extraBits;

    private final int[] bases;
    private final Table predefined;

    /**
     * A table that decodes one of the numbers: an {@link FseTable} whose symbols, the codes, are
     * replaced by what they stand for.
     *
     * @param accuracyLog the table has 2 to the power of this many cells
     * @param cells of each state, from the low bits up: the least number its code stands for (32
     *     bits), the state that follows when the bits read are zeros (16), how many bits those are
     *     (8), and how many more bits belong to the number (8)
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Table(int accuracyLog, long[] cells) {}

    SequenceField(
            String what,
            int least,
            int maxAccuracyLog,
            int[] extraBits,
            FseDistribution predefined) {
        this.what = what;
        this.maxAccuracyLog = maxAccuracyLog;
        this.extraBits = extraBits;
        bases = new int[extraBits.length];
        int base = least;
        for (int code = 0; code < bases.length; code++) {
            bases[code] = base;
            base += 1 << extraBits[code];
        }
        this.predefined = table(new FseTable(predefined));
    }

    /** The table of blocks that describe none. */
    Table predefined() {
        return predefined;
    }

    /** The table for one code alone. */
    Table single(InputBuffer input, int at) throws ZstdFormatException {
        int code = input.bytes()[at] & 0xFF;
        if (code >= bases.length) {
            throw input.failure(at, what + ": there is no code " + code);
        }
        return new Table(0, new long[] {cell(code, 0, 0)});
    }

    /** Reads the description of a table, as {@link FseDistribution#read} does. */
    FseDistribution.Described describe(InputBuffer input, int from, int to)
            throws ZstdFormatException {
        return FseDistribution.read(input, from, to, bases.length, maxAccuracyLog, what);
    }

    Table table(FseTable table) {
        long[] cells = new long[1 << table.accuracyLog()];
        for (int state = 0; state < cells.length; state++) {
            cells[state] = cell(table.symbol(state), table.base(state), table.bits(state));
        }
        return new Table(table.accuracyLog(), cells);
    }

    private long cell(int code, int nextBase, int nextBits) {
        return (bases[code] & 0xFFFF_FFFFL)
                | (long) nextBase << 32
                | (long) nextBits << 48
                | (long) extraBits[code] << 56;
    }

    /** What it is, for messages. */
    String what() {
        return what;
    }

    private static FseDistribution predefined(int accuracyLog, int... cells) {
        return new FseDistribution(accuracyLog, cells);
    }

    /** None for the first of so many codes, and these for the last. */
    private static int[] extraBits(int codes, int... last) {
        int[] bits = new int[codes];
        System.arraycopy(last, 0, bits, codes - last.length, last.length);
        return bits;
    }

    private static int[] offsetBits() {
        int[] bits = new int[32];
        for (int code = 0; code < bits.length; code++) {
            bits[code] = code;
        }
        return bits;
    }
}
