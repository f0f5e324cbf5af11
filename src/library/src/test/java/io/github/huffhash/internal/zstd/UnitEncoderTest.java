package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitEncoderTest {
    private final Random random = Seeds.random();
    private final UnitEncoder encoder = new UnitEncoder();

    private byte[] encode(byte[] unit) {
        byte[] target = new byte[UnitEncoder.maxBytes(unit.length)];
        int end = encoder.encode(unit, 0, unit.length, target, 0);
        BlockHeader.markLast(target, BlockHeader.lastOf(target, 0, end));
        return Arrays.copyOf(target, end);
    }

    /** Decodes a unit and says what kinds of blocks it has. */
    private static List<String> kinds(byte[] blocks, byte[] expected) throws ZstdFormatException {
        List<String> kinds = new ArrayList<>();
        var input = new InputBuffer(blocks, blocks.length, 0);
        var decoder = new BlockDecoder();
        byte[] content = new byte[expected.length];
        int at = 0;
        int length = 0;
        boolean last = false;
        while (!last) {
            var block = BlockInfo.read(input, at, Limits.MAX_BLOCK_BYTES);
            decoder.decode(input, at, block, content, length);
            kinds.add(
                    block.literals().map(LiteralsHeader::type).stream()
                                    .anyMatch(LiteralsHeader.Type.TREELESS::equals)
                            ? "TREELESS"
                            : block.header().type().name());
            length += block.contentBytes();
            at += block.bytes();
            last = block.header().last();
        }
        assertThat(at).isEqualTo(blocks.length);
        assertThat(length).isEqualTo(expected.length);
        assertThat(content).isEqualTo(expected);
        return kinds;
    }

    private byte[] text(int length) {
        return Samples.skewed(random, length, 60, 1.1);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void eachPartOfAUnitBecomesABlockOfTheBestKind() throws ZstdFormatException {
        byte[] unit = Frames.concat(text(40_960), new byte[8192], noise(32_768), text(20_480));
        assertThat(kinds(encode(unit), unit))
                .containsExactly("COMPRESSED", "RLE", "RAW", "TREELESS");
    }

    @Test
    void uniformUnitsAreOneBlock() throws ZstdFormatException {
        byte[] text = text(131_072);
        byte[] noise = noise(131_072);
        byte[] zeros = new byte[131_072];
        assertThat(kinds(encode(text), text)).containsExactly("COMPRESSED");
        assertThat(kinds(encode(noise), noise)).containsExactly("RAW");
        assertThat(kinds(encode(zeros), zeros)).containsExactly("RLE");
        assertThat(kinds(encode(new byte[0]), new byte[0])).containsExactly("RAW");
    }

    @Test
    void aUnitIsCutWhereItsStatisticsChange() throws ZstdFormatException {
        byte[] numbers = Samples.skewed(random, 65_536, 12, 1);
        byte[] unit = Frames.concat(text(65_536), numbers);
        assertThat(kinds(encode(unit), unit)).containsExactly("COMPRESSED", "COMPRESSED");
    }

    /** Joined, each of the zeros would take a bit: 512 bytes more. */
    @Test
    void zerosAreApartFromFewOtherBytesBehindThem() throws ZstdFormatException {
        for (int others : new int[] {40, 100, 200}) {
            byte[] unit = new byte[8192];
            for (int i = 0; i < others; i++) {
                unit[4096 + i * (4096 / others)] = 1;
            }
            assertThat(kinds(encode(unit), unit)).containsExactly("RLE", "COMPRESSED");
        }
    }

    @Test
    void aCodeThatCannotBeDescribedLeavesTheBlockRaw() throws ZstdFormatException {
        byte[] unit = new byte[4 * 192 + 256]; // weight 1 for all 192 symbols but the last
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (byte) Math.min(i / 4, 192);
        }
        assertThat(kinds(encode(unit), unit)).containsExactly("RAW");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 255, 4095, 4096, 4097, 131_072})
    void blocksDependOnTheUnitAloneAndStayWithinTheirBounds(int length) throws ZstdFormatException {
        for (int round = 0; round < 20; round++) {
            byte[] unit =
                    Samples.skewed(
                            random, length, 1 + random.nextInt(256), 1 + random.nextDouble() / 4);
            byte[] blocks = encode(unit);
            assertThat(blocks.length).isLessThanOrEqualTo(UnitEncoder.maxBytes(length));
            kinds(blocks, unit);
            encode(text(10_000));
            byte[] elsewhere = new byte[7 + UnitEncoder.maxBytes(length)];
            byte[] shifted = Frames.concat(noise(3), unit, noise(3));
            int end = encoder.encode(shifted, 3, length, elsewhere, 7);
            BlockHeader.markLast(elsewhere, BlockHeader.lastOf(elsewhere, 7, end - 7));
            assertThat(Arrays.copyOfRange(elsewhere, 7, end)).isEqualTo(blocks);
        }
    }
}
