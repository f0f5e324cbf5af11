package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodingTableTest {
    private final Random random = Seeds.random();
    private final byte[] lengths = new byte[256];
    private final DecodingTable table = new DecodingTable();

    /** Sets the code of some bytes and says what its codes are. */
    private int[] setCode(byte[] bytes) {
        new CodeLengths().build(Samples.counts(bytes), lengths);
        table.set(lengths, false);
        return PlainHuffman.codes(lengths);
    }

    /** Decodes the 11 bits of each cell, code by code. */
    private void expectCells(int[] codes, int maxSymbols) {
        for (int cell = 0; cell < CanonicalCode.CELLS; cell++) {
            int symbols = 0;
            int count = 0;
            int bits = 0;
            for (int symbol = next(codes, cell, 0);
                    symbol >= 0 && count < maxSymbols;
                    symbol = next(codes, cell, bits)) {
                symbols |= symbol << (8 * count);
                bits += lengths[symbol];
                count++;
            }
            if (maxSymbols == 1) {
                assertThat((int) table.singles()[cell])
                        .as("cell %d", cell)
                        .isEqualTo(symbols << 8 | step(1, bits));
            } else {
                assertThat(table.multiples()[cell]).as("cell %d", cell).isEqualTo(symbols);
                assertThat(table.multiples()[cell + DecodingTable.STEPS])
                        .as("step of cell %d", cell)
                        .isEqualTo(step(count, bits));
            }
        }
    }

    private static int step(int count, int bits) {
        return count << DecodingTable.COUNT_SHIFT | bits;
    }

    /** The symbol whose code follows the first bits of a cell; -1 if there is none as a whole. */
    private int next(int[] codes, int cell, int bits) {
        for (int symbol = 0; symbol < 256; symbol++) {
            int length = lengths[symbol];
            int left = CanonicalCode.CELL_BITS - bits - length;
            if (length > 0 && left >= 0 && (cell >>> left & ((1 << length) - 1)) == codes[symbol]) {
                return symbol;
            }
        }
        return -1;
    }

    private void expectBothTables(byte[] bytes) {
        int[] codes = setCode(bytes);
        expectCells(codes, 1);
        table.buildMultiSymbol();
        expectCells(codes, 4);
    }

    @Test
    void eachCellHasTheSymbolsThatItsBitsHold() {
        for (int i = 0; i < 12; i++) {
            int alphabet = 2 + random.nextInt(255);
            expectBothTables(Samples.skewed(random, 5000, alphabet, 1 + random.nextDouble()));
        }
    }

    @Test
    void codesOfOneBitGiveNoMoreThanFourSymbolsToACell() {
        expectBothTables(new byte[] {1, 2});
        expectBothTables(Samples.fibonacci(12));
    }

    @Test
    void codesOfAlmostElevenBitsGiveOne() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        expectBothTables(bytes);
    }

    @Test
    void aNarrowTableHasCellsOfTheLongestCodesBits() {
        int[] codes = setCode(Samples.skewed(random, 300, 9, 1.1));
        table.set(lengths, true);
        int longest = 0;
        for (byte length : lengths) {
            longest = Math.max(longest, length);
        }
        assertThat(table.cellBits()).isEqualTo(longest).isLessThan(CanonicalCode.CELL_BITS);
        for (int cell = 0; cell < 1 << longest; cell++) {
            int symbol = next(codes, cell << (CanonicalCode.CELL_BITS - longest), 0);
            assertThat((int) table.singles()[cell])
                    .as("cell %d", cell)
                    .isEqualTo(symbol << 8 | step(1, lengths[symbol]));
        }
    }

    @Test
    void aNewCodeReplacesCellsOfSeveralSymbols() {
        setCode(new byte[] {1, 2});
        table.buildMultiSymbol();
        int[] codes = setCode(Samples.skewed(random, 5000, 200, 1.2));
        assertThat(table.isMultiSymbol()).isFalse();
        expectCells(codes, 1);
    }
}
