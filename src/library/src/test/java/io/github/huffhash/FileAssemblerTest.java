package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files made of units by hand. */
class FileAssemblerTest {
    private final Random random = Seeds.random();

    /** The blocks of a unit: the first {@code length} bytes of content. */
    private static byte[] blocks(byte[] content, int length) {
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(length)];
        return Arrays.copyOf(blocks, new UnitCompressor().compress(content, 0, length, blocks, 0));
    }

    private byte[] assemble(byte[] content, CompressOptions options, OptionalLong announced)
            throws IOException {
        var file = new ByteArrayOutputStream();
        var assembler = new FileAssembler(file, options, announced);
        var compressor = new UnitCompressor();
        byte[] blocks = new byte[7 + UnitCompressor.maxCompressedBytes(options.unitBytes())];
        for (int at = 0; at < content.length; ) {
            int unit = Math.min(content.length - at, assembler.unitRest());
            assembler.content(content, at, unit);
            int bytes = compressor.compress(content, at, unit, blocks, 7);
            byte[] before = blocks.clone();
            assembler.add(blocks, 7, bytes, unit);
            assertThat(blocks).isEqualTo(before);
            random.nextBytes(blocks); // it is not kept either
            at += unit;
            assertThat(assembler.fileBytes()).isEqualTo(file.size());
        }
        assembler.finish();
        assertThat(assembler.fileBytes()).isEqualTo(file.size());
        return file.toByteArray();
    }

    @Test
    void unitsBecomeTheFileThatOneCallMakes() throws IOException {
        for (int length : new int[] {0, 1, 3000, 131_072, 131_073, 400_000}) {
            byte[] content = Samples.skewed(random, length, 120, 1.05);
            for (var options : RoundTrips.ALL_OPTIONS) {
                assertThat(assemble(content, options, OptionalLong.of(length)))
                        .isEqualTo(Huffhash.compress(content, options));
                assertThat(assemble(content, options, OptionalLong.empty()))
                        .isEqualTo(CompressedBytes.stream(content, options, OptionalLong.empty()));
            }
        }
    }

    @Test
    void anEmptyUnitAddsNothing() throws IOException {
        byte[] content = Samples.skewed(random, 1000, 60, 1.1);
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(content.length)];
        var compressor = new UnitCompressor();
        for (int length : new int[] {0, content.length}) {
            var file = new ByteArrayOutputStream();
            var size = OptionalLong.empty();
            var assembler = new FileAssembler(file, CompressOptions.DEFAULT, size);
            for (int unit : new int[] {0, length, 0}) {
                assembler.content(content, 0, unit);
                int bytes = compressor.compress(content, 0, unit, blocks, 0);
                assembler.add(blocks, 0, bytes, unit);
            }
            assembler.finish();
            byte[] part = Arrays.copyOf(content, length);
            assertThat(file.toByteArray()).isEqualTo(Huffhash.compress(part));
        }
    }

    @Test
    void aFileIsFinishedOnce() throws IOException {
        var file = new ByteArrayOutputStream();
        var options = CompressOptions.DEFAULT.seekable(65_536);
        var assembler = new FileAssembler(file, options, OptionalLong.empty());
        assembler.finish();
        byte[] finished = file.toByteArray();
        assertThatThrownBy(assembler::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(assembler::finishPart).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> assembler.add(new byte[3], 0, 3, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file.toByteArray()).isEqualTo(finished);
    }

    /** Of known size every unit is written at once; of unknown size the last one is kept. */
    @Test
    void unitsAreNotHeldLongerThanNeeded() throws IOException {
        byte[] content = Samples.skewed(random, 131_072, 120, 1.05);
        byte[] blocks = blocks(content, content.length);
        for (boolean known : new boolean[] {false, true}) {
            var file = new ByteArrayOutputStream();
            var size = known ? OptionalLong.of(50L * content.length) : OptionalLong.empty();
            var assembler = new FileAssembler(file, CompressOptions.DEFAULT, size);
            for (int unit = 1; unit <= 10; unit++) {
                assembler.content(content, 0, content.length);
                assembler.add(blocks, 0, blocks.length, content.length);
                int written = known ? unit : unit - 1;
                int header = known ? 10 : written == 0 ? 0 : 6;
                assertThat(file.size()).isEqualTo(header + written * blocks.length);
            }
        }
    }

    @Test
    void whatIsNotAUnitIsRefused() throws IOException {
        var file = new ByteArrayOutputStream();
        var options = CompressOptions.DEFAULT.seekable(65_536);
        var assembler = new FileAssembler(file, options, OptionalLong.of(65_536));
        assertThat(assembler.unitRest()).isEqualTo(65_536);
        assertThatThrownBy(() -> assembler.add(new byte[10], 0, 10, 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit whose content has not been passed");
        assembler.content(new byte[65_536], 0, 65_536);
        assertThatThrownBy(() -> assembler.add(new byte[10], 0, 10, 65_537))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit across the end of a frame");
        assertThatThrownBy(() -> assembler.add(new byte[10], 0, 10, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit whose content has not been passed");
        for (int length : new int[] {0, 2, 10}) {
            assertThatThrownBy(() -> assembler.add(new byte[10], 0, length, 65_536))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> assembler.add(new byte[10], 5, 6, 65_536))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(file.size()).isZero();

        byte[] blocks = blocks(new byte[65_536], 65_536);
        assembler.add(blocks, 0, blocks.length, 65_536);
        assembler.finish();
        assertThat(Huffhash.decompress(file.toByteArray(), 65_536)).isEqualTo(new byte[65_536]);
    }

    @Test
    void nothingIsWrittenBehindAFailure() throws IOException {
        byte[] content = Samples.skewed(random, 300_000, 60, 1.1);
        byte[] blocks = blocks(content, 65_536);
        var failure = new IOException("disk full");
        for (var options :
                List.of(CompressOptions.DEFAULT, CompressOptions.DEFAULT.seekable(1 << 17))) {
            for (var announced : List.of(OptionalLong.empty(), OptionalLong.of(300_000))) {
                for (int writes = 0; writes < 5; writes++) {
                    var file = new FailingSink(failure, writes);
                    var assembler = new FileAssembler(file, options, announced);
                    assertThatThrownBy(
                                    () -> {
                                        for (int unit = 0; unit < 4; unit++) {
                                            assembler.content(content, 0, 65_536);
                                            assembler.add(blocks, 0, blocks.length, 65_536);
                                        }
                                        assembler.finish();
                                    })
                            .isSameAs(failure);
                    file.writesLeft = Integer.MAX_VALUE; // it would work again
                    assertThatThrownBy(() -> assembler.add(blocks, 0, blocks.length, 65_536))
                            .isSameAs(failure);
                    assertThatThrownBy(assembler::finish).isSameAs(failure);
                    assertThat(file.writesLeft).isEqualTo(Integer.MAX_VALUE);
                }
            }
        }
    }

    @Test
    void aUnitOfMoreContentThanHasBeenPassedIsRefused() throws IOException {
        byte[] content = Samples.skewed(random, 1000, 60, 1.1);
        byte[] blocks = blocks(content, content.length);
        var file = new ByteArrayOutputStream();
        var assembler =
                new FileAssembler(file, CompressOptions.DEFAULT, OptionalLong.of(content.length));
        assembler.content(content, 0, 999);
        assertThatThrownBy(() -> assembler.add(blocks, 0, blocks.length, content.length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit whose content has not been passed");
        assembler.content(content, 999, 1);
        assembler.add(blocks, 0, blocks.length, content.length);
        assembler.finish();
        assertThat(Huffhash.decompress(file.toByteArray(), content.length)).isEqualTo(content);
    }

    @Test
    void contentAcrossTheEndOfAFrameIsRefused() throws IOException {
        byte[] content = new byte[65_537];
        byte[] blocks = blocks(content, 65_536);
        var file = new ByteArrayOutputStream();
        var options = CompressOptions.DEFAULT.seekable(65_536);
        var assembler = new FileAssembler(file, options, OptionalLong.empty());
        assertThatThrownBy(() -> assembler.content(content, 0, 65_537))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("content across the end of a frame");
        assembler.content(content, 0, 65_536);
        assembler.add(blocks, 0, blocks.length, 65_536);
        assembler.finish();
        assertThat(Huffhash.decompress(file.toByteArray(), 65_536)).isEqualTo(new byte[65_536]);
    }

    @Test
    void aFileWithoutTheBlocksOfItsContentIsNotFinished() throws IOException {
        byte[] content = new byte[100];
        byte[] blocks = blocks(content, 100);
        var file = new ByteArrayOutputStream();
        var options = CompressOptions.DEFAULT.seekable(65_536);
        var assembler = new FileAssembler(file, options, OptionalLong.empty());
        assembler.content(content, 0, 100);
        String missing = "100 bytes of content were passed, but the blocks have 0";
        assertThatThrownBy(assembler::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(missing);
        assertThatThrownBy(assembler::finishPart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(missing);
        assembler.add(blocks, 0, blocks.length, 100);
        assembler.finish();
        assertThat(Huffhash.decompress(file.toByteArray(), 100)).isEqualTo(content);
    }

    /** As a scheduler compresses the planes of a unit by itself. */
    @Test
    void thePlanesOfAUnitOneByOneHaveTheBlocksOfTheUnit() {
        var compressor = new UnitCompressor();
        assertThat(UnitCompressor.split(new byte[0], 0, 2, new byte[0])).isEmpty();
        for (int length : new int[] {1, 2, 7, 8, 9, 1000, 131_071, 131_072}) {
            byte[] content = Samples.skewed(random, length, 200, 1.02);
            for (int planes = 1; planes <= CompressOptions.MAX_PLANES; planes++) {
                byte[] target = new byte[length + 1];
                int[] ends = UnitCompressor.split(content, length, planes, target);
                assertThat(target[length]).isZero();
                assertThat(ends).hasSize(length < planes ? 1 : planes);
                byte[] whole = new byte[UnitCompressor.maxCompressedBytes(length)];
                int bytes = compressor.compress(content, 0, length, planes, whole, 0);
                byte[] parts = new byte[whole.length];
                int at = 0;
                int start = 0;
                for (int end : ends) {
                    assertThat(end).isGreaterThan(start);
                    byte[] room = new byte[UnitCompressor.maxCompressedBytes(end - start)];
                    int count = compressor.compress(target, start, end - start, room, 0);
                    System.arraycopy(room, 0, parts, at, count);
                    at += count;
                    start = end;
                }
                assertThat(start).isEqualTo(length);
                assertThat(Arrays.equals(parts, 0, at, whole, 0, bytes))
                        .as("%d bytes in %d planes", length, planes)
                        .isTrue();
            }
        }
    }

    @Test
    void splittingChecksItsRanges() {
        byte[] content = new byte[10];
        byte[] short9 = new byte[9];
        assertThatThrownBy(() -> UnitCompressor.split(content, 11, 2, new byte[11]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> UnitCompressor.split(content, 10, 2, short9))
                .isInstanceOf(IndexOutOfBoundsException.class);
        for (int planes : new int[] {0, 9}) {
            assertThatThrownBy(() -> UnitCompressor.split(content, 10, planes, new byte[10]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() ->
                            new UnitCompressor().compress(content, 0, 10, planes, new byte[99], 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() ->
                        UnitCompressor.split(new byte[131_073], 131_073, 2, new byte[131_073]))
                .hasMessage("a unit of 131073 bytes: must be from 0 to 131072");
    }

    @Test
    void unlimitedBitsTakes256CountsOfTogetherLessThan2To23() {
        var compressor = new UnitCompressor();
        int[] counts = new int[256];
        counts[0] = 1;
        counts[1] = (1 << 23) - 2;
        assertThat(compressor.unlimitedBits(counts)).isEqualTo((1 << 23) - 1);
        counts[1]++;
        int[] negative = new int[256];
        negative[3] = -1;
        for (int[] wrong : new int[][] {counts, negative, new int[255], new int[257]}) {
            assertThatThrownBy(() -> compressor.unlimitedBits(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not 256 counts of together less than 2^23");
        }
    }

    @Test
    void aUnitCompressorChecksItsRanges() {
        var compressor = new UnitCompressor();
        byte[] content = new byte[131_073];
        byte[] target = new byte[UnitCompressor.maxCompressedBytes(131_072)];
        assertThatThrownBy(() -> compressor.compress(content, 0, content.length, target, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compressor.compress(content, 2, 131_072, target, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> compressor.compress(content, 0, 131_072, target, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> UnitCompressor.maxCompressedBytes(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(compressor.compress(content, 1, 131_072, target, 0)).isEqualTo(4);
        assertThat(compressor.unlimitedBits(Samples.counts(new byte[] {1, 1, 1, 2, 2, 3})))
                .isEqualTo(3 + 2 * 2 + 2);
    }
}
