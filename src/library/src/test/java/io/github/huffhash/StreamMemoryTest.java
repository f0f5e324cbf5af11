package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams and channels take no more memory than their Javadoc says. */
class StreamMemoryTest {
    private static final int COUNT = 50;
    private static final int KB = 1000;

    /** The header of a frame, and a block of one byte. */
    private static final byte[] HEADER = {
        0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0x38, 8, 0, 0, 'x'
    };

    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, 1_000_000, 256, 1);
    private final byte[] file = Huffhash.compress(content);

    /** Makes something that is measured. */
    @FunctionalInterface
    private interface Maker {
        AutoCloseable make() throws IOException;
    }

    /** Bytes of the heap for each of many of a kind. */
    private static long bytesEach(String what, Maker maker) throws Exception {
        maker.make().close(); // what all share
        List<AutoCloseable> all = new ArrayList<>();
        long before = Heap.usedBytes();
        for (int i = 0; i < COUNT; i++) {
            all.add(maker.make());
        }
        long each = (Heap.usedBytes() - before) / COUNT;
        for (AutoCloseable one : all) {
            one.close();
        }
        System.out.println(what + ": " + each + " bytes");
        return each;
    }

    private HuffhashInputStream input(Workers workers, int bytesRead) throws IOException {
        var in = new HuffhashInputStream(new ByteArrayInputStream(file), workers);
        in.skipNBytes(bytesRead);
        return in;
    }

    private HuffhashOutputStream output(Workers workers, int bytesWritten) throws IOException {
        var out =
                new HuffhashOutputStream(
                        OutputStream.nullOutputStream(), CompressOptions.DEFAULT, workers);
        out.write(content, 0, bytesWritten);
        return out;
    }

    @Test
    void streamsOfTheCallerAreSmall() throws Exception {
        assertThat(bytesEach("idle input", () -> input(Workers.CALLER, 0))).isLessThan(20 * KB);
        assertThat(bytesEach("active input", () -> input(Workers.CALLER, 300_000)))
                .isLessThan(170 * KB);
        assertThat(bytesEach("idle output", () -> output(Workers.CALLER, 0))).isLessThan(150 * KB);
        assertThat(bytesEach("active output", () -> output(Workers.CALLER, 300_000)))
                .isLessThan(550 * KB);
    }

    /**
     * Short matches one behind the other: as many sequences as a block may have, or nearly. They
     * are always the same, since it depends on them how libzstd cuts them into blocks.
     */
    @Test
    void sequencesTakeTwoMegabytes() throws Exception {
        var random = new Random(1);
        byte[] tokens = new byte[300_000];
        for (int i = 0; i < tokens.length; i += 3) {
            int token = random.nextInt(4000);
            tokens[i] = (byte) token;
            tokens[i + 1] = (byte) (token >>> 8);
            tokens[i + 2] = 77;
        }
        byte[] bySequences;
        try (var context = new ZstdCompressCtx()) {
            bySequences = context.setLevel(19).setWindowLog(17).compress(tokens);
        }
        Maker maker =
                () -> {
                    var in = new HuffhashInputStream(new ByteArrayInputStream(bySequences));
                    in.skipNBytes(290_000);
                    return in;
                };
        assertThat(bytesEach("input with sequences", maker)).isBetween(700L * KB, 2000L * KB);
    }

    @Test
    void streamsWithWorkersTakeAFewMegabytesForEach() throws Exception {
        var workers = Workers.threads(2);
        assertThat(bytesEach("idle input, 2 threads", () -> input(workers, 0))).isLessThan(20 * KB);
        assertThat(bytesEach("active input, 2 threads", () -> input(workers, 300_000)))
                .isLessThan(5000 * KB);
        assertThat(bytesEach("active output, 2 threads", () -> output(workers, 900_000)))
                .isLessThan(5000 * KB);
    }

    @Test
    void blocksWithoutContentTakeNoMoreThanOthers() throws Exception {
        byte[] blocks = new byte[HEADER.length + 6_000_000];
        System.arraycopy(HEADER, 0, blocks, 0, HEADER.length);
        for (var workers : List.of(Workers.CALLER, Workers.threads(2))) {
            long before = Heap.usedBytes();
            try (var in = new HuffhashInputStream(new ByteArrayInputStream(blocks), workers)) {
                assertThat(in.read()).isEqualTo('x');
                assertThat(Heap.usedBytes() - before)
                        .isLessThan((600 + 10_000L * workers.count()) * KB);
            }
        }
    }

    /** A window of 16 MiB, and blocks that arrive one by one and fill a quarter of a buffer. */
    @Test
    void aWindowTakesUpToHalfMoreThanItsSize() throws Exception {
        var file = new ByteArrayOutputStream();
        file.write(HexFormat.of().parseHex("28b52ffd0070"));
        for (int i = 0; i < 600; i++) {
            file.write(HexFormat.of().parseHex("820e0800")); // 66,000 times the same byte
        }
        var source =
                new FilterInputStream(new ByteArrayInputStream(file.toByteArray())) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return super.read(into, offset, Math.min(length, 4));
                    }

                    @Override
                    public int available() {
                        return 0;
                    }
                };
        long before = Heap.usedBytes();
        try (var in = new HuffhashInputStream(source, Workers.threads(2))) {
            in.skipNBytes(500 * 66_000);
            assertThat(Heap.usedBytes() - before).isLessThan((24_000 + 2 * 10_000) * KB);
        }
    }

    @Test
    void aChannelKeepsOneSlice() throws Exception {
        assertThat(bytesEach("idle channel", () -> channel(false))).isLessThan(10 * KB);
        assertThat(bytesEach("active channel", () -> channel(true))).isLessThan(150 * KB);
    }

    private HuffhashChannel channel(boolean active) throws IOException {
        var channel = new HuffhashChannel(new ProbedChannel(file));
        if (active) {
            assertThat(channel.read(ByteBuffer.allocate(1), 500_000)).isEqualTo(1);
        }
        return channel;
    }

    @Test
    @Timeout(120)
    void aThousandInputStreamsAtOnceFitInto256Megabytes() throws Exception {
        assertThat(OtherJvm.run(ManyStreams.class, "-Xmx256m")).containsExactly("done");
    }
}
