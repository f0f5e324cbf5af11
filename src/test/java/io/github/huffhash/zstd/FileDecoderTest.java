package io.github.huffhash.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDecoderTest {
    /** A file far beyond what any of these tests decodes. */
    private static final int MAX_BYTES = 64 << 20;

    private final Random random = Seeds.random();

    private static byte[] decode(byte[] file) throws ZstdFormatException {
        return FileDecoder.decode(file, MAX_BYTES);
    }

    private static byte[] hex(String digits) {
        return Frames.hex(digits.replace("START", Frames.START));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 255, 256, 1023, 1024, 5000, 16_384, 100_000, 131_072, 500_000})
    void framesOfTheReferenceImplementationAreRead(int length) throws ZstdFormatException {
        int read = 0;
        for (double skew : new double[] {1, 1.01, 1.02, 1.03, 1.05}) {
            for (int alphabet : new int[] {120, 140, 200, 256}) {
                byte[] content = Samples.skewed(random, length, alphabet, skew);
                try (var context = new ZstdCompressCtx()) {
                    context.setLevel(1).setChecksum(random.nextBoolean());
                    context.setContentSize(random.nextBoolean());
                    byte[] file = context.compress(content);
                    try {
                        assertThat(decode(file)).isEqualTo(content);
                        read++;
                    } catch (ZstdFormatException e) {
                        assertThat(e).hasMessageContaining("use zstd -d");
                    }
                }
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void treelessBlocksOfTheReferenceImplementationAreRead() throws ZstdFormatException {
        byte[] content = Samples.skewed(random, 6 * 131_072, 250, 1.02);
        byte[] file = Zstd.compress(content, 1);
        var chunk = new Chunk(file, file.length, 0);
        FrameHeader frame = FrameHeader.read(chunk, 0);
        int treeless = 0;
        int at = frame.bytes();
        boolean last = false;
        while (!last) {
            var outline = BlockOutline.read(chunk, at, frame.maxBlockBytes());
            treeless += outline.treeless() ? 1 : 0;
            at += outline.bytes();
            last = outline.header().last();
        }
        assertThat(treeless).isPositive();
        assertThat(decode(file)).isEqualTo(content);
    }

    @Test
    void realFramesWithSequencesAreRefusedByName() {
        byte[] content =
                "again and again and again and again and again".repeat(50).getBytes(US_ASCII);
        assertThatThrownBy(() -> decode(Zstd.compress(content, 3)))
                .isInstanceOf(ZstdFormatException.class)
                .hasMessageContaining("use zstd -d");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "skippable frame alone,              50 2A 4D 18 02 00 00 00 AA BB, ''",
        "empty skippable frame,              5F 2A 4D 18 00 00 00 00, ''",
        "skippable between frames,           START 09 00 00 61 55 2A 4D 18 01 00 00 00 EE START 09"
                + " 00 00 62, 61 62",
        "two frames,                         START 09 00 00 61 START 09 00 00 62, 61 62",
        "empty frame,                        START 01 00 00, ''",
        "empty blocks,                       START 00 00 00 02 00 00 61 09 00 00 07, 07",
        "RLE,                                START 1B 00 00 61, 61 61 61",
        "raw literals,                       START 25 00 00 10 61 62 00, 61 62",
        "raw literals of size 0,             START 15 00 00 00 00, ''",
        "RLE literals,                       START 1D 00 00 19 61 00, 61 61 61",
        "no sequences in two bytes,          START 25 00 00 08 61 80 00, 61",
        "the unused bit and dictionary 0,    28 B5 2F FD 11 38 00 09 00 00 61, 61",
        "single segment,                     28 B5 2F FD 20 01 09 00 00 61, 61",
        "one stream,                         START 3D 00 00 22 C0 00 80 10 05 00, 00 01",
        "four streams,                       START 85 00 00 66 00 03 80 10 01 00 01 00 01 00 05 05"
                + " 05 01 00, 00 01 00 01 00 01",
    })
    void handMadeFilesAreRead(String name, String digits, String content)
            throws ZstdFormatException {
        assertThat(decode(hex(digits))).as(name).isEqualTo(hex(content));
        if (!name.contains("two bytes")) {
            byte[] out = new byte[hex(content).length];
            assertThat(Zstd.decompress(out, hex(digits))).as(name).isEqualTo(out.length);
            assertThat(out).as(name).isEqualTo(hex(content));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "not even a frame,                                0, ''",
        "truncated in a frame's magic number,             3, 28 B5 2F",
        "truncated in a frame's magic number,             2, 5E 2A",
        "truncated in a frame's magic number,             10, START 01 00 00 28",
        "no frame behind the last one,                    9, START 01 00 00 00",
        "not a Zstandard file,                            0, 28 B6",
        "not a Zstandard file,                            0, 28 B5 2F FC 00 38 01 00 00",
        "truncated in a frame header,                     5, 28 B5 2F FD 00",
        "truncated in a block header,                     8, START 01 00",
        "truncated in a block,                            10, START 11 00 00 61",
        "truncated in a compressed block,                 10, START 2D 00 00 22",
        "truncated in a frame's checksum,                 12, 28 B5 2F FD 04 38 01 00 00 99 E9 D8",
        "truncated in the header of a skippable frame,    7, 50 2A 4D 18 01 00 00",
        "truncated in a skippable frame,                  9, 50 2A 4D 18 02 00 00 00 AA",
        "no frame behind the last one,                    9, START 01 00 00 00 00 00 00",
        "no frame behind the last one,                    9, START 01 00 00 67 61 72 62",
        "reserved bit,                                    4, 28 B5 2F FD 08 38 01 00 00",
        "reserved block type,                             6, START 0F 00 00 61",
        "a window of 150994944 bytes,                     5, 28 B5 2F FD 00 89 01 00 00",
        "a window of 4294967295 bytes,                    5, 28 B5 2F FD A0 FF FF FF FF 01 00 00",
        "a window of 18446744073709551615 bytes,          5, 28 B5 2F FD E0 FF FF FF FF FF FF FF FF"
                + " 01 00 00",
        "needs a dictionary: use zstd -d,                 6, 28 B5 2F FD 01 38 07 01 00 00",
        "block of 131073 bytes in a frame that allows 131072, 6, START 0B 00 10 61",
        "block of 1025 bytes in a frame that allows 1024, 6, 28 B5 2F FD 00 00 0B 20 00 61",
        "block of 2 bytes in a frame that allows 1,       6, 28 B5 2F FD 20 01 13 00 00 61",
        "block of 131073 bytes,                           6, START 2D 00 00 1D 00 20 61 00",
        "declares 2 bytes of content but has 1,           0, 28 B5 2F FD 80 38 02 00 00 00 09 00 00"
                + " 61",
        "declares 0 bytes of content but has 1,           0, 28 B5 2F FD 80 38 00 00 00 00 09 00 00"
                + " 61",
        "wrong checksum: 51d8e999 but 51d8e998 stored,    9, 28 B5 2F FD 04 38 01 00 00 98 E9 D8"
                + " 51",
        "without a literals section,                      9, START 05 00 00",
        "ends within its literals header,                 9, START 15 00 00 22 00",
        "literals section larger than its block,          9, START 15 00 00 10 61",
        "without a sequences section,                     11, START 15 00 00 08 61",
        "has sequences; not only literals: use zstd -d,   11, START 25 00 00 08 61 01 00",
        "has sequences; not only literals: use zstd -d,   11, START 25 00 00 08 61 80 01",
        "bytes behind the sequences section,              11, START 25 00 00 08 61 00 00",
        "treeless block without a tree,                   9, START 2D 00 00 23 40 00 05 00",
        "no room for a tree description,                  12, START 25 00 00 22 00 00 00",
        "they do not complete a code,                     12, START 3D 00 00 22 C0 00 81 13 05 00",
        "4 Huffman streams for 5 literals,                14, START 85 00 00 56 00 03 80 10 01 00"
                + " 01 00 01 00 05 05 05 01 00",
        "no room for a jump table,                        14, START 5D 00 00 66 C0 01 80 10 01 00"
                + " 01 00 01 00",
        "jump table points outside,                       14, START 85 00 00 66 00 03 80 10 01 00"
                + " 01 00 09 00 05 05 05 01 00",
        "Huffman stream of zero bytes,                    14, START 85 00 00 66 00 03 80 10 01 00"
                + " 00 00 01 00 05 05 05 01 00",
        "Huffman stream of zero bytes,                    14, START 35 00 00 22 80 00 80 10 00",
        "stream whose last byte is zero,                  14, START 3D 00 00 22 C0 00 80 10 00 00",
        "Huffman stream ends early,                       14, START 3D 00 00 32 C0 00 80 10 05 00",
        "Huffman stream ends late,                        14, START 3D 00 00 12 C0 00 80 10 05 00",
    })
    void whatIsWrongIsNamedWithItsPlace(String message, int offset, String digits) {
        assertThatThrownBy(() -> decode(hex(digits)))
                .isInstanceOfSatisfying(
                        ZstdFormatException.class,
                        e -> {
                            assertThat(e.offset()).isEqualTo(offset);
                            assertThat(
                                            e.reason()
                                                    .replace(", but", " but")
                                                    .replace(", not", "; not"))
                                    .contains(message);
                            assertThat(e).hasMessage("offset " + offset + ": " + e.reason());
                        });
    }

    /** What parallel readers do: find the blocks first, a few bytes at a time. */
    @Test
    void blocksCanBeFoundByHoppingAndDecodedInAnyOrder() throws ZstdFormatException {
        byte[] content = Samples.skewed(random, 5 * 131_072 + 1000, 100, 1.1);
        byte[] file = Huffhash.compress(content);
        var whole = new Chunk(file, file.length, 0);
        FrameHeader frame = FrameHeader.read(whole, 0);
        List<Integer> places = new ArrayList<>();
        int at = frame.bytes();
        int length = 0;
        boolean last = false;
        while (!last) {
            places.add(at);
            byte[] peeked = Arrays.copyOfRange(file, at, at + BlockOutline.PEEK_BYTES);
            var chunk = new Chunk(peeked, peeked.length, at);
            var outline = BlockOutline.read(chunk, 0, frame.maxBlockBytes());
            length += outline.regeneratedSize();
            at += outline.bytes();
            last = outline.header().last();
        }
        assertThat(at + FrameHeader.CHECKSUM_BYTES).isEqualTo(file.length);
        assertThat(length).isEqualTo(content.length);

        byte[] decoded = new byte[length];
        int to = length;
        for (int place : places.reversed()) {
            var outline = BlockOutline.read(whole, place, frame.maxBlockBytes());
            to -= outline.regeneratedSize();
            new BlockDecoder().decode(whole, place, outline, decoded, to);
        }
        assertThat(decoded).isEqualTo(content);
    }

    @Test
    void aTreeDoesNotOutliveItsFrame() {
        byte[] file = hex("START 3D 00 00 22 C0 00 80 10 05 00" + "START 2D 00 00 23 40 00 05 00");
        assertThatThrownBy(() -> decode(file)).hasMessageContaining("treeless block without");
    }

    @Test
    void hugeDeclaredSizesCostNothing() {
        byte[][] files = {
            hex("28 B5 2F FD C0 38 FF FF FF FF FF FF FF 7F"),
            hex("28 B5 2F FD A0 00 00 00 08 03 00 10 00"),
            hex("28 B5 2F FD 00 88 04 00 10 22 FF FF FF FF FF"),
            hex("50 2A 4D 18 FF FF FF FF 00"),
        };
        for (byte[] file : files) {
            assertThatThrownBy(() -> FileDecoder.decode(file, Integer.MAX_VALUE - 8))
                    .isInstanceOf(ZstdFormatException.class);
        }
    }

    /** One small file of each kind; all have a checksum. */
    private byte[][] smallFiles() {
        byte[] mixed =
                Frames.concat(
                        Samples.skewed(random, 4096, 40, 1.15),
                        new byte[4096],
                        Samples.skewed(random, 4096, 40, 1.15));
        byte[] wide = Samples.skewed(random, 700, 256, 1.04);
        return new byte[][] {
            Huffhash.compress(new byte[0]),
            Huffhash.compress(new byte[] {1, 2, 3}),
            Huffhash.compress(new byte[300]),
            Huffhash.compress(Samples.skewed(random, 200, 5, 1.5)),
            Huffhash.compress(Samples.skewed(random, 500, 30, 1.2)),
            Huffhash.compress(wide),
            Huffhash.compress(mixed),
            Huffhash.compress(new byte[60_000], CompressOptions.DEFAULT.seekable(1 << 16)),
        };
    }

    @Test
    void noFlippedBitGivesOtherContentOrAnotherException() throws ZstdFormatException {
        for (byte[] file : smallFiles()) {
            byte[] content = decode(file);
            for (int bit = 0; bit < 8 * file.length; bit++) {
                byte[] damaged = file.clone();
                damaged[bit / 8] ^= (byte) (1 << (bit & 7));
                assertSameOrRefused(damaged, content, "bit " + bit);
            }
        }
    }

    @Test
    void noTruncatedFileIsTakenForAWholeOne() throws ZstdFormatException {
        for (byte[] file : smallFiles()) {
            byte[] content = decode(file);
            for (int length = 0; length < file.length; length++) {
                assertSameOrRefused(Arrays.copyOf(file, length), content, "length " + length);
            }
        }
    }

    @Test
    void randomBlocksGiveNoOtherException() {
        for (int round = 0; round < 20_000; round++) {
            byte[] content = new byte[1 + random.nextInt(40)];
            random.nextBytes(content);
            content[0] |= 2; // Huffman-coded
            byte[] block = new byte[3];
            new BlockHeader(true, BlockHeader.Type.COMPRESSED, content.length).write(block, 0);
            try {
                decode(Frames.concat(hex("START"), block, content));
            } catch (ZstdFormatException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    private static void assertSameOrRefused(byte[] file, byte[] content, String what) {
        byte[] decoded;
        try {
            decoded = decode(file);
        } catch (ZstdFormatException e) {
            return;
        }
        // a skippable frame may be changed, or cut off at its beginning
        assertThat(decoded).as(what).isEqualTo(content);
    }
}
