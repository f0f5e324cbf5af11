package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.LittleEndian;

/** Decodes one stream, or what {@link FourStreamDecoder} has left of it. */
final class StreamDecoder {
    /** Cells that are looked up for each 8-byte load; see {@link FourStreamDecoder}. */
    static final int CELLS_PER_LOAD = 5;

    /** By how much a load is shifted down to give the number of a cell. */
    static final int CELL_SHIFT = Long.SIZE - CanonicalCode.CELL_BITS;

    private StreamDecoder() {}

    /** Bytes that the cells of one load may write: for each, 4 from its first symbol on. */
    static int room(DecodingTable table) {
        return (CELLS_PER_LOAD - 1) * table.maxSymbols() + Integer.BYTES;
    }

    /**
     * Decodes symbols up to {@code target[to - 1]}.
     *
     * @param start index of the stream's first byte
     * @param bits how many bits of the stream are left
     * @return how many bits are left then; negative if there were too few
     */
    static long decode(
            DecodingTable table,
            byte[] source,
            int start,
            int bits,
            byte[] target,
            int from,
            int to) {
        byte[] lengths = table.lengths();
        int at = from;
        for (int last = to - room(table); bits >= Long.SIZE && at <= last; ) {
            long word = load(source, start, bits - Long.SIZE);
            for (int i = 0; i < CELLS_PER_LOAD; i++) {
                int cell = (int) (word >>> CELL_SHIFT);
                int step = table.step(cell);
                LittleEndian.put32(target, at, table.symbols(cell));
                word <<= step;
                bits -= step & DecodingTable.STEP_BITS_MASK;
                at += step >> DecodingTable.STEP_SYMBOLS_SHIFT;
            }
        }
        // only the first symbol of each cell from here on
        for (; bits >= Long.SIZE && at <= to - CELLS_PER_LOAD; at += CELLS_PER_LOAD) {
            long word = load(source, start, bits - Long.SIZE);
            for (int i = 0; i < CELLS_PER_LOAD; i++) {
                byte symbol = (byte) table.symbols((int) (word >>> CELL_SHIFT));
                target[at + i] = symbol;
                int length = lengths[symbol & 0xFF];
                word <<= length;
                bits -= length;
            }
        }
        var reader = new BackwardBitReader(source, start, bits);
        for (; at < to && reader.bitsLeft() >= 0; at++) {
            byte symbol = (byte) table.symbols(reader.peek(CanonicalCode.CELL_BITS));
            target[at] = symbol;
            reader.skip(lengths[symbol & 0xFF]);
        }
        return reader.bitsLeft();
    }

    /** The next bits of a stream that has this many more than 64 left, at the top. */
    static long load(byte[] source, int start, int beyond) {
        return LittleEndian.get64(source, start + ((beyond + 7) >>> 3)) << (-beyond & 7);
    }
}
