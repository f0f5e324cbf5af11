package io.github.huffhash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import io.airlift.compress.zstd.ZstdCompressor;
import io.github.huffhash.internal.zstd.FrameTable;
import io.github.huffhash.internal.zstd.Frames;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with sequences, as other tools write them. */
class SequencesTest {
    private static final int MAX_BYTES = 1 << 18;

    /** The window descriptor of 1 GiB: 2^(10 + 20) bytes. */
    private static final byte ONE_GIB = (byte) (20 << 3);

    private final Random random = Seeds.random();

    /** Words that come again near and far, with random bytes between them. */
    private byte[] repetitive(int length) {
        byte[] content = new byte[length];
        int at = 0;
        while (at < length) {
            int count = Math.min(length - at, 1 + (int) Math.exp(random.nextDouble() * 7));
            if (at == 0 || random.nextInt(4) == 0) {
                for (int i = 0; i < count; i++) {
                    content[at + i] = (byte) (random.nextInt(8) * random.nextInt(8));
                }
            } else {
                int back = 1 + (int) Math.min(at - 1, Math.exp(random.nextDouble() * 14));
                for (int i = 0; i < count; i++) {
                    content[at + i] = content[at - back + i];
                }
            }
            at += count;
        }
        return content;
    }

    private byte[] libzstd(byte[] content, int level, int windowLog) {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(random.nextBoolean());
            context.setContentSize(random.nextBoolean());
            if (windowLog > 0) {
                context.setWindowLog(windowLog);
            }
            return context.compress(content);
        }
    }

    /** The file of a stream that is flushed now and then, whose size is not known. */
    private byte[] flushed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(bytes, 1 + random.nextInt(5))) {
            out.setChecksum(random.nextBoolean());
            for (int at = 0; at < content.length; ) {
                int length = Math.min(content.length - at, 1 + random.nextInt(40_000));
                out.write(content, at, length);
                out.flush();
                at += length;
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] aircompressor(byte[] content) {
        var compressor = new ZstdCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, target, 0, target.length);
        return Arrays.copyOf(target, length);
    }

    private static void assertContent(byte[] file, byte[] content) throws IOException {
        assertThat(Arrays.equals(Decoders.all(file, content.length), content)).isTrue();
        var out = new ByteArrayOutputStream();
        Huffhash.decompress(new ByteArrayInputStream(file), out, 3);
        assertThat(Arrays.equals(out.toByteArray(), content)).isTrue();
    }

    @Test
    void filesOfOtherLibrariesAreRead() throws IOException {
        for (int length : new int[] {10, 100, 1000, 20_000, 131_072, 131_073, 700_000}) {
            byte[] content = repetitive(length);
            for (int level : new int[] {-5, 1, 3, 9, 19}) {
                assertContent(libzstd(content, level, 0), content);
            }
            assertContent(flushed(content), content);
            assertContent(aircompressor(content), content);
        }
    }

    @Test
    void contentManyTimesTheWindowIsRead() throws IOException {
        byte[] content = repetitive(2_500_000);
        for (int windowLog = 10; windowLog <= 20; windowLog++) {
            assertContent(libzstd(content, 3, windowLog), content);
        }
    }

    @Test
    void sequencesReferToBlocksThatHadNone() throws IOException {
        byte[] once = new byte[900_000];
        random.nextBytes(once);
        byte[] skewed = Samples.skewed(random, 300_000, 60, 1.05);
        byte[] content = Frames.concat(once, skewed, once, skewed);
        for (byte[] file : List.of(libzstd(content, 9, 23), flushed(content))) {
            assertContent(file, content);
        }
        byte[] drops = Arrays.copyOf(Samples.skewed(random, 60_000, 256, 1.0), 120_000);
        System.arraycopy(drops, 0, drops, 60_000, 60_000);
        var bytes = new ByteArrayOutputStream(); // blocks of a few bytes, which are kept together
        try (var out = new ZstdOutputStream(bytes, 3)) {
            for (int at = 0; at < 60_000; at += 10) {
                out.write(drops, at, 10);
                out.flush();
            }
            out.write(drops, 60_000, 60_000);
        }
        assertContent(bytes.toByteArray(), drops);
    }

    @Test
    void filesCanBeJoinedWithOthersInAnyOrder() throws IOException {
        byte[] content = repetitive(200_000);
        byte[] skewed = Samples.skewed(random, 300_000, 90, 1.02);
        List<byte[][]> files = new ArrayList<>();
        files.add(new byte[][] {libzstd(content, 3, 0), content});
        files.add(new byte[][] {libzstd(content, 19, 12), content});
        files.add(new byte[][] {flushed(content), content});
        files.add(new byte[][] {aircompressor(content), content});
        files.add(new byte[][] {Huffhash.compress(skewed), skewed});
        var seekable = CompressOptions.DEFAULT.seekable(1 << 16);
        files.add(new byte[][] {Huffhash.compress(skewed, seekable), skewed});
        for (int round = 0; round < 10; round++) {
            Collections.shuffle(files, random);
            byte[][] joined = new byte[2][0];
            for (byte[][] each : files) {
                joined[0] = Frames.concat(joined[0], each[0]);
                joined[1] = Frames.concat(joined[1], each[1]);
            }
            assertContent(joined[0], joined[1]);
        }
    }

    /** Small files with each kind of table, and a match. */
    private List<byte[]> smallFiles() {
        byte[] words = "again and again, and once more; ".repeat(8).getBytes(US_ASCII);
        return List.of(
                libzstd(words, 3, 0),
                libzstd(repetitive(600), 19, 0),
                libzstd(repetitive(3000), 1, 10),
                libzstd(new byte[100_000], 3, 17));
    }

    @Test
    void flipsAndTruncationsAreJudgedAsLibzstdDoes() {
        assertDamageIsJudgedAsLibzstdDoes(4, 6_000);
    }

    @Test
    @Tag("soak")
    void allFlipsAndTruncationsAreJudgedAsLibzstdDoes() {
        assertDamageIsJudgedAsLibzstdDoes(1, 100_000);
    }

    /** Flips one of so many bits, others in each run; does other damage so many times. */
    private void assertDamageIsJudgedAsLibzstdDoes(int distance, int rounds) {
        int refused = 0;
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            for (byte[] file : smallFiles()) {
                for (int bit = random.nextInt(distance); bit < 8 * file.length; bit += distance) {
                    byte[] damaged = file.clone();
                    damaged[bit / 8] ^= (byte) (1 << bit % 8);
                    refused += compare(damaged, libzstd) ? 0 : 1;
                }
                for (int length = 0; length < file.length; length++) {
                    assertThat(compare(Arrays.copyOf(file, length), libzstd)).isFalse();
                }
            }
            var mutations = new Mutations(random, smallFiles());
            for (int round = 0; round < rounds; round++) {
                refused += compare(mutations.damaged(), libzstd) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    /** Whether a damaged file could be read. */
    private static boolean compare(byte[] file, Libzstd libzstd) {
        Optional<byte[]> other = libzstd.decode(file);
        String hex = HexFormat.of().formatHex(file, 0, Math.min(file.length, 2000));
        try {
            byte[] content = Decoders.all(file, MAX_BYTES);
            if (other.isEmpty()) {
                assertThat(Differences.isWindowTooLargeForLibzstd(file)).as(hex).isTrue();
            } else {
                assertThat(Arrays.equals(content, other.get())).as(hex).isTrue();
            }
            return true;
        } catch (HuffhashFormatException e) {
            if (other.isPresent()) {
                assertThat(Differences.ofRefused(e.reason()))
                        .as("%s: %s", e.reason(), hex)
                        .isPresent();
            }
            return false;
        }
    }

    @Test
    void damageNeverPassesAChecksum() {
        byte[] content = repetitive(400);
        byte[] file;
        try (var context = new ZstdCompressCtx()) {
            file = context.setLevel(3).setChecksum(true).compress(content);
        }
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(Decoders.all(damaged, MAX_BYTES)).as("bit %d", bit).isEqualTo(content);
            } catch (HuffhashFormatException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    @Test
    void aWindowBeyondTheLimitIsRefusedAndTakesNoMemory() throws IOException {
        byte[] content = repetitive(5000);
        byte[] file;
        try (var context = new ZstdCompressCtx()) {
            file = context.setContentSize(false).setChecksum(false).compress(content);
        }
        assertThat(file[4] & 0x20).as("it has a window descriptor").isZero();
        file[5] = ONE_GIB;
        var in = new ByteArrayInputStream(file);
        assertThatThrownBy(() -> new HuffhashInputStream(in).readAllBytes())
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> assertThat(e.windowBytes()).hasValue(1L << 30))
                .hasMessage(
                        "offset 0: the frame needs a window of 1073741824 bytes, and 134217728"
                                + " are allowed");
        var allowed = DecompressOptions.DEFAULT.withMaxWindowBytes(1L << 30);
        try (var stream =
                new HuffhashInputStream(new ByteArrayInputStream(file), Workers.CALLER, allowed)) {
            long before = Heap.usedBytes();
            assertThat(stream.read()).isNotNegative();
            assertThat(Heap.usedBytes() - before).as("not 1 GiB").isLessThan(5 << 20);
            assertThat(stream.readAllBytes()).hasSize(content.length - 1);
        }
    }

    @Test
    void moreThanAllowedIsRefusedBehindTheContentBeforeIt() throws IOException {
        byte[] content = new byte[1 << 20];
        byte[] file = libzstd(content, 3, 17);
        var in = new ByteArrayInputStream(file);
        var options = DecompressOptions.DEFAULT.withMaxBytes(300_000);
        try (var stream = new HuffhashInputStream(in, Workers.CALLER, options)) {
            assertThatThrownBy(() -> stream.skipNBytes(300_001))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("more than the 300000 bytes allowed");
        }
        assertThatThrownBy(() -> Huffhash.decompress(file, content.length - 1))
                .hasMessageContaining("more than the 1048575 bytes allowed");
    }

    @Test
    void aChannelReadsFramesThatSayHowLargeTheyAre() throws IOException {
        byte[] content = repetitive(400_000);
        byte[] skewed = Samples.skewed(random, 300_000, 90, 1.02);
        byte[] file;
        try (var context = new ZstdCompressCtx()) {
            file = Frames.concat(context.compress(content), Huffhash.compress(skewed));
        }
        byte[] all = Frames.concat(content, skewed);
        try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
            assertThat(channel.size()).isEqualTo(all.length);
            for (int from : new int[] {0, 100_000, 399_990, 500_000}) {
                var target = ByteBuffer.allocate(1000);
                assertThat(channel.read(target, from)).isEqualTo(1000);
                assertThat(target.array()).isEqualTo(Arrays.copyOfRange(all, from, from + 1000));
            }
        }
        byte[] unknown = flushed(content);
        assertThatThrownBy(() -> new HuffhashChannel(new ProbedChannel(unknown)))
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> assertThat(e.hasSequences() && e.windowBytes().isEmpty()).isTrue())
                .hasMessageContaining("the frame has sequences");
    }

    /** As other tools make seekable files: frames say nothing, and a table says it all. */
    @Test
    void aChannelReadsFramesOfWhichASeekTableSaysHowLargeTheyAre() throws IOException {
        byte[] content = repetitive(400_000);
        byte[] file = {};
        var table = new FrameTable(true);
        for (int at = 0; at < content.length; at += 50_000) {
            byte[] part = Arrays.copyOfRange(content, at, at + 50_000);
            byte[] frame = flushed(part);
            file = Frames.concat(file, frame);
            table.add(frame.length, part.length, XxHash64.checksum(part, 0, part.length));
        }
        file = Frames.concat(file, table.toBytes());
        try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
            assertThat(channel.isVerified()).isTrue();
            var target = ByteBuffer.allocate(content.length);
            assertThat(channel.read(target)).isEqualTo(content.length);
            assertThat(Arrays.equals(target.array(), content)).isTrue();
        }
    }

    @Test
    void filesOfTheZstdCommandAreRead(@TempDir Path folder)
            throws IOException, InterruptedException {
        var command = ZstdCommand.find();
        assumeThat(command).as("zstd is installed").isPresent();
        byte[] content = repetitive(3_000_000);
        Path file = folder.resolve("file");
        Files.write(file, content);
        for (String options :
                List.of("-1", "-3", "-19 --long=27", "-3 -T2 -B512K", "--adapt", "-1 --long=24")) {
            List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
            arguments.addAll(List.of("-q", "-f", "file"));
            command.get().run(folder, arguments.toArray(String[]::new));
            assertContent(Files.readAllBytes(folder.resolve("file.zst")), content);
        }
    }
}
