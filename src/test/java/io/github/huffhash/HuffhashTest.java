package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.github.huffhash.zstd.Chunk;
import io.github.huffhash.zstd.SeekTable;
import io.github.huffhash.zstd.ZstdFormatException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffhashTest {
    private final Random random = Seeds.random();

    /** Our decoder and two others must give the content back. */
    private static void assertRoundTrip(byte[] content, CompressOptions options)
            throws ZstdFormatException {
        byte[] file = Huffhash.compress(content, options);
        assertThat(Huffhash.decompress(file, content.length)).isEqualTo(content);
        assertThat(Zstd.decompress(file, content.length)).isEqualTo(content);
        if (options.frameBytes().isEmpty()) { // aircompressor refuses skippable frames
            byte[] out = new byte[content.length];
            int length =
                    new ZstdDecompressor().decompress(file, 0, file.length, out, 0, out.length);
            assertThat(length).isEqualTo(content.length);
            assertThat(out).isEqualTo(content);
        }
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
    void sizesAroundAllBoundaries(int length) throws ZstdFormatException {
        for (double skew : new double[] {1, 1.05, 1.5}) {
            byte[] content = Samples.skewed(random, length, 200, skew);
            assertRoundTrip(content, CompressOptions.DEFAULT);
            assertRoundTrip(content, CompressOptions.DEFAULT.withoutChecksum());
            assertRoundTrip(content, CompressOptions.DEFAULT.seekable(64 << 10));
            assertRoundTrip(content, CompressOptions.DEFAULT.withUnitBytes(1024));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 16, 126, 127, 128, 129, 130, 254, 255, 256})
    void alphabetsOfAllSizes(int alphabet) throws ZstdFormatException {
        for (int length : new int[] {300, 5000, 150_000}) {
            for (double skew : new double[] {1, 1.03, 1.2, 2}) {
                assertRoundTrip(
                        Samples.skewed(random, length, alphabet, skew), CompressOptions.DEFAULT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 11, 12, 13, 16, 20, 23, 27})
    void fibonacciCounts(int symbols) throws ZstdFormatException {
        assertRoundTrip(Samples.fibonacci(symbols), CompressOptions.DEFAULT);
    }

    @Test
    void randomSizesAndAlphabets() throws ZstdFormatException {
        for (int round = 0; round < 300; round++) {
            int length = (int) Math.pow(2, random.nextDouble() * 18);
            byte[] content =
                    Samples.skewed(
                            random, length, 1 + random.nextInt(256), 1 + random.nextDouble() / 2);
            assertRoundTrip(content, CompressOptions.DEFAULT);
        }
    }

    @Test
    void aTreeIsUsedAgainBehindBlocksWithoutOne() throws ZstdFormatException {
        byte[] text = Samples.skewed(random, 40_960, 60, 1.1);
        byte[] content = new byte[131_072]; // zeros between
        System.arraycopy(text, 0, content, 0, text.length);
        System.arraycopy(text, 0, content, 65_536, text.length);
        assertRoundTrip(content, CompressOptions.DEFAULT);
    }

    @Test
    void statisticsThatChangeOften() throws ZstdFormatException {
        byte[] content = new byte[1 << 20];
        int at = 0;
        while (at < content.length) {
            int length = Math.min(content.length - at, 1 + random.nextInt(30_000));
            byte[] part =
                    Samples.skewed(
                            random, length, 1 + random.nextInt(256), 1 + random.nextDouble() / 4);
            System.arraycopy(part, 0, content, at, length);
            at += length;
        }
        assertRoundTrip(content, CompressOptions.DEFAULT);
        assertRoundTrip(content, CompressOptions.DEFAULT.withUnitBytes(3000));
        assertRoundTrip(content, CompressOptions.DEFAULT.seekable(100_000));
    }

    @Test
    void onlyTheFirstBytesOfAUnitsBlocksDifferWhenItIsTheLast() {
        byte[] content = Samples.skewed(random, 3 * 131_072, 100, 1.1);
        byte[] all = Huffhash.compress(content);
        byte[] first = Huffhash.compress(Arrays.copyOf(content, 131_072));
        int header = 10;
        assertThat(Arrays.copyOfRange(all, header + 1, first.length - 4))
                .isEqualTo(Arrays.copyOfRange(first, header + 1, first.length - 4));
    }

    @Test
    void aSeekableFileHasAFrameForEverySlice() throws ZstdFormatException {
        byte[] content = Samples.skewed(random, 200_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(65_536));
        var footer =
                SeekTable.Footer.find(file, file.length - SeekTable.FOOTER_BYTES).orElseThrow();
        var table = SeekTable.read(new Chunk(file, file.length, 0), footer);
        assertThat(table.frames()).hasSize(4);
        int at = 0;
        int from = 0;
        for (SeekTable.Frame frame : table.frames()) {
            byte[] slice = Arrays.copyOfRange(file, at, at + (int) frame.compressedBytes());
            int size = (int) frame.decompressedBytes();
            assertThat(Huffhash.decompress(slice, size))
                    .isEqualTo(Arrays.copyOfRange(content, from, from + size));
            at += slice.length;
            from += size;
        }
        assertThat(from).isEqualTo(content.length);
    }

    @Test
    void noMoreThanAllowedComesOut() {
        byte[] file = Huffhash.compress(new byte[1000]);
        assertThatThrownBy(() -> Huffhash.decompress(file, 999))
                .isInstanceOf(ZstdFormatException.class)
                .hasMessageContaining("more than the 999 bytes allowed");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        var options = CompressOptions.DEFAULT;
        for (int bytes : new int[] {0, 1023, 131_073}) {
            assertThatThrownBy(() -> options.withUnitBytes(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int bytes : new int[] {0, 65_535, (8 << 20) + 1}) {
            assertThatThrownBy(() -> options.seekable(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
