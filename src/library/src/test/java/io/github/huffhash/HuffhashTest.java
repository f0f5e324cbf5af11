package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;

class HuffhashTest {
    private final Random random = Seeds.random();

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
    void aFileFitsIntoTheRoomThatWasAskedFor() throws IOException {
        byte[] noise = new byte[1_200_000];
        random.nextBytes(noise);
        var options = CompressOptions.DEFAULT;
        for (var each :
                List.of(
                        options,
                        options.seekable(65_536),
                        options.withUnitBytes(1024).seekable(65_536),
                        options.withPlanes(8),
                        options.withSections(List.of(new CompressOptions.Section(7, 1))))) {
            for (int length : new int[] {0, 1, 1024, 131_073, noise.length - 3}) {
                byte[] expected = Huffhash.compress(noise, 3, length, each);
                byte[] target = new byte[(int) Huffhash.maxCompressedBytes(length, each) + 1];
                int bytes = Huffhash.compress(noise, 3, length, target, 1, each);
                assertThat(Arrays.copyOfRange(target, 1, 1 + bytes)).isEqualTo(expected);
                byte[] small = new byte[expected.length - 1];
                assertThatThrownBy(() -> Huffhash.compress(noise, 3, length, small, 0, each))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(Huffhash.maxCompressedBytes(noise.length, each))
                    .isLessThan(noise.length * 11L / 10);
        }
        assertThatThrownBy(() -> Huffhash.maxCompressedBytes(-1, options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contentIsNotOverwrittenByItsFile() throws IOException {
        var options = CompressOptions.DEFAULT;
        int length = 300_000;
        int room = (int) Huffhash.maxCompressedBytes(length, options);
        byte[] both = new byte[room + length + room];
        random.nextBytes(both);
        byte[] content = Arrays.copyOfRange(both, room, room + length);
        for (int at : new int[] {0, room + length}) {
            byte[] each = both.clone();
            int bytes = Huffhash.compress(each, room, length, each, at, options);
            byte[] file = Arrays.copyOfRange(each, at, at + bytes);
            assertThat(Huffhash.decompress(file, length)).isEqualTo(content);
        }
        for (int at : new int[] {1, room, room + length - 1}) {
            assertThatThrownBy(() -> Huffhash.compress(both, room, length, both, at, options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the content lies where the file may be written");
        }
        assertThat(Huffhash.compress(both, room, 0, both, room, options)).isPositive();
    }

    @Test
    void moreRoomThanALongHoldsIsNotAskedFor() {
        var options = CompressOptions.DEFAULT.withUnitBytes(1024).seekable(65_536);
        for (long length : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1000}) {
            assertThat(Huffhash.maxCompressedBytes(length, options)).isEqualTo(Long.MAX_VALUE);
        }
        assertThat(Huffhash.maxCompressedBytes(1L << 62, options)).isGreaterThan(1L << 62);
    }

    @Test
    void rangesAreCheckedBeforeAnythingElse() {
        byte[] bytes = new byte[10];
        for (int length : new int[] {-1, -1000, 11, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Huffhash.compress(bytes, 0, length, CompressOptions.DEFAULT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() ->
                            Huffhash.compress(bytes, 0, length, bytes, 0, CompressOptions.DEFAULT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Huffhash.decompress(bytes, 0, length, 10))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Signature.of(bytes, 0, length, 1024))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        for (int at : new int[] {-1, 11, Integer.MAX_VALUE}) {
            assertThatThrownBy(() ->
                            Huffhash.compress(bytes, 0, 10, bytes, at, CompressOptions.DEFAULT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aSeekableFileHasAFrameForEverySlice() throws IOException {
        byte[] content = Samples.skewed(random, 200_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(65_536));
        var table = SeekTable.read(ByteArraySeekableByteChannel.wrap(file)).orElseThrow();
        assertThat(table.frames()).isEqualTo(4);
        int at = 0;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            assertThat(table.compressedOffset(i)).isEqualTo(at);
            assertThat(table.contentOffset(i)).isEqualTo(from);
            int bytes = (int) table.compressedBytes(i);
            int size = (int) table.contentBytes(i);
            assertThat(Huffhash.decompress(file, at, bytes, size))
                    .isEqualTo(Arrays.copyOfRange(content, from, from + size));
            assertThat(table.checksum(i)).hasValue(LittleEndian.get32(file, at + bytes - 4));
            at += bytes;
            from += size;
        }
        assertThat(from).isEqualTo(content.length);
        byte[] bytes = table.toBytes();
        assertThat(bytes).isEqualTo(Arrays.copyOfRange(file, at, file.length));
        for (int frame : new int[] {-1, 4}) {
            assertThatThrownBy(() -> table.compressedOffset(frame))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.contentBytes(frame))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        byte[] plain = Huffhash.compress(content);
        assertThat(SeekTable.read(ByteArraySeekableByteChannel.wrap(plain))).isEmpty();
        file[file.length - 9]++;
        assertThat(SeekTable.read(ByteArraySeekableByteChannel.wrap(file))).isEmpty();
    }

    @Test
    void noMoreThanAllowedComesOut() {
        byte[] file = Huffhash.compress(new byte[1000]);
        assertThatThrownBy(() -> Huffhash.decompress(file, 999))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("more than the 999 bytes allowed");
    }

    @Test
    void rangesOfArraysAreFiles() throws HuffhashFormatException {
        byte[] content = Samples.skewed(random, 300_000, 100, 1.1);
        for (var options : RoundTrips.ALL_OPTIONS) {
            byte[] part = Arrays.copyOfRange(content, 1234, 201_234);
            byte[] file = Huffhash.compress(part, options);
            assertThat(Huffhash.compress(content, 1234, 200_000, options)).isEqualTo(file);
            byte[] elsewhere = Frames.concat(new byte[77], file, new byte[5]);
            assertThat(Huffhash.decompress(elsewhere, 77, file.length, 200_000)).isEqualTo(part);
            assertThatThrownBy(() -> Huffhash.decompress(elsewhere, 77, file.length - 1, 200_000))
                    .isInstanceOf(HuffhashFormatException.class)
                    .satisfies(e ->
                            assertThat(((HuffhashFormatException) e).offset())
                                    .isBetween(0L, file.length - 1L));
        }
        assertThatThrownBy(() -> Huffhash.compress(content, 1, 300_000, CompressOptions.DEFAULT))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Huffhash.decompress(content, -1, 3, 10))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Huffhash.decompress(content, 5, 0, 10))
                .hasMessage("offset 0: the file is empty: not even a frame");
    }

    @Test
    void whatRemainsInBuffersOfEveryKindIsCompressedAndDecompressed()
            throws HuffhashFormatException {
        byte[] content = Samples.skewed(random, 300_000, 100, 1.1);
        byte[] part = Arrays.copyOfRange(content, 10, 200_010);
        byte[] file = Huffhash.compress(part);
        for (ByteBuffer all : buffers(content)) {
            ByteBuffer remaining = all.position(10).limit(200_010);
            ByteBuffer compressed = Huffhash.compress(remaining, CompressOptions.DEFAULT);
            assertThat(remaining.hasRemaining()).isFalse();
            assertThat(bytes(compressed)).isEqualTo(file);
        }
        for (ByteBuffer all : buffers(Frames.concat(new byte[3], file, new byte[4]))) {
            ByteBuffer remaining = all.position(3).limit(3 + file.length);
            assertThatThrownBy(() -> Huffhash.decompress(remaining, part.length - 1))
                    .isInstanceOf(HuffhashFormatException.class);
            assertThat(remaining.remaining()).isEqualTo(file.length);
            ByteBuffer decompressed = Huffhash.decompress(remaining, part.length);
            assertThat(remaining.hasRemaining()).isFalse();
            assertThat(bytes(decompressed)).isEqualTo(part);
        }
    }

    private static List<ByteBuffer> buffers(byte[] bytes) {
        byte[] shifted = Frames.concat(new byte[9], bytes);
        return List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(shifted, 9, bytes.length).slice(),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void aNegativeLimitIsRefused() {
        byte[] file = Huffhash.compress(new byte[1000]);
        assertThatThrownBy(() -> Huffhash.decompress(file, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        var options = DecompressOptions.DEFAULT;
        assertThat(options.withMaxWindowBytes(7))
                .isEqualTo(new DecompressOptions(Long.MAX_VALUE, 7));
        assertThatThrownBy(() -> options.withMaxWindowBytes(-7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-7");
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

    @Test
    void aFileOfManySectionsFitsIntoTheRoomThatIsAskedFor() {
        byte[] content = new byte[300];
        new Random(1).nextBytes(content);
        var section = new CompressOptions.Section(3, CompressOptions.NO_PLANES);
        CompressOptions options =
                CompressOptions.DEFAULT.withSections(Collections.nCopies(100, section));
        assertThat(Huffhash.compress(content, options).length)
                .isGreaterThan(10 * content.length / 2)
                .isLessThanOrEqualTo((int) Huffhash.maxCompressedBytes(content.length, options));
    }

    @Test
    void codeWordsAreThoseOfACanonicalCode() {
        int[] counts = new int[256];
        assertThat(Huffhash.codeWords(counts)).hasSize(256).containsOnly("");
        counts['a'] = 1;
        assertThat(Huffhash.codeWords(counts)).containsOnly("");
        counts['b'] = 1;
        counts['c'] = (1 << 23) - 3;
        String[] words = Huffhash.codeWords(counts);
        assertThat(List.of(words['a'], words['b'], words['c'])).containsExactly("00", "01", "1");
        counts['c']++;
        assertThatThrownBy(() -> Huffhash.codeWords(counts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not 256 counts of together less than 2^23");
        assertThatThrownBy(() -> Huffhash.codeWords(new int[255]))
                .isInstanceOf(IllegalArgumentException.class);
        int[] negative = new int[256];
        negative[7] = -1;
        assertThatThrownBy(() -> Huffhash.codeWords(negative))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
