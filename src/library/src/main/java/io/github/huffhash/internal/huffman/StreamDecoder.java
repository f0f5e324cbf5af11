package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.LittleEndian;

/**
 * Decodes one stream, or what {@link MultiSymbolLoop} and {@link SingleSymbolLoop} have left of it.
 *
 * <p>A load of 8 bytes has up to 7 bits that were used before; five cells of at most 11 bits are
 * 55, and 7 + 55 = 62 &lt; 64. The lowest bit of the load takes no part, so it can be the mark
 * below the unread bits that says how many were used.
 */
final class StreamDecoder {
    /** Cells that are looked up for each load. */
    static final int CELLS_PER_LOAD = 5;

    /** By how much a load is shifted down to give the number of a cell of 11 bits. */
    static final int CELL_SHIFT = Long.SIZE - CanonicalCode.CELL_BITS;

    /** Bytes by which the place of a load moves back, at most: 62 bits are 7 whole bytes. */
    static final int BYTES_PER_LOAD = 7;

    /**
     * Whether the JVM has its first compiler alone, for which {@link Long#numberOfTrailingZeros} is
     * a method to be called: half of the decoding time.
     */
    private static final boolean C1_ONLY =
            System.getProperty("java.vm.info", "").contains("client");

    private StreamDecoder() {}

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
        int at = from;
        int left = bits;
        if (left >= Long.SIZE) {
            int place = place(start, left);
            long word = load(source, place, -left & 7);
            if (table.isMultiSymbol()) {
                int[] cells = table.multiples();
                int last = to - CELLS_PER_LOAD * DecodingTable.MAX_SYMBOLS;
                while (place - start >= BYTES_PER_LOAD && at <= last) {
                    for (int i = 0; i < CELLS_PER_LOAD; i++) {
                        int cell = (int) (word >>> CELL_SHIFT);
                        int step = cells[cell + DecodingTable.STEPS];
                        LittleEndian.put32(target, at, cells[cell]);
                        word <<= step;
                        at += step >> DecodingTable.COUNT_SHIFT;
                    }
                    int used = used(word);
                    place -= used >>> 3;
                    word = load(source, place, used & 7);
                }
            }
            char[] cells = table.singles();
            int shift = Long.SIZE - table.cellBits();
            int last = to - CELLS_PER_LOAD;
            for (; place - start >= BYTES_PER_LOAD && at <= last; at += CELLS_PER_LOAD) {
                for (int i = 0; i < CELLS_PER_LOAD; i++) {
                    int cell = cells[(int) (word >>> shift)];
                    target[at + i] = (byte) (cell >>> DecodingTable.SYMBOL_SHIFT);
                    word <<= cell;
                }
                int used = used(word);
                place -= used >>> 3;
                word = load(source, place, used & 7);
            }
            left = bitsLeft(start, place, word);
        }
        return decodeEnd(table, new BackwardBitReader(source, start, left), target, at, to);
    }

    /** The last symbols of a stream. */
    private static long decodeEnd(
            DecodingTable table, BackwardBitReader reader, byte[] target, int from, int to) {
        char[] cells = table.singles();
        int shift = Long.SIZE - table.cellBits();
        int at = from;
        while (at < to && reader.bitsLeft() >= 0) {
            long word = reader.peek();
            int bits = 0;
            for (int end = Math.min(to, at + CELLS_PER_LOAD); at < end; at++) {
                int cell = cells[(int) (word >>> shift)];
                target[at] = (byte) (cell >>> DecodingTable.SYMBOL_SHIFT);
                word <<= cell;
                bits += cell & DecodingTable.BITS_MASK;
            }
            reader.skip(bits);
        }
        return reader.bitsLeft();
    }

    /**
     * Where the 8 bytes to be loaded begin, of a stream of which so many bits are left, 64 or more.
     */
    static int place(int start, int bits) {
        return start + ((bits - Long.SIZE + 7) >>> 3);
    }

    /**
     * 8 bytes of a stream, without as many bits at the top as are used, up to 7, and with the mark
     * as the lowest bit.
     */
    static long load(byte[] source, int place, int used) {
        return (LittleEndian.get64(source, place) | 1) << used;
    }

    /** How many bits of a {@link #load} are used: those below the mark. */
    static int used(long word) {
        if (C1_ONLY) {
            return Math.getExponent((double) (word & -word));
        }
        return Long.numberOfTrailingZeros(word);
    }

    /** How many bits of the stream are left, behind what is used of the last {@link #load}. */
    static int bitsLeft(int start, int place, long word) {
        return Byte.SIZE * (place - start) + Long.SIZE - used(word);
    }
}
