package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import io.github.huffhash.internal.huffman.CodeLengths;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    private final Random random = Seeds.random();
    private final Weights weights = new Weights();
    private final byte[] description = new byte[Weights.MAX_BYTES + 1];

    private byte[] lengths(byte[] sample) {
        byte[] lengths = new byte[256];
        new CodeLengths().build(Samples.counts(sample), lengths);
        return lengths;
    }

    private byte[] read(int size) throws ZstdFormatException {
        byte[] lengths = new byte[256];
        var chunk = new InputBuffer(description, description.length, 0);
        assertThat(new Weights().read(chunk, 0, size, lengths)).isEqualTo(size);
        return lengths;
    }

    @Test
    void describedCodesAreReadBack() throws ZstdFormatException {
        int direct = 0;
        int fse = 0;
        for (int alphabet = 2; alphabet <= 256; alphabet++) {
            for (double skew : new double[] {1, 1.02, 1.1, 1.3, 2}) {
                byte[] lengths = lengths(Samples.skewed(random, 3000, alphabet, skew));
                int size = weights.write(lengths, description, 0);
                if (size > 0) {
                    assertThat(read(size)).isEqualTo(lengths);
                    if (description[0] < 0) {
                        direct++;
                    } else {
                        fse++;
                    }
                }
            }
        }
        assertThat(direct).isPositive();
        assertThat(fse).isPositive();
    }

    /** The probabilities of the weights between them are a run of zeros. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8})
    void weightsFarApartAreReadBackByLibzstdToo(int longest) throws ZstdFormatException {
        int others = 1 << (longest - 1);
        byte[] lengths = new byte[256];
        Arrays.fill(lengths, 0, others + 1, (byte) longest);
        lengths[0] = 1;
        int size = weights.write(lengths, description, 0);
        assertThat(description[0]).isBetween((byte) 1, (byte) 127); // an FSE table
        assertThat(read(size)).isEqualTo(lengths);
        byte[] content = new byte[100 * 2 * others]; // half of it is zeros
        for (int i = 0; i < content.length; i += 2) {
            content[i] = (byte) (1 + i / 2 % others);
        }
        assertThat(Zstd.decompress(Huffhash.compress(content), content.length)).isEqualTo(content);
    }

    /** RFC 8878, section 4.1.1: they are read, but not written by this library. */
    @Test
    void probabilitiesBelowOneHaveTheLastCells() throws ZstdFormatException {
        var written = new FseDistribution(5, new int[] {15, -1, 15, -1});
        var read =
                FseDistribution.read(
                        input(written.write(description, 0)),
                        0,
                        10,
                        12,
                        Limits.MAX_ACCURACY_LOG,
                        "weights");
        assertThat(read.distribution().cells()).isEqualTo(written.cells());
        var table = new FseTable(read.distribution());
        assertThat(new int[] {table.symbol(31), table.symbol(30)}).containsExactly(1, 3);
        assertThat(new int[] {table.bits(31), table.bits(30)}).containsExactly(5, 5);
        for (int cell = 0; cell < 30; cell++) {
            assertThat(table.symbol(cell)).isIn(0, 2);
        }
    }

    private InputBuffer input(int length) {
        return new InputBuffer(description, length, 0);
    }

    @Test
    void anyCodeOverManySymbolsFitsUnlessAllStatedWeightsAreEqual() throws ZstdFormatException {
        for (int round = 0; round < 300; round++) {
            int[] counts = new int[256];
            for (int symbol = 0; symbol < 256; symbol++) {
                counts[symbol] = 1 + (int) Math.pow(2, random.nextDouble() * 14);
            }
            byte[] lengths = new byte[256];
            new CodeLengths().build(counts, lengths);
            int size = weights.write(lengths, description, 0);
            assertThat(size).isBetween(2, Weights.MAX_BYTES);
            assertThat(read(size)).isEqualTo(lengths);
        }
        assertThat(weights.write(lengths(Samples.skewed(random, 256, 256, 1)), description, 0))
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no room for a tree description,               ",
        "the tree description is larger than its section, 83 11",
        "all of them are zero,                          81 00",
        "one of them is 15,                             80 F0",
        "a code would have 12 bits,                     82 BB B0",
        "they do not complete a code,                   81 13",
        "fewer than two symbols of weight 1,            80 20",
        "FSE accuracy of 7 bits,                        02 02 01",
        "FSE table description ends early,              02 C0 01",
        "FSE table for weights that do not exist,       08 00 00 00 00 00 00 00 00",
        "FSE stream of zero bytes,                      02 F0 03",
        "FSE stream whose last byte is zero,            03 F0 03 00",
        "FSE stream without its two states,             03 F0 03 FF",
        "more than 255 of them,                         05 F0 03 00 00 01",
    })
    void faultyDescriptionsAreNamed(String message, String hex) {
        byte[] bytes = Frames.hex(hex == null ? "" : hex);
        var chunk = new InputBuffer(bytes, bytes.length, 1000);
        String reason = message.replace("fewer than two symbols of", "fewer than two symbols have");
        assertThatThrownBy(() -> weights.read(chunk, 0, bytes.length, new byte[256]))
                .isInstanceOf(ZstdFormatException.class)
                .hasMessageContaining(reason)
                .hasMessageStartingWith("offset 1");
    }
}
