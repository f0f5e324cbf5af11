package io.github.huffhash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.internal.zstd.FrameTable;
import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffhashChannelTest {
    private static final CompressOptions SEEKABLE = CompressOptions.DEFAULT.seekable(64 << 10);

    private final Random random = Seeds.random();
    private final byte[] content = content();

    /** Text, zeros and noise, so that there are blocks of every kind. */
    private byte[] content() {
        byte[] bytes = Samples.skewed(random, 1_000_000, 100, 1.1);
        Arrays.fill(bytes, 300_000, 500_000, (byte) 0);
        System.arraycopy(Samples.skewed(random, 200_000, 256, 1), 0, bytes, 600_000, 200_000);
        return bytes;
    }

    private static HuffhashChannel open(byte[] file) throws IOException {
        return new HuffhashChannel(ByteArraySeekableByteChannel.wrap(file));
    }

    private static byte[] read(HuffhashChannel channel, long position, int length)
            throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        int count = channel.position(position).read(target);
        assertThat(channel.position()).isEqualTo(position + Math.max(0, count));
        return Arrays.copyOf(target.array(), Math.max(0, count));
    }

    private void assertSlicesOf(byte[] file, byte[] expected) throws IOException {
        try (HuffhashChannel channel = open(file)) {
            assertThat(channel.size()).isEqualTo(expected.length);
            assertThat(read(channel, 0, expected.length)).isEqualTo(expected);
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(expected.length);
                int length = random.nextInt(1 + Math.min(200_000, expected.length - from));
                assertThat(read(channel, from, length))
                        .isEqualTo(Arrays.copyOfRange(expected, from, from + length));
            }
        }
    }

    @Test
    void anySliceOfOneFrameCanBeRead() throws IOException {
        assertSlicesOf(Huffhash.compress(content), content);
        assertSlicesOf(
                Huffhash.compress(content, CompressOptions.DEFAULT.withUnitBytes(1024)), content);
        try (var channel = open(Huffhash.compress(content))) {
            assertThat(channel.isVerified()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, 100_000, 1 << 20})
    void anySliceOfASeekableFileCanBeReadAndIsVerified(int frameBytes) throws IOException {
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(frameBytes));
        assertSlicesOf(file, content);
        try (var channel = open(file)) {
            assertThat(channel.isVerified()).isTrue();
        }
    }

    /** Its blocks often have no tree of their own, far behind the one that had. */
    @Test
    void anySliceOfAFileByTheReferenceImplementationCanBeRead() throws IOException {
        byte[] noise = Samples.skewed(random, 2_000_000, 64, 1.02);
        assertSlicesOf(Zstd.compress(noise, 1), noise);
    }

    @Test
    void severalFramesAndSkippableOnesAreOneContent() throws IOException {
        var file = new ByteArrayOutputStream();
        file.write(new byte[] {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3});
        file.write(Huffhash.compress(content));
        file.write(Huffhash.compress(new byte[0]));
        file.write(new byte[] {0x5E, 0x2A, 0x4D, 0x18, 0, 0, 0, 0});
        file.write(Huffhash.compress(content, SEEKABLE));
        file.write(Huffhash.compress(new byte[] {7}));
        byte[] all = Arrays.copyOf(content, 2 * content.length + 1);
        System.arraycopy(content, 0, all, content.length, content.length);
        all[2 * content.length] = 7;
        assertSlicesOf(file.toByteArray(), all);
    }

    @Test
    void thereIsNothingBehindTheEnd() throws IOException {
        for (byte[] file :
                List.of(Huffhash.compress(content), Huffhash.compress(content, SEEKABLE))) {
            try (HuffhashChannel channel = open(file)) {
                assertThat(read(channel, content.length, 1)).isEmpty();
                assertThat(read(channel, Long.MAX_VALUE, 1)).isEmpty();
                assertThat(channel.position(content.length).read(ByteBuffer.allocate(1)))
                        .isEqualTo(-1);
                assertThat(read(channel, content.length - 2, 10)).hasSize(2);
            }
        }
        try (HuffhashChannel channel = open(Huffhash.compress(new byte[0], SEEKABLE))) {
            assertThat(channel.size()).isZero();
            assertThat(read(channel, 0, 1)).isEmpty();
        }
    }

    @Test
    void aDamagedFrameOfASeekableFileIsAFailureWhereItIsTouched() throws IOException {
        byte[] file = Huffhash.compress(content, SEEKABLE);
        file[1000] ^= 4;
        try (HuffhashChannel channel = open(file)) {
            assertThat(read(channel, 65_536, 1000))
                    .isEqualTo(Arrays.copyOfRange(content, 65_536, 66_536));
            assertThatThrownBy(() -> read(channel, 65_535, 2))
                    .isInstanceOf(HuffhashFormatException.class);
            assertThatThrownBy(() -> read(channel, 0, 1))
                    .isInstanceOf(HuffhashFormatException.class);
        }
    }

    @Test
    void aWrongSeekTableIsAFailure() throws IOException {
        byte[] file = Huffhash.compress(content, SEEKABLE);
        var table = SeekTable.read(ByteArraySeekableByteChannel.wrap(file)).orElseThrow();
        long compressed = table.compressedBytes(0);
        long size = table.contentBytes(0);
        long sum = table.checksum(0).orElseThrow();
        assertWrong(file, table, compressed, size + 1, sum, "another size");
        assertWrong(file, table, compressed + 1, size, sum, "no frame where the seek table says");
        assertWrong(file, table, compressed, size, 1, "another checksum");
    }

    /** The first frame's entry is changed. */
    private static void assertWrong(
            byte[] file, SeekTable table, long compressed, long size, long sum, String reason) {
        var wrong = new FrameTable(true);
        wrong.add(compressed, size, sum);
        for (int i = 1; i < table.frames(); i++) {
            long checksum = table.checksum(i).orElseThrow();
            wrong.add(table.compressedBytes(i), table.contentBytes(i), checksum);
        }
        byte[] bytes = wrong.toBytes();
        byte[] changed = file.clone();
        System.arraycopy(bytes, 0, changed, file.length - bytes.length, bytes.length);
        assertThatThrownBy(
                        () -> {
                            try (HuffhashChannel channel = open(changed)) {
                                read(channel, 0, 1);
                            }
                        })
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining(reason);
    }

    /** Each entry must be one frame, the whole frame, and nothing but the frame. */
    @Test
    void aSeekTableThatLeadsElsewhereCannotBeOpened() throws IOException {
        byte[] a = Huffhash.compress("AAAAABBBBB".getBytes(UTF_8));
        byte[] b = Huffhash.compress("CCCCCDDDDD".getBytes(UTF_8));
        byte[] c = Huffhash.compress("EEEEEFFFFF".getBytes(UTF_8));
        assertCannotBeOpened(List.of(a, b, c), entry(a.length + b.length, 10), entry(c.length, 10));
        assertCannotBeOpened(List.of(a, b), entry(0, 10), entry(a.length, 10), entry(b.length, 10));
        assertCannotBeOpened(List.of(a, b), entry(a.length - 1, 10), entry(b.length + 1, 10));
        byte[] hiding = Huffhash.compress(a); // raw: the frame is there as it is
        int before = hiding.length - a.length - 4;
        assertCannotBeOpened(List.of(hiding), entry(before, a.length), entry(a.length + 4, 10));
    }

    private static int[] entry(int compressed, int decompressed) {
        return new int[] {compressed, decompressed};
    }

    private static void assertCannotBeOpened(List<byte[]> frames, int[]... entries)
            throws IOException {
        var file = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            file.write(frame);
        }
        var table = new FrameTable(false);
        for (int[] entry : entries) {
            table.add(entry[0], entry[1], 0);
        }
        file.write(table.toBytes());
        assertThatThrownBy(() -> open(file.toByteArray()))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("seek table");
    }

    /** Only a skippable frame that ends the file is a seek table. */
    @Test
    void aFileWhoseEndLooksLikeASeekTableIsReadWithoutOne() throws IOException {
        byte[] inner = Huffhash.compress(new byte[200_000], SEEKABLE);
        var file = new ByteArrayOutputStream();
        int header = inner.length << 3 | 1;
        file.write(Frames.hex(Frames.START + "%02X%02X00".formatted(header & 0xFF, header >> 8)));
        file.write(inner); // a raw block
        try (HuffhashChannel channel = open(file.toByteArray())) {
            assertThat(channel.isVerified()).isFalse();
            assertThat(read(channel, 0, inner.length)).isEqualTo(inner);
        }
    }

    /** A file that another program cuts or rewrites gives no content that it never had. */
    @Test
    void aFileThatChangesWhileItIsOpenIsAFailure(@TempDir Path folder) throws IOException {
        for (byte[] whole :
                List.of(Huffhash.compress(content), Huffhash.compress(content, SEEKABLE))) {
            Path path = folder.resolve("file.zst");
            Files.write(path, whole);
            try (HuffhashChannel channel = HuffhashChannel.open(path)) {
                Files.write(path, Arrays.copyOf(whole, whole.length / 2));
                assertThatThrownBy(() -> read(channel, content.length - 1, 1))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the file has changed since it was opened");
                Files.write(path, Zstd.compress(new byte[1_000_000]));
                assertThatThrownBy(() -> read(channel, 500_000, 1000))
                        .isInstanceOf(IOException.class);
                byte[] other = Huffhash.compress(Samples.skewed(random, 3_000_000, 3, 1.9));
                Files.write(path, other);
                for (int round = 0; round < 50; round++) {
                    try {
                        assertThat(read(channel, random.nextInt(content.length), 10)).isNotEmpty();
                    } catch (IOException e) {
                        assertThat(e).hasMessageStartingWith("offset ");
                    }
                }
            }
        }
    }

    @Test
    void aForgedFooterCostsNothing() {
        byte[] file = Arrays.copyOf(Huffhash.compress(content), 400_000_000);
        byte[] footer = {
            0, 0, (byte) 0xE0, 1, 0, (byte) 0xB1, (byte) 0xEA, (byte) 0x92, (byte) 0x8F
        };
        System.arraycopy(footer, 0, file, file.length - footer.length, footer.length);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("unexpected data after the last frame");
    }

    @Test
    void framesWithoutContentTakeNoMemory() throws IOException {
        byte[] empty = Huffhash.compress(new byte[0], CompressOptions.DEFAULT.withoutChecksum());
        var file = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            file.write(empty);
        }
        file.write(Huffhash.compress(content));
        try (HuffhashChannel channel = open(file.toByteArray())) {
            assertThat(channel.size()).isEqualTo(content.length);
            assertThat(read(channel, 700_000, 10))
                    .isEqualTo(Arrays.copyOfRange(content, 700_000, 700_010));
        }
    }

    @Test
    void aFileCutShortCannotBeOpened() {
        byte[] file = Huffhash.compress(content);
        for (int i = 0; i < 100; i++) {
            byte[] cut = Arrays.copyOf(file, random.nextInt(file.length));
            assertThatThrownBy(() -> open(cut)).isInstanceOf(HuffhashFormatException.class);
        }
    }

    @Test
    void theContentCannotBeChanged() throws IOException {
        HuffhashChannel channel = open(Huffhash.compress(content));
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                .isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> channel.truncate(0))
                .isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
        channel.close();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                .isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void noMoreIsReadOfTheFileThanTheSlicesThatAreAskedFor() throws IOException {
        byte[] content = Samples.skewed(new Random(1), 400_000, 100, 1.1);
        byte[] compressed = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(100_000));
        int most = compressed.length / 4 + 2000;
        for (Workers workers : new Workers[] {Workers.CALLER, Workers.threads(2)}) {
            var file = new ProbedChannel(compressed);
            try (var channel = new HuffhashChannel(file, workers)) {
                for (int slice = 3; slice >= 0; slice--) {
                    long before = file.bytesRead;
                    var target = ByteBuffer.allocate(100_000);
                    assertThat(channel.read(target, slice * 100_000L)).isEqualTo(100_000);
                    assertThat(file.bytesRead - before).isLessThan(most);
                }
                long before = file.bytesRead;
                for (int position = 0; position < 100_000; position += 1000) {
                    channel.read(ByteBuffer.allocate(1000), position);
                }
                assertThat(file.bytesRead).isEqualTo(before); // the last slice is kept
            }
        }
    }
}
