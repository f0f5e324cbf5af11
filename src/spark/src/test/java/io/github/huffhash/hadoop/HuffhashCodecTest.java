package io.github.huffhash.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.HuffhashFormatException;
import io.github.huffhash.Inputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplittableCompressionCodec.READ_MODE;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codec's streams, without readers of lines. */
@SuppressWarnings("NullAway") // Hadoop's pools give null
class HuffhashCodecTest {
    @TempDir Path folder;
    private final Random random = Inputs.random();
    private final byte[] content = Inputs.lines(random, 4 * Inputs.FRAME + 1000, 100, "\n");
    private final HuffhashCodec codec = new HuffhashCodec();

    private static FSDataInputStream open(Path file) throws IOException {
        return FileSystem.getLocal(new Configuration())
                .open(new org.apache.hadoop.fs.Path(file.toUri()));
    }

    private InputStream split(Path file, long start, long end) throws IOException {
        return codec.createInputStream(open(file), null, start, end, READ_MODE.BYBLOCK);
    }

    private byte[] compressed(Configuration configuration) throws IOException {
        codec.setConf(configuration);
        var file = new ByteArrayOutputStream();
        try (var out = codec.createOutputStream(file)) {
            out.write(content[0]);
            out.flush(); // a frame does not end here
            out.write(content, 1, content.length - 1);
        }
        return file.toByteArray();
    }

    @Test
    void whatIsWrittenIsTheSeekableFileOfTheTool() throws IOException {
        var configuration = new Configuration(false);
        assertThat(compressed(configuration))
                .isEqualTo(Huffhash.compress(content, CompressOptions.DEFAULT.seekable(4 << 20)));
        configuration.set(HuffhashCodec.FRAME_SIZE, "64K");
        assertThat(compressed(configuration)).isEqualTo(Inputs.seekable(content));
        configuration.set(HuffhashCodec.FRAME_SIZE, "1K");
        assertThatThrownBy(() -> compressed(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a frame of 1024 bytes");
        configuration.set(HuffhashCodec.FRAME_SIZE, "4G");
        assertThatThrownBy(() -> compressed(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(HuffhashCodec.FRAME_SIZE + ": a frame of 4294967296 bytes");
    }

    @Test
    void theConfigurationNamesTheCodec() {
        var configuration = new Configuration(false);
        configuration.set("io.compression.codecs", HuffhashCodec.class.getName());
        var factory = new CompressionCodecFactory(configuration);
        assertThat(factory.getCodec(new org.apache.hadoop.fs.Path("a.zst")))
                .isInstanceOfSatisfying(
                        HuffhashCodec.class,
                        found -> assertThat(found.getConf()).isSameAs(configuration));
        assertThat(factory.getCodec(new org.apache.hadoop.fs.Path("a.gz")))
                .isNotInstanceOf(HuffhashCodec.class);
    }

    @Test
    void noBytesAreAskedForAndNoneAreGiven() throws IOException {
        Path file = Inputs.file(folder, "a.zst", Inputs.seekable(content));
        byte[] none = new byte[1];
        for (InputStream in :
                new InputStream[] {codec.createInputStream(open(file)), split(file, 0, 1)}) {
            try (in) {
                var all = new ByteArrayOutputStream();
                int next = 0;
                while (next >= 0) {
                    assertThat(in.read(none, 0, 0)).isZero();
                    all.write(next == 0 ? none : new byte[0], 0, 0);
                    byte[] part = in.readNBytes(1 + random.nextInt(100_000));
                    all.writeBytes(part);
                    next = part.length == 0 ? -1 : part.length;
                }
                assertThat(all.toByteArray()).isEqualTo(content);
            }
        }
    }

    @Test
    void theRestOfASplitIsTheRestOfTheFile() throws IOException {
        Path file = Inputs.file(folder, "a.zst", Inputs.seekable(content));
        try (InputStream in = split(file, 1, Long.MAX_VALUE)) {
            assertThat(in.read()).isEqualTo(content[Inputs.FRAME]);
            assertThat(in.readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(content, Inputs.FRAME + 1, content.length));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void recordsOfASequenceFileAreCompressed() throws IOException {
        var configuration = new Configuration();
        configuration.set("io.compression.codecs", HuffhashCodec.class.getName());
        for (var type : SequenceFile.CompressionType.values()) {
            var path = new org.apache.hadoop.fs.Path(folder.resolve(type.name()).toUri());
            codec.setConf(configuration);
            try (var writer =
                    SequenceFile.createWriter(
                            configuration,
                            SequenceFile.Writer.file(path),
                            SequenceFile.Writer.keyClass(NullWritable.class),
                            SequenceFile.Writer.valueClass(BytesWritable.class),
                            SequenceFile.Writer.compression(type, codec))) {
                for (byte[] piece : Inputs.cut(content, 30_000)) {
                    writer.append(NullWritable.get(), new BytesWritable(piece));
                }
            }
            var all = new ByteArrayOutputStream();
            try (var reader =
                    new SequenceFile.Reader(configuration, SequenceFile.Reader.file(path))) {
                var value = new BytesWritable();
                while (reader.next(NullWritable.get(), value)) {
                    all.writeBytes(value.copyBytes());
                }
            }
            assertThat(all.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void damageIsFoundInTheSplitThatHasIt() throws IOException {
        byte[] good = Inputs.seekable(content);
        int failures = 0;
        for (int i = 0; i < 100; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(good.length - 200); // frames alone
            int bit = random.nextInt(8);
            bad[at] ^= (byte) (1 << bit);
            Path file = Inputs.file(folder, "bad.zst", bad);
            try (InputStream in = split(file, 0, good.length)) {
                // some ten bits of a frame change nothing: unused ones, the size of the window
                assertThat(in.readAllBytes()).as("bit %d of %d", bit, at).isEqualTo(content);
            } catch (HuffhashFormatException e) {
                assertThat(e.offset()).isBetween(0L, (long) good.length);
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(90);
        byte[] cut = Arrays.copyOf(good, good.length / 2); // no table is left, one split
        Path file = Inputs.file(folder, "cut.zst", cut);
        assertThatThrownBy(() -> split(file, 0, cut.length).readAllBytes())
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageStartingWith("offset " + cut.length + ": truncated");
    }

    @Test
    void damageOfFramesWithSequencesIsFoundToo() throws IOException {
        byte[] frame;
        try (var compressor = new ZstdCompressCtx()) {
            frame = compressor.setChecksum(true).compress(content);
        }
        List<byte[]> frames = List.of(frame, frame);
        byte[] good = Inputs.seekable(frames, List.of(content.length, content.length));
        byte[] lie = Inputs.seekable(frames, List.of(content.length, content.length + 1));
        byte[] less = Inputs.seekable(frames, List.of(content.length, content.length - 1));
        byte[] bad = good.clone();
        bad[frame.length + frame.length / 2] ^= 16;
        for (byte[] file : List.of(lie, less, bad)) {
            Path path = Inputs.file(folder, "bad.zst", file);
            try (InputStream in = split(path, 0, file.length)) {
                assertThat(in.readNBytes(content.length)).isEqualTo(content);
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOfSatisfying(
                                HuffhashFormatException.class,
                                e ->
                                        assertThat(e.offset())
                                                .isBetween((long) frame.length, 2L * frame.length));
            }
        }
    }

    /** A flipped bit of the table: an error, or no table, but never other content. */
    @Test
    void aTableThatLiesNeverChangesTheContent() throws IOException {
        byte[] good = Inputs.seekable(content);
        int tableBytes = 8 + 5 * 12 + 9;
        int failures = 0;
        for (int bit = 0; bit < tableBytes * 8; bit++) {
            byte[] bad = good.clone();
            bad[good.length - tableBytes + bit / 8] ^= (byte) (1 << bit % 8);
            Path file = Inputs.file(folder, "lie.zst", bad);
            try (InputStream in = split(file, 0, good.length)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            } catch (HuffhashFormatException e) {
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(250);
    }

    @Test
    void aFileThatIsOverwrittenWhileItIsReadFails() throws IOException {
        byte[] other = content.clone();
        other[3 * Inputs.FRAME + 5] ^= 1;
        Path file = Inputs.file(folder, "replaced.zst", Inputs.seekable(content));
        try (InputStream in = split(file, 0, 1)) {
            assertThat(in.readNBytes(Inputs.FRAME)).hasSize(Inputs.FRAME);
            Files.write(file, Inputs.seekable(other), StandardOpenOption.WRITE); // the same file
            assertThatThrownBy(in::readAllBytes).isInstanceOf(HuffhashFormatException.class);
        }
    }

    /** What streams say of the rest is a hint: the end is found whatever they say. */
    @Test
    void theSizeIsFoundByReading() throws IOException {
        for (int available : new int[] {-1, 0, 1, 1000, 70_000, 500_000}) {
            for (long size : new long[] {0, 1, 65_535, 65_536, 65_537, 200_000, 3L << 30}) {
                if (size > Integer.MAX_VALUE && available >= 0) {
                    continue;
                }
                try (var channel =
                        HadoopChannel.of(new FSDataInputStream(new Zeros(size, available)))) {
                    assertThat(channel.size()).isEqualTo(size);
                }
            }
        }
    }

    @Test
    void aChannelOfAFileKeepsTheContractOfChannels() throws IOException {
        var channel = new HadoopChannel(new FSDataInputStream(new Zeros(10, -1)), 10);
        assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.position(9).read(ByteBuffer.allocate(4))).isEqualTo(1);
        assertThat(channel.position(Long.MAX_VALUE).read(ByteBuffer.allocate(4))).isEqualTo(-1);
        channel.close();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        List<ThrowingCallable> calls =
                List.of(
                        channel::size,
                        channel::position,
                        () -> channel.position(0),
                        () -> channel.read(ByteBuffer.allocate(1)));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(ClosedChannelException.class);
        }
    }

    /** So many zeros. */
    private static final class Zeros extends FSInputStream {
        private final long size;
        private final int hint;
        private long position;

        /**
         * @param hint what is available, or -1 for what is left
         */
        Zeros(long size, int hint) {
            this.size = size;
            this.hint = hint;
        }

        @Override
        public int available() {
            return hint < 0 ? (int) Math.min(Integer.MAX_VALUE, size - position) : hint;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }

        @Override
        public int read() {
            if (position >= size) {
                return -1;
            }
            position++;
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = (int) Math.min(length, size - position);
            if (length > 0 && count <= 0) {
                return -1;
            }
            position += count;
            return count;
        }
    }

    @Test
    void streamsAreClosedTwiceAndEmptyFilesAreRead() throws IOException {
        var file = new ByteArrayOutputStream();
        var out = codec.createOutputStream(file);
        out.write(content);
        out.close();
        int bytes = file.size();
        out.close();
        assertThat(file.size()).isEqualTo(bytes);
        byte[] empty = Inputs.seekable(new byte[0]);
        Path path = Inputs.file(folder, "empty.zst", empty);
        try (InputStream in = split(path, 0, empty.length)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void filesBehindEachOtherAreWrittenAndReadWithOneStream() throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out = codec.createOutputStream(file)) {
            out.write(content);
            out.finish();
            out.resetState();
            out.write(content);
        }
        Path path = Inputs.file(folder, "two.zst", file.toByteArray());
        try (InputStream in = split(path, 0, file.size())) {
            assertThat(in.readNBytes(content.length)).isEqualTo(content);
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void aSplitBehindTheBeginningStaysEmptyWhenItsStateIsReset() throws IOException {
        Path path = Inputs.file(folder, "one.zst", Huffhash.compress(content));
        try (var in = codec.createInputStream(open(path), null, 1, 100, READ_MODE.BYBLOCK)) {
            in.resetState();
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aStreamThatCannotBeSoughtIsReadToItsEnd() throws IOException {
        var in = new ByteArrayInputStream(Inputs.seekable(content));
        try (InputStream all = codec.createInputStream(in, null, 0, 100, READ_MODE.BYBLOCK)) {
            assertThat(all.readAllBytes()).isEqualTo(content);
        }
    }
}
