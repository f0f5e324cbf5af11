package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.zstd.FrameTable;
import io.github.huffhash.internal.zstd.Frames;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a cluster needs: parts of a file made apart, frames read apart, tables that are believed.
 */
class SeekTableTest {
    private static final int FRAME = 64 << 10;
    private static final CompressOptions SEEKABLE = CompressOptions.DEFAULT.seekable(FRAME);

    private final Random random = Seeds.random();

    private static SeekTable table(byte[] file) throws IOException {
        return SeekTable.read(new ProbedChannel(file)).orElseThrow();
    }

    /** Compresses content to frames without a table. */
    private static SeekTable part(
            byte[] content, CompressOptions options, ByteArrayOutputStream out) throws IOException {
        var assembler = new FileAssembler(out, options, OptionalLong.of(content.length));
        var compressor = new UnitCompressor();
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(options.unitBytes())];
        for (int at = 0; at < content.length; ) {
            int unit = Math.min(content.length - at, assembler.unitRest());
            assembler.content(content, at, unit);
            assembler.add(blocks, 0, compressor.compress(content, at, unit, blocks, 0), unit);
            at += unit;
        }
        return assembler.finishPart();
    }

    private static <T> T sent(T value, Class<T> type) throws Exception {
        var bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(value);
        var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        return type.cast(in.readObject());
    }

    @Test
    void partsThatAreCompressedApartAreTheFileOfOneCall() throws Exception {
        for (int length : new int[] {0, 1, FRAME, 3 * FRAME, 300_001}) {
            byte[] content = Samples.skewed(random, length, 100, 1.1);
            for (var options : List.of(SEEKABLE, SEEKABLE.withoutChecksum())) {
                var file = new ByteArrayOutputStream();
                List<SeekTable> tables = new ArrayList<>();
                int partBytes = 2 * FRAME;
                for (int at = 0; at < Math.max(1, length); at += partBytes) {
                    int end = Math.min(length, at + partBytes);
                    byte[] content2 = Arrays.copyOfRange(content, at, end);
                    tables.add(sent(part(content2, options, file), SeekTable.class));
                }
                SeekTable whole = SeekTable.join(tables);
                assertThat(whole.contentBytes()).isEqualTo(length);
                assertThat(whole.compressedBytes()).isEqualTo(file.size());
                file.writeBytes(whole.toBytes());
                assertThat(file.toByteArray()).isEqualTo(Huffhash.compress(content, options));
            }
        }
    }

    @Test
    void partsThatDoNotFitAreRefused() throws IOException {
        byte[] content = new byte[10];
        SeekTable checked = part(content, SEEKABLE, new ByteArrayOutputStream());
        SeekTable unchecked =
                part(content, SEEKABLE.withoutChecksum(), new ByteArrayOutputStream());
        assertThatThrownBy(() -> SeekTable.join(List.of(checked, unchecked)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SeekTable.join(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> part(content, CompressOptions.DEFAULT, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one frame has no parts");
    }

    @Test
    void signaturesAreSentAndAddedUp() throws Exception {
        byte[] content = Samples.skewed(random, 100_001, 100, 1.1);
        Signature first = Signature.of(content, 0, 51_200, 1024);
        Signature second = Signature.of(content, 51_200, content.length - 51_200, 1024);
        assertThat(sent(first, Signature.class).plus(sent(second, Signature.class)))
                .isEqualTo(Signature.of(content, 0, content.length, 1024));
    }

    private static byte[] read(SeekTable table, int frame, byte[] file) throws IOException {
        var in = new ByteArrayInputStream(file);
        in.skipNBytes(table.compressedOffset(frame));
        try (InputStream content = table.content(frame, in)) {
            assertThat(content.read(new byte[1], 0, 0)).isZero();
            return content.readAllBytes();
        } finally {
            long behind = table.compressedOffset(frame) + table.compressedBytes(frame);
            assertThat((long) in.available()).isGreaterThanOrEqualTo(file.length - behind);
        }
    }

    @Test
    void framesAreReadOneByOne() throws IOException {
        byte[] content = Samples.skewed(random, 300_001, 100, 1.1);
        byte[] file = Huffhash.compress(content, SEEKABLE);
        SeekTable table = table(file);
        assertThat(table.frames()).isEqualTo(5);
        for (int frame = 0; frame < 5; frame++) {
            int start = frame * FRAME;
            int end = Math.min(content.length, start + FRAME);
            assertThat(read(table, frame, file)).isEqualTo(Arrays.copyOfRange(content, start, end));
            assertThat(table.contentOffset(frame)).isEqualTo(start);
            assertThat(table.contentBytes(frame)).isEqualTo(end - start);
            long offset = table.compressedOffset(frame);
            assertThat(table.firstFrameFrom(offset)).isEqualTo(frame);
            assertThat(table.firstFrameFrom(offset + 1)).isEqualTo(frame + 1);
        }
        assertThat(table.firstFrameFrom(file.length)).isEqualTo(5);
        var in = new ByteArrayInputStream(file);
        InputStream bytes = table.content(0, in);
        for (int i = 0; i < FRAME; i++) {
            assertThat(bytes.read()).isEqualTo(content[i] & 0xFF);
        }
        assertThat(bytes.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(0x28); // the next frame's magic number
    }

    /** Skips, and waits for nothing that has not arrived; closing it does not close the file. */
    @Test
    void aFrameIsReadAsAStreamOfItsOwn() throws IOException {
        byte[] content = Samples.skewed(random, 2 * FRAME, 100, 1.1);
        byte[] file = Huffhash.compress(content, SEEKABLE);
        SeekTable table = table(file);
        var in =
                new ByteArrayInputStream(file) {
                    boolean closed;

                    @Override
                    public void close() {
                        closed = true;
                    }
                };
        byte[] part = new byte[100];
        InputStream frame = table.content(0, in);
        assertThat(frame.available()).isPositive();
        assertThat(frame.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
        assertThat(frame.read(part, 7, 93)).isEqualTo(93);
        assertThat(Arrays.equals(part, 7, 100, content, 10, 103)).isTrue();
        assertThat(frame.skip(FRAME)).isEqualTo(FRAME - 103);
        assertThat(frame.available()).isZero();
        assertThat(frame.read()).isEqualTo(-1);
        frame.close();
        assertThat(in.closed).isFalse();
        assertThatThrownBy(frame::read).hasMessage("the stream is closed");
        assertThat((long) in.available()).isEqualTo(file.length - table.compressedBytes(0));
    }

    private static void assertDamage(SeekTable table, int frame, byte[] file, long at, String why) {
        assertThatThrownBy(() -> read(table, frame, file))
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> {
                            assertThat(e.offset()).isEqualTo(at);
                            assertThat(e.reason()).contains(why);
                        });
    }

    @Test
    void theOffsetOfADamagedFrameCountsFromTheBeginningOfTheFile() throws IOException {
        byte[] file = Huffhash.compress(Samples.skewed(random, 300_001, 100, 1.1), SEEKABLE);
        SeekTable table = table(file);
        int start = (int) table.compressedOffset(3);
        file[start + 4] |= 8;
        assertDamage(table, 3, file, start + 4, "reserved bit");
        byte[] cut = Arrays.copyOf(file, start + 1000);
        cut[start + 4] &= ~8;
        assertDamage(table, 3, cut, start + 1000, "truncated in a block");
        file[start] ^= 1;
        assertDamage(table, 3, file, start, "there is no frame where one should begin");
    }

    /** Frames without checksums of their own, as other tools write them with a table. */
    @Test
    void aFrameThatIsNotWhatTheTableSaysFails() throws IOException {
        byte[] content = Samples.skewed(random, 1000, 100, 1.1);
        byte[] frame = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        long sum = XxHash64.checksum(content, 0, content.length);
        for (int fault : new int[] {-1, 0, 1, 2}) {
            var frames = new FrameTable(true);
            frames.add(frame.length, 1000 + fault % 2, fault == 2 ? sum ^ 1 : sum);
            byte[] file = Frames.concat(frame, frames.toBytes());
            SeekTable table = table(file);
            if (fault == 0) {
                assertThat(read(table, 0, file)).isEqualTo(content);
            } else {
                assertDamage(table, 0, file, 0, fault == 2 ? "another checksum" : "another size");
            }
        }
    }

    @Test
    void aChecksumOfNoContentMeansNothing() throws IOException {
        for (String frame : List.of("502a4d180100000000", "28b52ffd2000010000")) {
            byte[] bytes = HexFormat.of().parseHex(frame);
            var frames = new FrameTable(true);
            frames.add(bytes.length, 0, 0);
            byte[] file = Frames.concat(bytes, frames.toBytes());
            assertThat(read(table(file), 0, file)).isEmpty();
        }
    }

    @Test
    void aTableIsFoundByOneRead() throws IOException {
        byte[] file = Huffhash.compress(new byte[100 * FRAME], SEEKABLE);
        var probed = new ProbedChannel(file);
        assertThat(SeekTable.read(probed).orElseThrow().frames()).isEqualTo(100);
        assertThat(probed.reads).isEqualTo(1);
    }

    @Test
    void aTableThatIsBelievedCostsNoReadAtOpening() throws IOException {
        byte[] content = Samples.skewed(random, 300_001, 100, 1.1);
        for (var options : List.of(SEEKABLE, SEEKABLE.withoutChecksum())) {
            byte[] file = Huffhash.compress(content, options);
            var probed = new ProbedChannel(file);
            try (var channel = new HuffhashChannel(probed, Workers.CALLER, table(file))) {
                assertThat(probed.reads).isZero();
                assertThat(channel.isVerified()).isEqualTo(options.checksum());
                assertThat(channel.size()).isEqualTo(content.length);
                var target = ByteBuffer.allocate(150_000);
                assertThat(channel.read(target, 100_000)).isEqualTo(150_000);
                assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, 100_000, 250_000));
            }
        }
    }

    @Test
    void aBelievedTableThatLiesFailsWhereItIsRead() throws IOException {
        byte[] file = Huffhash.compress(Samples.skewed(random, 300_001, 100, 1.1), SEEKABLE);
        int entry = file.length - 9 - 3 * 12; // of the third frame
        file[entry + 4] ^= 1; // its content
        try (var channel =
                new HuffhashChannel(new ProbedChannel(file), Workers.CALLER, table(file))) {
            assertThat(channel.read(ByteBuffer.allocate(100), 0)).isEqualTo(100);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(100), 2 * FRAME))
                    .isInstanceOf(HuffhashFormatException.class);
        }
    }

    /** Decoding such a frame as a whole could take more memory than there is. */
    @Test
    void aBelievedTableWithAHugeFrameIsComparedWithTheHeaders() throws IOException {
        byte[] content = new byte[(16 << 20) + 1];
        byte[] frame = Huffhash.compress(content);
        var frames = new FrameTable(false);
        frames.add(frame.length, content.length, 0);
        byte[] file = Frames.concat(frame, frames.toBytes());
        var probed = new ProbedChannel(file);
        try (var channel = new HuffhashChannel(probed, Workers.CALLER, table(file))) {
            assertThat(probed.reads).isPositive();
            assertThat(channel.size()).isEqualTo(content.length);
        }
        frames.add(8, 0, 0);
        byte[] lie = Frames.concat(frame, new byte[8], frames.toBytes());
        assertThatThrownBy(() ->
                        new HuffhashChannel(new ProbedChannel(lie), Workers.CALLER, table(lie)))
                .isInstanceOf(HuffhashFormatException.class);
    }
}
