package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HuffhashStreamsTest {
    private final Random random = Seeds.random();

    private static Stream<Workers> workers() {
        return Stream.of(
                Workers.CALLER,
                Workers.threads(1),
                Workers.threads(3),
                Workers.on(Runnable::run, 2),
                Workers.on(Executors.newVirtualThreadPerTaskExecutor(), 5));
    }

    private static byte[] compress(byte[] content, CompressOptions options, Workers workers)
            throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out =
                new HuffhashOutputStream(file, options, workers, OptionalLong.of(content.length))) {
            out.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] decompress(InputStream file, Workers workers) throws IOException {
        try (var in = new HuffhashInputStream(file, workers)) {
            return in.readAllBytes();
        }
    }

    private static byte[] decompress(byte[] file, Workers workers) throws IOException {
        return decompress(new ByteArrayInputStream(file), workers);
    }

    @Test
    void workersCanBeReleasedWithoutClosingTheFile() throws IOException {
        var threads = new OwnThreads();
        byte[] content = Samples.skewed(random, 3_000_000, 150, 1.05);
        boolean[] closed = {false};
        var file =
                new ByteArrayInputStream(Huffhash.compress(content)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        try (var in = new HuffhashInputStream(file, Workers.threads(3))) {
            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
            in.release();
            assertThat(threads.alive()).isEmpty();
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
        assertThat(closed[0]).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workers")
    void anyWorkersWriteWhatOneCallWritesAndReadItBack(Workers workers) throws IOException {
        for (int length : new int[] {0, 1, 1000, 131_072, 131_073, 700_000, 3_000_000}) {
            byte[] content = Samples.skewed(random, length, 150, 1.05);
            for (var options :
                    new CompressOptions[] {
                        CompressOptions.DEFAULT,
                        CompressOptions.DEFAULT.withUnitBytes(5000).withoutChecksum(),
                        CompressOptions.DEFAULT.seekable(100_000)
                    }) {
                byte[] file = Huffhash.compress(content, options);
                assertThat(compress(content, options, workers)).isEqualTo(file);
                assertThat(decompress(file, workers)).isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void whatIsReadOfADamagedFileIsTheBeginningOfItsContent(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 150, 1.05);
        byte[] file = Huffhash.compress(content);
        byte[] cut = Arrays.copyOf(file, file.length - 1 - random.nextInt(file.length - 20));
        var out = new ByteArrayOutputStream();
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(cut), workers)) {
            assertThatThrownBy(() -> in.transferTo(out))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("truncated");
            assertThatThrownBy(in::read).isInstanceOf(HuffhashFormatException.class);
        }
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(content, out.size()));
    }

    @Test
    void bytesCanBeWrittenAndReadInPiecesOfAnySize() throws IOException {
        byte[] content = Samples.skewed(random, 600_000, 256, 1.02);
        var file = new ByteArrayOutputStream();
        try (var out =
                new HuffhashOutputStream(file, CompressOptions.DEFAULT, Workers.threads(2))) {
            for (int at = 0; at < content.length; ) {
                int count = Math.min(content.length - at, random.nextInt(100_000));
                if (count == 1) {
                    out.write(content[at]);
                } else {
                    out.write(content, at, count);
                }
                at += count;
                if (random.nextInt(8) == 0) {
                    out.flush();
                }
            }
        }
        assertThat(Zstd.decompress(file.toByteArray(), content.length)).isEqualTo(content);
        var read = new ByteArrayOutputStream();
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            byte[] buffer = new byte[70_000];
            for (int one = in.read(); one >= 0; one = in.read()) {
                read.write(one);
                int count = in.read(buffer, 0, random.nextInt(buffer.length));
                read.write(buffer, 0, Math.max(0, count));
            }
            assertThat(in.read(buffer, 0, 0)).isZero();
            assertThat(in.read(buffer)).isEqualTo(-1);
        }
        assertThat(read.toByteArray()).isEqualTo(content);
    }

    /** One byte at a time, as the slowest of pipes. */
    @Test
    void aPartComesAsSoonAsItsBlocksAreThere() throws IOException {
        byte[] content = Samples.skewed(random, 50_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withUnitBytes(10_000));
        int[] given = {0};
        var slow =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        if (given[0] == file.length) {
                            return -1;
                        }
                        into[offset] = file[given[0]++];
                        return 1;
                    }
                };
        var in = new HuffhashInputStream(slow);
        assertThat(in.readNBytes(10_000)).isEqualTo(Arrays.copyOf(content, 10_000));
        assertThat(given[0]).isLessThan(file.length / 3);
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10_000, 50_000));
    }

    @Test
    void framesAndSkippableFramesFollowEachOther() throws IOException {
        byte[] content = Samples.skewed(random, 300_000, 100, 1.1);
        byte[] frame = Huffhash.compress(content);
        byte[] skippable = new byte[200_008];
        skippable[0] = 0x57;
        skippable[1] = 0x2A;
        skippable[2] = 0x4D;
        skippable[3] = 0x18;
        skippable[4] = (byte) 200_000;
        skippable[5] = (byte) (200_000 >> 8);
        skippable[6] = (byte) (200_000 >> 16);
        var file =
                Stream.of(skippable, frame, skippable, skippable, frame)
                        .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                        .reduce(SequenceInputStream::new)
                        .orElseThrow();
        byte[] twice = Arrays.copyOf(content, 600_000);
        System.arraycopy(content, 0, twice, 300_000, 300_000);
        assertThat(decompress(file, Workers.threads(2))).isEqualTo(twice);
        assertThat(decompress(skippable, Workers.CALLER)).isEmpty();
    }

    @Test
    void anotherSizeThanAnnouncedIsAFailure() throws IOException {
        for (int announced : new int[] {0, 9, 11}) {
            var out =
                    new HuffhashOutputStream(
                            OutputStream.nullOutputStream(),
                            CompressOptions.DEFAULT,
                            Workers.CALLER,
                            OptionalLong.of(announced));
            out.write(new byte[10]);
            assertThatThrownBy(out::finish)
                    .hasMessage(announced + " bytes of content were announced, but there were 10");
        }
    }

    @Test
    void finishingAndClosingMoreThanOnceDoesNothing() throws IOException {
        var file = new ByteArrayOutputStream();
        var out = new HuffhashOutputStream(file);
        out.write(1);
        out.finish();
        byte[] whole = file.toByteArray();
        out.finish();
        out.flush();
        out.close();
        out.close();
        assertThat(file.toByteArray()).isEqualTo(whole);
        assertThatThrownBy(() -> out.write(1)).hasMessage("the stream is closed");
        assertThat(Huffhash.decompress(whole, 1)).containsExactly(1);

        var in = new HuffhashInputStream(new ByteArrayInputStream(whole));
        in.close();
        in.close();
        assertThatThrownBy(in::read).hasMessage("the stream is closed");
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aFailureToWriteIsNotForgotten(Workers workers) {
        var full =
                new OutputStream() {
                    private int room = 100_000;

                    @Override
                    public void write(int b) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        room -= count;
                        if (room < 0) {
                            throw new IOException("no room");
                        }
                    }
                };
        byte[] content = Samples.skewed(random, 1_000_000, 256, 1);
        var out = new HuffhashOutputStream(full, CompressOptions.DEFAULT, workers);
        assertThatThrownBy(
                        () -> {
                            out.write(content);
                            out.finish();
                        })
                .hasMessage("no room");
        assertThatThrownBy(() -> out.write(1)).hasMessage("no room");
        assertThatThrownBy(out::finish).hasMessage("no room");
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aFailureToReadIsTheReadersFailure(Workers workers) {
        byte[] file = Huffhash.compress(Samples.skewed(random, 1_000_000, 150, 1.05));
        var broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(file, 0, file.length / 2),
                        new BrokenInputStream(() -> new IOException("cable cut")));
        assertThatThrownBy(() -> decompress(broken, workers)).hasMessage("cable cut");
    }

    @Test
    void noWorkersAreRefused() {
        assertThatThrownBy(() -> Workers.threads(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRestCanBeTransferred() throws IOException {
        byte[] content = Samples.skewed(new Random(1), 300_000, 100, 1.1);
        var in = new HuffhashInputStream(new ByteArrayInputStream(Huffhash.compress(content)));
        assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(content, 1000));
        var rest = new ByteArrayOutputStream();
        assertThat(in.transferTo(rest)).isEqualTo(content.length - 1000);
        assertThat(rest.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1000, content.length));
    }

    /** Matches are copied from content that has been delivered already. */
    @ParameterizedTest
    @MethodSource("workers")
    void whoeverReceivesTheRestMayChangeTheArrays(Workers workers) throws IOException {
        byte[] part = Samples.skewed(new Random(1), 50_000, 100, 1.1);
        byte[] content = new byte[8 * part.length];
        for (int at = 0; at < content.length; at += part.length) {
            System.arraycopy(part, 0, content, at, part.length);
        }
        var rest = new ByteArrayOutputStream();
        var changing =
                new FilterOutputStream(rest) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        rest.write(bytes, offset, length);
                        Arrays.fill(bytes, offset, offset + length, (byte) 'x');
                    }
                };
        var file = new ByteArrayInputStream(Zstd.compress(content));
        try (var in = new HuffhashInputStream(file, workers)) {
            in.transferTo(changing);
        }
        assertThat(rest.toByteArray()).isEqualTo(content);
    }

    @Test
    void noOwnThreadIsAliveOnceAFileIsFinishedOrHasFailed() throws IOException {
        var own = new OwnThreads();
        byte[] content = Samples.skewed(new Random(1), 1_000_000, 100, 1.1);
        var out =
                new HuffhashOutputStream(
                        OutputStream.nullOutputStream(),
                        CompressOptions.DEFAULT,
                        Workers.threads(2));
        out.write(content);
        out.finish();
        assertThat(own.alive()).isEmpty();
        var more =
                new HuffhashOutputStream(
                        OutputStream.nullOutputStream(),
                        CompressOptions.DEFAULT,
                        Workers.threads(2),
                        OptionalLong.of(content.length + 1));
        more.write(content);
        assertThatThrownBy(more::close).isInstanceOf(IOException.class);
        assertThat(own.alive()).isEmpty();
    }
}
