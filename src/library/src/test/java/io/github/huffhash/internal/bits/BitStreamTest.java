package io.github.huffhash.internal.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitStreamTest {
    private final Random random = Seeds.random();
    private final int[] values = new int[500];
    private final int[] widths = new int[values.length];
    private final byte[] bytes = new byte[4 * values.length + 8];

    private int write(boolean marked) {
        var writer = new BitWriter(bytes, 3);
        for (int i = 0; i < values.length; i++) {
            widths[i] = random.nextInt(32);
            values[i] = random.nextInt() & ((1 << widths[i]) - 1);
            writer.write(values[i], widths[i]);
        }
        return marked ? writer.endMarked() : writer.end();
    }

    @Test
    void readsBackwardWhatWasWritten() {
        int end = write(true);
        var reader = new BackwardBitReader(bytes, 3, BackwardBitReader.bits(bytes, 3, end));
        for (int i = values.length - 1; i >= 0; i--) {
            assertThat(reader.read(widths[i])).isEqualTo(values[i]);
        }
        assertThat(reader.bitsLeft()).isZero();
        assertThat(reader.read(5)).isZero();
    }

    @Test
    void readsForwardWhatWasWritten() {
        int end = write(false);
        var reader = new ForwardBitReader(bytes, 3, end);
        for (int i = 0; i < values.length; i++) {
            assertThat(reader.peek(widths[i])).isEqualTo(values[i]);
            reader.skip(widths[i]);
        }
        assertThat(reader.end()).isEqualTo(end);
    }

    @Test
    void bitsBehindTheEndReadAsZeros() {
        byte[] ones = {-1, -1, -1, -1};
        var reader = new ForwardBitReader(ones, 1, 3);
        assertThat(reader.peek(31)).isEqualTo(0xFFFF);
        reader.skip(9);
        assertThat(reader.peek(8)).isEqualTo(0x7F);
        reader.skip(30);
        assertThat(reader.peek(31)).isZero();
    }

    @Test
    void onlyTheLowBitsOfANumberAreWritten() {
        for (int width = 0; width <= 32; width++) {
            byte[] target = new byte[16];
            var writer = new BitWriter(target, 0);
            writer.write(-1, width);
            writer.write(0, 3);
            writer.write(0xF0F0_F0F5, 3);
            writer.write(0, 8);
            assertThat(writer.end()).isEqualTo((width + 14 + 7) / 8);
            var expected = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
            expected = expected.add(BigInteger.valueOf(5).shiftLeft(width + 3));
            assertThat(LittleEndian.get64(target, 0)).isEqualTo(expected.longValueExact());
        }
    }

    @Test
    void aStreamWithoutAnEndMarkIsRecognized() {
        assertThat(BackwardBitReader.bits(new byte[] {7, 0}, 0, 2)).isNegative();
        assertThat(BackwardBitReader.bits(new byte[] {7, 1}, 0, 2)).isEqualTo(8);
        assertThat(BackwardBitReader.bits(new byte[] {7, -1}, 0, 2)).isEqualTo(15);
    }

    @Test
    void numbersOfAllSizesAreReadAsWritten() {
        byte[] at = new byte[9];
        LittleEndian.put64(at, 1, 0xF1E2_D3C4_B5A6_9788L);
        assertThat(LittleEndian.get64(at, 1)).isEqualTo(0xF1E2_D3C4_B5A6_9788L);
        assertThat(LittleEndian.get32(at, 1)).isEqualTo(0xB5A6_9788L);
        assertThat(LittleEndian.get24(at, 1)).isEqualTo(0xA6_9788);
        assertThat(LittleEndian.get16(at, 1)).isEqualTo(0x9788);
        LittleEndian.put24(at, 1, 0x12_3456);
        assertThat(LittleEndian.get32(at, 1)).isEqualTo(0xB512_3456L);
        LittleEndian.put32(at, 1, 0x89AB_CDEFL);
        assertThat(LittleEndian.get32(at, 1)).isEqualTo(0x89AB_CDEFL);
    }
}
