package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;
import java.util.Arrays;

/**
 * A decoding table for few symbols: a cell for each sequence of as many bits as the longest code
 * has, which is soon filled, where {@link DecodingTable} always has 2¹¹ of them.
 *
 * <p>An instance belongs to one thread.
 */
final class NarrowTable {
    private static final int SYMBOL_BITS = 8;

    /** In each cell, the symbol, and above it the bits of its code. */
    private final int[] cells = new int[CanonicalCode.CELLS];

    /** By code length, how many codes there are; then the next cell of such a code. */
    private final int[] next = new int[CanonicalCode.CELL_BITS + 1];

    private int cellBits;

    /**
     * Makes the table.
     *
     * @param lengths the code length of each of the 256 symbols, as for {@link DecodingTable#set}
     */
    void set(byte[] lengths) {
        int symbols = lengths.length;
        while (lengths[symbols - 1] == 0) {
            symbols--;
        }
        Arrays.fill(next, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            next[lengths[symbol]]++;
        }
        cellBits = CanonicalCode.CELL_BITS;
        while (next[cellBits] == 0) {
            cellBits--;
        }
        int cell = 0;
        for (int length = cellBits; length > 0; length--) { // longer codes come first
            int count = next[length];
            next[length] = cell;
            cell += count << (cellBits - length);
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                int from = next[length];
                int to = from + (1 << (cellBits - length));
                for (int i = from; i < to; i++) {
                    cells[i] = length << SYMBOL_BITS | symbol;
                }
                next[length] = to;
            }
        }
    }

    /** Decodes a stream as {@link StreamDecoder#decode} does. */
    long decode(byte[] source, int start, int bits, byte[] target, int from, int to) {
        int shift = Long.SIZE - cellBits;
        int left = bits;
        int at = from;
        int last = to - StreamDecoder.CELLS_PER_LOAD;
        for (; left >= Long.SIZE && at <= last; at += StreamDecoder.CELLS_PER_LOAD) {
            long word = StreamDecoder.load(source, start, left - Long.SIZE);
            for (int i = 0; i < StreamDecoder.CELLS_PER_LOAD; i++) {
                int cell = cells[(int) (word >>> shift)];
                target[at + i] = (byte) cell;
                word <<= cell >>> SYMBOL_BITS;
                left -= cell >>> SYMBOL_BITS;
            }
        }
        var reader = new BackwardBitReader(source, start, left);
        for (; at < to && reader.bitsLeft() >= 0; at++) {
            int cell = cells[reader.peek(cellBits)];
            target[at] = (byte) cell;
            reader.skip(cell >>> SYMBOL_BITS);
        }
        return reader.bitsLeft();
    }
}
