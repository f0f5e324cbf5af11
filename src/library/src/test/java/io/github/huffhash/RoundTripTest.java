package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of all sorts are read back by every decoder there is. */
class RoundTripTest {
    private final Random random = Seeds.random();

    @BeforeAll
    static void forgetKinds() {
        RoundTrips.forgetKinds();
    }

    /** Raw, RLE, Huffman-coded in 1 and 4 streams with either kind of weights, treeless. */
    @AfterAll
    static void everyKindOfBlockWasWritten() {
        RoundTrips.assertEveryKindWasWritten();
    }

    private byte[] anyContent(int length) {
        return Samples.skewed(random, length, 1 + random.nextInt(256), 1 + random.nextDouble() / 2);
    }

    private static Stream<String> fixtures() {
        return Testdata.names("", ".bin").stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void goldenFiles(String name) throws HuffhashFormatException {
        RoundTrips.checkAllOptions(Testdata.bytes(name));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                2,
                5,
                6,
                7,
                31,
                32,
                63,
                64,
                255,
                256,
                257,
                1022,
                1023,
                1024,
                1025,
                4095,
                4096,
                4097,
                16_383,
                16_384,
                16_385,
                65_791,
                65_792,
                131_071,
                131_072,
                131_073,
                (1 << 20) - 1,
                1 << 20,
                (1 << 20) + 1
            })
    void sizesAroundAllBoundaries(int length) throws HuffhashFormatException {
        for (double skew : new double[] {1, 1.05, 1.5}) {
            RoundTrips.checkAllOptions(Samples.skewed(random, length, 200, skew));
        }
    }

    @Test
    void everySizeUpToAFewHundred() throws HuffhashFormatException {
        for (int length = 0; length <= 600; length++) {
            byte[] content = Samples.skewed(random, length, 2 + random.nextInt(6), 2);
            RoundTrips.check(content, CompressOptions.DEFAULT);
            RoundTrips.check(anyContent(length), CompressOptions.DEFAULT.withoutChecksum());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 16, 126, 127, 128, 129, 130, 254, 255, 256})
    void alphabetsOfAllSizes(int alphabet) throws HuffhashFormatException {
        for (int length : new int[] {300, 5000, 150_000}) {
            for (double skew : new double[] {1, 1.03, 1.2, 2}) {
                RoundTrips.check(
                        Samples.skewed(random, length, alphabet, skew), CompressOptions.DEFAULT);
            }
        }
    }

    @Test
    void everySymbolMayBeTheLastOfItsTree() throws HuffhashFormatException {
        for (int symbol = 0; symbol < 256; symbol++) {
            byte[] content = new byte[300];
            content[random.nextInt(300)] = (byte) symbol;
            RoundTrips.check(content, CompressOptions.DEFAULT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 11, 12, 13, 16, 20, 23, 27})
    void fibonacciCounts(int symbols) throws HuffhashFormatException {
        RoundTrips.check(Samples.fibonacci(symbols), CompressOptions.DEFAULT);
    }

    @Test
    void randomSizesAndAlphabets() throws HuffhashFormatException {
        for (int round = 0; round < 300; round++) {
            byte[] content = anyContent((int) Math.pow(2, random.nextDouble() * 18));
            RoundTrips.check(content, CompressOptions.DEFAULT);
        }
    }

    private static Stream<Integer> unitSizes() {
        List<Integer> sizes = new ArrayList<>();
        for (int bytes = 1 << 10; bytes <= 1 << 17; bytes *= 2) {
            sizes.addAll(List.of(bytes, Math.max(1 << 10, bytes - 1)));
        }
        sizes.addAll(List.of(1025, 3000, 5003, 12_289, 65_537, 100_000, 131_071));
        return sizes.stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("unitSizes")
    void unitsOfAllSizes(int bytes) throws HuffhashFormatException {
        unitsOfSize(bytes);
    }

    @Test
    void unitsOfRandomSizes() throws HuffhashFormatException {
        for (int round = 0; round < 20; round++) {
            unitsOfSize(1024 + random.nextInt((1 << 17) - 1023));
        }
    }

    private void unitsOfSize(int bytes) throws HuffhashFormatException {
        var options = CompressOptions.DEFAULT.withUnitBytes(bytes);
        for (int length : new int[] {bytes - 1, bytes, bytes + 1, 3 * bytes, 200_000}) {
            byte[] content = anyContent(length);
            RoundTrips.check(content, random.nextBoolean() ? options : options.withoutChecksum());
        }
        RoundTrips.check(anyContent(200_000), options.seekable(65_536 + random.nextInt(100_000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {64 << 10, 65_537, 100_000, 128 << 10, 1 << 20, 8 << 20})
    void framesOfAllSizes(int bytes) throws HuffhashFormatException {
        var options = CompressOptions.DEFAULT.seekable(bytes);
        for (int length : new int[] {0, 1, bytes - 1, bytes, bytes + 1, 2 * bytes + 77}) {
            if (length < 3 << 20) {
                RoundTrips.check(anyContent(length), options);
                RoundTrips.check(anyContent(length), options.withoutChecksum());
            }
        }
        RoundTrips.check(anyContent(300_000), options.withUnitBytes(5000));
    }

    @Test
    void everyKindOfPartIsWrittenAndReadBack() throws HuffhashFormatException {
        Set<String> parts = new HashSet<>();
        for (CompressOptions options : RoundTrips.ALL_OPTIONS) {
            for (byte[] file : SmallFiles.of(random, options)) {
                byte[] content = Huffhash.decompress(file, 1 << 20);
                parts.addAll(Anatomy.of(RoundTrips.check(content, options)));
            }
        }
        assertThat(parts).containsExactlyInAnyOrderElementsOf(RoundTrips.WRITTEN);
    }

    @Test
    void aTreeIsUsedAgainBehindBlocksWithoutOne() throws HuffhashFormatException {
        byte[] content = CompressedBytes.textAroundZeros(random, 40_960);
        byte[] file = RoundTrips.check(content, CompressOptions.DEFAULT);
        assertThat(Anatomy.of(file)).containsSubsequence("RLE", "treeless, 4 streams");
        byte[] fewBytes = CompressedBytes.textAroundZeros(random, 100);
        file = RoundTrips.check(fewBytes, CompressOptions.DEFAULT);
        assertThat(Anatomy.of(file)).containsSubsequence("RLE", "treeless, 1 stream");
    }

    @Test
    void statisticsThatChangeOften() throws HuffhashFormatException {
        byte[] content = new byte[1 << 20];
        int at = 0;
        while (at < content.length) {
            int length = Math.min(content.length - at, 1 + random.nextInt(30_000));
            System.arraycopy(anyContent(length), 0, content, at, length);
            at += length;
        }
        RoundTrips.checkAllOptions(content);
        RoundTrips.check(content, CompressOptions.DEFAULT.withUnitBytes(3000));
    }

    @Test
    void theZstdCommandReadsWhatIsWritten(@TempDir Path folder)
            throws IOException, InterruptedException {
        var command = ZstdCommand.find();
        assumeThat(command).as("zstd is installed").isPresent();
        List<byte[]> contents = new ArrayList<>();
        fixtures().forEach(name -> contents.add(Testdata.bytes(name)));
        for (int round = 0; round < 40; round++) {
            contents.add(anyContent((int) Math.pow(2, random.nextDouble() * 20)));
        }
        List<String> arguments = new ArrayList<>(List.of("-d", "-q"));
        for (int i = 0; i < contents.size(); i++) {
            var options = RoundTrips.ALL_OPTIONS.get(i % RoundTrips.ALL_OPTIONS.size());
            Files.write(folder.resolve(i + ".zst"), Huffhash.compress(contents.get(i), options));
            arguments.add(i + ".zst");
        }
        command.get().run(folder, arguments.toArray(String[]::new));
        for (int i = 0; i < contents.size(); i++) {
            assertThat(Files.readAllBytes(folder.resolve(Integer.toString(i))))
                    .isEqualTo(contents.get(i));
        }
    }
}
