package io.github.huffhash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.internal.zstd.SeekTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
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
        var table = SeekTable.find(ByteArraySeekableByteChannel.wrap(file)).orElseThrow();
        List<SeekTable.Frame> frames = table.frames();
        SeekTable.Frame first = frames.getFirst();
        long compressed = first.compressedBytes();
        long size = first.decompressedBytes();
        OptionalLong sum = first.checksum();
        assertWrong(file, frames, new SeekTable.Frame(compressed, size + 1, sum), "another size");
        assertWrong(file, frames, new SeekTable.Frame(compressed + 1, size, sum), "do not fill");
        assertWrong(
                file,
                frames,
                new SeekTable.Frame(compressed, size, OptionalLong.of(1)),
                "another checksum");
    }

    private static void assertWrong(
            byte[] file, List<SeekTable.Frame> frames, SeekTable.Frame first, String reason) {
        List<SeekTable.Frame> wrong = new ArrayList<>(frames);
        wrong.set(0, first);
        byte[] table = new SeekTable(wrong).toBytes();
        byte[] changed = file.clone();
        System.arraycopy(table, 0, changed, file.length - table.length, table.length);
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

    private static SeekTable.Frame entry(int compressed, int decompressed) {
        return new SeekTable.Frame(compressed, decompressed, OptionalLong.empty());
    }

    private static void assertCannotBeOpened(List<byte[]> frames, SeekTable.Frame... entries)
            throws IOException {
        var file = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            file.write(frame);
        }
        file.write(new SeekTable(List.of(entries)).toBytes());
        assertThatThrownBy(() -> open(file.toByteArray()))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("seek table");
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
                .hasMessageContaining("no seek table where the footer says it begins");
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
    void aFrameWithSequencesCannotBeOpened() {
        byte[] repetitive = Zstd.compress("more of the same, ".repeat(10_000).getBytes(UTF_8), 3);
        assertThatThrownBy(() -> open(repetitive)).hasMessageContaining("has sequences");
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
}
