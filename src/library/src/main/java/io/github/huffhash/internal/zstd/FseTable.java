package io.github.huffhash.internal.zstd;

/**
 * A table of finite-state entropy coding (RFC 8878, section 4.1.1; Jarek Duda, "Asymmetric numeral
 * systems", 2013). A state is the number of a cell.
 *
 * <p>Decoding, a cell gives a symbol, and the next state is its base plus some bits read. Encoding
 * goes the other way: of the cells of a symbol, just one leads to the state one has.
 */
final class FseTable {
    private final int accuracyLog;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;

    /** The cells of each symbol in ascending order, one symbol behind the other. */
    private final short[] cellsBySymbol;

    /** Where in {@link #cellsBySymbol} each symbol begins, and behind the last one the end. */
    private final int[] starts;

    FseTable(FseDistribution distribution) {
        accuracyLog = distribution.accuracyLog();
        int size = 1 << accuracyLog;
        symbols = spread(distribution, size);
        bits = new byte[size];
        bases = new short[size];
        cellsBySymbol = new short[size];
        int[] cells = distribution.cells();
        starts = new int[cells.length + 1];
        for (int symbol = 0; symbol < cells.length; symbol++) {
            starts[symbol + 1] = starts[symbol] + Math.abs(cells[symbol]);
        }
        int[] seen = new int[cells.length];
        for (int cell = 0; cell < size; cell++) {
            int symbol = symbols[cell];
            cellsBySymbol[starts[symbol] + seen[symbol]] = (short) cell;
            int rank = number(symbol) + seen[symbol]++;
            int width = accuracyLog - floorLog2(rank);
            bits[cell] = (byte) width;
            bases[cell] = (short) ((rank << width) - size);
        }
    }

    private static byte[] spread(FseDistribution distribution, int size) {
        byte[] symbols = new byte[size];
        int[] cells = distribution.cells();
        int high = size;
        for (int symbol = 0; symbol < cells.length; symbol++) {
            if (cells[symbol] == FseDistribution.LESS_THAN_ONE) {
                symbols[--high] = (byte) symbol;
            }
        }
        int step = (size >>> 1) + (size >>> 3) + 3;
        int cell = 0;
        for (int symbol = 0; symbol < cells.length; symbol++) {
            for (int k = 0; k < cells[symbol]; k++) {
                symbols[cell] = (byte) symbol;
                do {
                    cell = (cell + step) & (size - 1);
                } while (cell >= high);
            }
        }
        return symbols;
    }

    private int number(int symbol) {
        return starts[symbol + 1] - starts[symbol];
    }

    int accuracyLog() {
        return accuracyLog;
    }

    int symbol(int state) {
        return symbols[state];
    }

    /** How many bits lead on from a state. */
    int bits(int state) {
        return bits[state];
    }

    /** The state that follows when the bits are zeros. */
    int base(int state) {
        return bases[state];
    }

    /** A state of this symbol from which at least one bit leads on, unless it has all cells. */
    int lastState(int symbol) {
        return cellsBySymbol[starts[symbol]];
    }

    /** The state of {@code symbol} from which some bits lead to {@code next}. */
    int stateBefore(int next, int symbol) {
        int number = number(symbol);
        int rank = next + symbols.length;
        while (rank >= 2 * number) {
            rank >>>= 1;
        }
        return cellsBySymbol[starts[symbol] + rank - number];
    }

    private static int floorLog2(int x) {
        return 31 - Integer.numberOfLeadingZeros(x);
    }
}
