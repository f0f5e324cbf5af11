package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HuffhashInputStream#skip}: whole frames are passed over without decoding. */
class SkipTest {
    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, 500_000, 100, 1.1);

    private static HuffhashInputStream open(byte[] file, int workers) {
        return new HuffhashInputStream(
                new ByteArrayInputStream(file),
                workers == 0 ? Workers.CALLER : Workers.threads(workers));
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(content, from, to);
    }

    /** Another byte in a block, which its header does not show. */
    private byte[] damaged(byte[] frame) {
        byte[] damaged = frame.clone();
        damaged[frame.length / 2] ^= 1;
        assertThatThrownBy(() -> Huffhash.decompress(damaged, content.length))
                .isInstanceOf(HuffhashFormatException.class);
        return damaged;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void framesThatAreSkippedAsAWholeAreNotDecoded(int workers) throws IOException {
        byte[] frame = Huffhash.compress(part(0, 100_000));
        byte[] next = Huffhash.compress(part(100_000, 101_000));
        byte[] file = Frames.concat(next, damaged(frame), damaged(frame), next);

        try (var in = open(file, workers)) {
            assertThat(in.skip(500)).isEqualTo(500);
            assertThat(in.skip(200_500)).isEqualTo(200_500);
            assertThat(in.readAllBytes()).isEqualTo(part(100_000, 101_000));
        }
        try (var in = open(file, workers)) {
            assertThatThrownBy(
                            () -> {
                                in.skipNBytes(1_000 + 99_999);
                                in.readAllBytes();
                            })
                    .isInstanceOf(HuffhashFormatException.class);
            assertThatThrownBy(in::read).isInstanceOf(HuffhashFormatException.class);
        }
    }

    @Test
    void nothingBehindTheFramesIsRead() throws IOException {
        byte[] frame = Huffhash.compress(part(0, 300_000));
        var source = new ByteArrayInputStream(Frames.concat(frame, frame));
        try (var in = new HuffhashInputStream(source)) {
            assertThat(in.skip(300_000)).isEqualTo(300_000);
            assertThat(source.available()).isBetween(frame.length - 16 * 1024, frame.length);
        }
    }

    /** Frames with sequences, without a size, and empty; skippable ones; parts of a larger file. */
    private byte[] mixed() throws IOException {
        var options = CompressOptions.DEFAULT;
        var stream = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(stream)) {
            out.write(content, 200_000, 50_000);
        }
        return Frames.concat(
                Huffhash.compress(part(0, 160_000), options.seekable(65_536)),
                Zstd.compress(part(160_000, 200_000), 3),
                Frames.hex("50 2A 4D 18 02 00 00 00 01 02"),
                stream.toByteArray(),
                Huffhash.compress(new byte[0]),
                Huffhash.compress(part(250_000, 350_000), options.withoutChecksum()),
                Zstd.compress(part(350_000, 360_000), 19),
                Huffhash.compress(part(360_000, 500_000), options.withPlanes(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatIsReadBetweenIsWhatIsThere(int workers) throws IOException {
        byte[] file = mixed();
        for (int round = 0; round < 60; round++) {
            try (var in = open(file, workers)) {
                int at = 0;
                while (at < content.length) {
                    int skip = random.nextInt(1 << (1 + random.nextInt(18)));
                    int skipped = Math.min(skip, content.length - at);
                    assertThat(in.skip(skip)).isEqualTo(skipped);
                    at += skipped;
                    byte[] read = in.readNBytes(random.nextInt(1 << random.nextInt(17)));
                    assertThat(Arrays.equals(read, part(at, at + read.length))).isTrue();
                    at += read.length;
                }
                assertThat(in.skip(1)).isZero();
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void whatIsSkippedCountsForTheLimitOfContent() throws IOException {
        byte[] twice = Frames.concat(part(0, 500), part(0, 500)); // which libzstd finds
        var options = DecompressOptions.DEFAULT.withMaxBytes(1999);
        for (byte[] frame : List.of(Huffhash.compress(twice), Zstd.compress(twice, 3))) {
            InputStream file = new ByteArrayInputStream(Frames.concat(frame, frame));
            try (var in = new HuffhashInputStream(file, Workers.CALLER, options)) {
                assertThat(in.skip(1000)).isEqualTo(1000);
                assertThatThrownBy(() -> in.skip(1000)).hasMessageContaining("1999 bytes allowed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aFrameThatEndsEarlyIsNoticed(int workers) throws IOException {
        byte[] frame = Huffhash.compress(part(0, 300_000));
        for (int cut : List.of(1, 5, 1000, frame.length - 3)) {
            byte[] file = Arrays.copyOf(frame, frame.length - cut);
            try (var in = open(file, workers)) {
                assertThatThrownBy(() -> in.skip(300_000))
                        .isInstanceOfSatisfying(
                                HuffhashFormatException.class,
                                e -> assertThat(e.offset()).isEqualTo(file.length));
            }
        }
    }
}
