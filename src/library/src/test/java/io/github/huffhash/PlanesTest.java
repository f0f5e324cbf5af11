package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.github.huffhash.CompressOptions.Section;
import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units as byte planes: arrays of numbers. */
class PlanesTest {
    private static final int UNIT = CompressOptions.MAX_UNIT_BYTES;
    private static final CompressOptions AUTO =
            CompressOptions.DEFAULT.withPlanes(CompressOptions.AUTO_PLANES);

    private final Random random = Seeds.random();

    /** Elements of so many bytes: noise in all of them but the last. */
    private byte[] numbers(int length, int elementBytes) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = elementBytes - 1; i < length; i += elementBytes) {
            bytes[i] = (byte) (60 + random.nextInt(3));
        }
        return bytes;
    }

    private byte[] text(int length) {
        return Samples.skewed(random, length, 90, 1.06);
    }

    private static FileInfo info(byte[] file) throws IOException {
        return FileInfo.read(ByteArraySeekableByteChannel.wrap(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void contentOfAnyLengthComesBack(int planes) throws IOException {
        int frame = 2 * UNIT;
        for (int length :
                new int[] {
                    0,
                    1,
                    planes - 1,
                    planes,
                    planes + 1,
                    1000,
                    UNIT - 1,
                    UNIT,
                    UNIT + 1,
                    frame - 1,
                    frame,
                    frame + 1,
                    5 * UNIT + 77
                }) {
            byte[] content = numbers(length, planes);
            for (var options :
                    List.of(
                            CompressOptions.DEFAULT,
                            CompressOptions.DEFAULT.withoutChecksum().seekable(100_001),
                            CompressOptions.DEFAULT.seekable(frame))) {
                byte[] file = Huffhash.compress(content, options.withPlanes(planes));
                assertThat(Decoders.all(file, length)).isEqualTo(content);
                assertThat(info(file).planes())
                        .isEqualTo(length == 0 ? List.of() : List.of(planes));
                checkParts(file, content);
            }
        }
    }

    private void checkParts(byte[] file, byte[] content) throws IOException {
        try (var channel =
                new HuffhashChannel(ByteArraySeekableByteChannel.wrap(file), Workers.CALLER)) {
            assertThat(channel.size()).isEqualTo(content.length);
            for (int i = 0; i < 5 && content.length > 0; i++) {
                int from = random.nextInt(content.length);
                int to = from + random.nextInt(Math.min(content.length - from, 200_000));
                var part = ByteBuffer.allocate(to - from);
                channel.read(part, from);
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(content, from, to));
            }
        }
    }

    @Test
    void everyWayToCompressWritesTheSameBytes() throws IOException {
        byte[] content =
                Frames.concat(text(5 << 20), numbers(9 << 20, 4), numbers(300_001, 2), text(77));
        var sections = List.of(new Section(5 << 20, 1), new Section(9 << 20, 4), new Section(1, 2));
        for (var options :
                List.of(
                        CompressOptions.DEFAULT.withPlanes(4),
                        AUTO,
                        AUTO.seekable(1 << 20),
                        CompressOptions.DEFAULT.withSections(sections),
                        AUTO.seekable(200_000).withSections(sections))) {
            for (var size : List.of(OptionalLong.of(content.length), OptionalLong.empty())) {
                byte[] file = compressed(content, options, size, 1);
                assertThat(Decoders.all(file, content.length)).isEqualTo(content);
                checkParts(file, content);
                assertThat(compressed(content, options, size, 2)).isEqualTo(file);
                assertThat(streamed(content, options, size, Workers.CALLER)).isEqualTo(file);
                assertThat(streamed(content, options, size, Workers.threads(2))).isEqualTo(file);
                if (size.isPresent()) {
                    assertThat(Huffhash.compress(content, options)).isEqualTo(file);
                }
            }
        }
    }

    private static byte[] compressed(
            byte[] content, CompressOptions options, OptionalLong size, int workers)
            throws IOException {
        var file = new ByteArrayOutputStream();
        Huffhash.compress(new ByteArrayInputStream(content), size, file, options, workers);
        return file.toByteArray();
    }

    private static byte[] streamed(
            byte[] content, CompressOptions options, OptionalLong size, Workers workers)
            throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(file, options, workers, size)) {
            out.write(content);
        }
        return file.toByteArray();
    }

    /** No decoder gives bytes in another order. */
    @Test
    void otherDecodersRefuseSuchFiles(@TempDir Path folder) throws Exception {
        byte[] content = numbers(1000, 2);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(2));

        assertThatThrownBy(() -> Zstd.decompress(file, content.length))
                .hasMessageContaining("Dictionary mismatch");
        assertThatThrownBy(() ->
                        new ZstdDecompressor()
                                .decompress(file, 0, file.length, new byte[1000], 0, 1000))
                .hasMessageContaining("Custom dictionaries not supported");
        var zstd = ZstdCommand.find();
        if (zstd.isPresent()) {
            Files.write(folder.resolve("f.zst"), file);
            assertThatThrownBy(() -> zstd.get().run(folder, "-d", "f.zst"))
                    .hasMessageContaining("Dictionary mismatch");
        }
    }

    @Test
    void planesOfNumbersTakeFewerBytes() {
        byte[] content = numbers(4 * UNIT, 4);
        int plain = Huffhash.compress(content).length;
        int planes = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(4)).length;

        // three bytes of noise and one of three symbols
        assertThat(planes).isBetween(content.length * 3 / 4, content.length * 81 / 100);
        assertThat(plain).isGreaterThan(content.length * 90 / 100);
    }

    /** A unit need not begin with an element. */
    @Test
    void theContentDecidesHowManyPlanesThereAre() throws IOException {
        for (int elementBytes : new int[] {2, 3, 4, 6, 8}) {
            for (int phase = 0; phase < elementBytes; phase++) {
                byte[] content = Frames.concat(new byte[phase], numbers(UNIT + 1000, elementBytes));
                assertThat(info(Huffhash.compress(content, AUTO)).planes())
                        .as("%d bytes, phase %d", elementBytes, phase)
                        .containsExactly(elementBytes);
            }
        }
    }

    @Test
    void whatIsNoArrayOfNumbersHasNoPlanes() throws IOException {
        byte[] noise = new byte[UNIT];
        random.nextBytes(noise);
        for (byte[] content :
                List.of(new byte[0], new byte[1], new byte[UNIT], text(UNIT), text(100), noise)) {
            byte[] file = Huffhash.compress(content, AUTO);
            assertThat(info(file).planes()).isEmpty();
            assertThat(Zstd.decompress(file, content.length)).isEqualTo(content);
        }
    }

    /** With little content, the 4 bytes that planes take in the header count. */
    @Test
    void planesThatAreChosenSaveOnePercent() throws IOException {
        int chosen = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] content = new byte[4 + random.nextInt(400)];
            for (int i = 1; i < content.length; i += 2) {
                content[i] = (byte) random.nextInt(16);
            }
            byte[] file = compressed(content, AUTO, OptionalLong.empty(), 1);
            if (!info(file).planes().isEmpty()) {
                chosen++;
                byte[] plain =
                        compressed(content, CompressOptions.DEFAULT, OptionalLong.empty(), 1);
                int saved = plain.length - file.length;
                assertThat(100 * saved).isGreaterThanOrEqualTo(plain.length - 10); // its blocks
            }
        }
        assertThat(chosen).isBetween(100, 1900);
    }

    /** They are looked at every 4 MiB. */
    @Test
    void aFrameBeginsWhereOtherNumbersDo() throws IOException {
        int stretch = 4 << 20;
        byte[] content =
                Frames.concat(new byte[stretch], numbers(stretch, 2), numbers(stretch + 1000, 4));
        byte[] file = Huffhash.compress(content, AUTO);

        assertThat(info(file).frames()).isEqualTo(3);
        assertThat(info(file).planes()).containsExactly(2, 4);
        assertThat(Decoders.all(file, content.length)).isEqualTo(content);
    }

    @Test
    void numbersInTheMidstOfAStretchWaitForTheNext() throws IOException {
        int stretch = 4 << 20;
        byte[] content = Frames.concat(new byte[stretch + (1 << 20)], numbers(2 * stretch, 4));
        byte[] frame = Huffhash.compress(Arrays.copyOf(content, 2 * stretch), AUTO);

        assertThat(Huffhash.compress(content, AUTO)).startsWith(frame);
    }

    @Test
    void shortUnitsDoNotKeepTheContentFromBeingLookedAt() throws IOException {
        byte[] content = Frames.concat(new byte[5 << 20], numbers(5 << 20, 4));
        var file = new ByteArrayOutputStream();
        var assembler = new FileAssembler(file, AUTO, OptionalLong.empty());
        var compressor = new UnitCompressor();
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(CompressOptions.MAX_UNIT_BYTES)];
        for (int at = 0, unit = 100_000; at < content.length; at += unit) {
            unit = at == 0 ? unit : Math.min(content.length - at, assembler.unitRest());
            int planes = assembler.content(content, at, unit);
            int bytes = compressor.compress(content, at, unit, planes, blocks, 0);
            assembler.add(blocks, 0, bytes, unit);
        }
        assembler.finish();

        assertThat(info(file.toByteArray()).planes()).containsExactly(4);
        assertThat(Decoders.all(file.toByteArray(), content.length)).isEqualTo(content);
    }

    @Test
    void eachSectionHasFramesOfItsOwn() throws IOException {
        byte[] content = Frames.concat(text(1000), numbers(300_001, 4), numbers(1000, 2), text(7));
        var options =
                AUTO.withSections(
                        List.of(
                                new Section(1000, CompressOptions.NO_PLANES),
                                new Section(300_001, 4),
                                new Section(1000, 2)));
        assertThat(info(Huffhash.compress(content, options)).frames()).isEqualTo(4);
        assertThat(info(Huffhash.compress(content, options.seekable(1 << 17))).frames())
                .isEqualTo(6);
        assertThat(Decoders.all(Huffhash.compress(content, options), content.length))
                .isEqualTo(content);

        // content that ends within a section
        byte[] less = Arrays.copyOf(content, 200_000);
        for (var size : List.of(OptionalLong.of(less.length), OptionalLong.empty())) {
            assertThat(Decoders.all(compressed(less, options, size, 2), less.length))
                    .isEqualTo(less);
        }
    }

    /** Planes are joined unit by unit. */
    @Test
    void whatArrivesInSmallPiecesIsReadUnitByUnit() throws IOException {
        byte[] content = numbers(3 * UNIT + 11, 3);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(3));
        for (var workers : List.of(Workers.CALLER, Workers.threads(2))) {
            var pieces =
                    new ByteArrayInputStream(file) {
                        @Override
                        public synchronized int read(byte[] into, int offset, int length) {
                            return super.read(
                                    into, offset, Math.min(length, 1 + random.nextInt(5000)));
                        }

                        @Override
                        public synchronized int available() {
                            return Math.min(super.available(), random.nextInt(5000));
                        }
                    };
            try (InputStream in = new HuffhashInputStream(pieces, workers)) {
                assertThat(in.available()).isLessThanOrEqualTo(UNIT);
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void flushedUnitsCanBeReadAndTheRestComesWithItsUnit() throws IOException {
        byte[] content = numbers(2 * UNIT + 500, 2);
        for (var options : List.of(CompressOptions.DEFAULT.withPlanes(2), AUTO)) {
            var file = new ByteArrayOutputStream();
            try (var out = new HuffhashOutputStream(file, options, Workers.CALLER)) {
                out.write(content, 0, UNIT + 100);
                out.flush();
                var arrived = new ByteArrayInputStream(file.toByteArray());
                var in = new HuffhashInputStream(arrived);
                assertThat(in.readNBytes(UNIT)).isEqualTo(Arrays.copyOf(content, UNIT));
                out.write(content, UNIT + 100, content.length - UNIT - 100);
            }
            assertThat(Decoders.all(file.toByteArray(), content.length)).isEqualTo(content);
        }
    }

    @Test
    void noDamageGivesOtherContent() {
        byte[] content = numbers(203, 2);
        for (int planes : new int[] {2, 5, 8}) {
            byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(planes));
            int refused = 0;
            for (int bit = 0; bit < 8 * file.length; bit++) {
                byte[] damaged = file.clone();
                damaged[bit / 8] ^= (byte) (1 << (bit & 7));
                try { // the window may be another
                    assertThat(Decoders.all(damaged, UNIT)).isEqualTo(content);
                } catch (HuffhashFormatException e) {
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(8 * file.length * 9 / 10);
            for (int length = 0; length < file.length; length++) {
                byte[] beginning = Arrays.copyOf(file, length);
                assertThatThrownBy(() -> Decoders.all(beginning, UNIT))
                        .isInstanceOf(HuffhashFormatException.class);
            }
        }
    }

    /** A frame with planes as it is not written: raw blocks of these sizes. */
    private byte[] frame(int planes, int... sizes) {
        var frame = new HandmadeFrame();
        for (int size : sizes) {
            byte[] block = new byte[size];
            random.nextBytes(block);
            frame.raw(block);
        }
        byte[] plain = frame.bytes();
        byte[] id = Frames.hex("0%d 50 46 48".formatted(planes));
        plain[4] |= 3;
        return Frames.concat(
                Arrays.copyOf(plain, 6), id, Arrays.copyOfRange(plain, 6, plain.length));
    }

    @Test
    void aUnitMayConsistOfAnyBlocks() throws IOException {
        for (byte[] file :
                List.of(
                        frame(2, UNIT / 2, 0, UNIT / 2 - 1, 1, 0, 0, 5, 0),
                        frame(4, 0, 0, UNIT, 0, 0, UNIT, 0),
                        frame(8, 1, 1, 1, 1),
                        frame(3, 0))) {
            byte[] content = Decoders.all(file, 3 * UNIT);
            checkParts(file, content);
        }
    }

    @Test
    void aBlockAcrossTheEndOfAUnitIsRefused() {
        assertThatThrownBy(() -> Decoders.all(frame(2, UNIT - 1, 2), 2 * UNIT))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("block across the end of a unit of byte planes");
    }

    /** Memory is bounded: a unit that never ends is not collected. */
    @Test
    void aUnitOfFarTooManyBlocksIsRefused() throws HuffhashFormatException {
        int[] sizes = new int[100_000];
        sizes[0] = 1;
        assertThatThrownBy(() -> Decoders.all(frame(2, sizes), UNIT))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("far too long");

        // between units there may be any number
        sizes[0] = UNIT;
        sizes[sizes.length - 1] = UNIT;
        assertThat(Decoders.all(frame(2, sizes), 2 * UNIT)).hasSize(2 * UNIT);
    }

    @Test
    void impossibleOptionsAreRefused() {
        var options = CompressOptions.DEFAULT;
        for (int planes : new int[] {-1, 9}) {
            assertThatThrownBy(() -> options.withPlanes(planes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("%d planes: must be from 0 to 8", planes);
            assertThatThrownBy(() -> new Section(1, planes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Section(0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withPlanes(2).withUnitBytes(1024))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("units of 1024 bytes with planes: must be 131072");
    }

    @Test
    void aShortUnitMustBeTheLastOfItsFrame() throws IOException {
        var assembler =
                new FileAssembler(
                        new ByteArrayOutputStream(), AUTO.withPlanes(2), OptionalLong.empty());
        assembler.content(new byte[100], 0, 100);
        assertThatThrownBy(() -> assembler.content(new byte[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit with byte planes behind one that is short");
    }
}
