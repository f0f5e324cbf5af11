package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated frames that mix blocks with sequences and blocks of every other kind, read in every way
 * at once: all give the content that was put in.
 */
class SequenceFramesTest {
    private static final int MAX_BLOCK_BYTES = 128 << 10;
    private static final int WINDOW_OF_8_MIB = 0x68;

    private final Random random = Seeds.random();

    /**
     * A file, and where in it blocks end.
     *
     * @param cuts these places
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(byte[] file, byte[] content, TreeSet<Integer> cuts) {
        static Sample of(HandmadeFrame frame, TreeSet<Integer> cuts) {
            return new Sample(frame.checked(), frame.content(), cuts);
        }

        Sample append(Sample other) {
            var all = new TreeSet<>(cuts);
            other.cuts.forEach(cut -> all.add(file.length + cut));
            return new Sample(
                    Frames.concat(file, other.file), Frames.concat(content, other.content), all);
        }
    }

    /** Gives no more at a time than up to the next cut, as a connection gives what has arrived. */
    private static final class PiecewiseStream extends InputStream {
        private final Sample sample;
        private final boolean knowsAvailable;
        private int at;

        PiecewiseStream(Sample sample, boolean knowsAvailable) {
            this.sample = sample;
            this.knowsAvailable = knowsAvailable;
        }

        @Override
        public int read() {
            return at == sample.file.length ? -1 : sample.file[at++] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == sample.file.length) {
                return -1;
            }
            int count = Math.min(length, piece());
            System.arraycopy(sample.file, at, into, offset, count);
            at += count;
            return count;
        }

        private int piece() {
            Integer cut = sample.cuts.higher(at);
            return (cut == null ? sample.file.length : cut) - at;
        }

        @Override
        public int available() {
            return knowsAvailable ? piece() : 0;
        }
    }

    @Test
    void contentOfOneStreamStaysWhileOthersRead() throws IOException {
        byte[] a = new byte[MAX_BLOCK_BYTES];
        byte[] b = new byte[MAX_BLOCK_BYTES];
        Arrays.fill(a, (byte) 'A');
        Arrays.fill(b, (byte) 'B');
        byte[] before = {1, 2, 3, 4, 5, 6, 7};
        byte[] first = new HandmadeFrame().raw(before).match(5, 3).raw(a).checked();
        byte[] second = new HandmadeFrame().raw(before).match(5, 3).raw(b).checked();
        try (var one = new HuffhashInputStream(new ByteArrayInputStream(first));
                var other = new HuffhashInputStream(new ByteArrayInputStream(second))) {
            assertThat(one.skip(10)).isEqualTo(10);
            assertThat(one.read()).isEqualTo('A');
            assertThat(other.skip(10)).isEqualTo(10);
            assertThat(other.read()).isEqualTo('B');
            assertThat(Arrays.equals(one.readNBytes(a.length - 1), Arrays.copyOf(a, a.length - 1)))
                    .isTrue();
            assertThat(one.read()).isEqualTo(-1);
        }
    }

    /** Small blocks that are kept together are more than a window, and than what a ring adds. */
    @Test
    void sequencesReferAcrossSmallBlocks() throws IOException {
        var frame = new HandmadeFrame(WINDOW_OF_8_MIB);
        var cuts = new TreeSet<Integer>();
        for (int i = 0; i < 144; i++) {
            cuts.add(frame.length());
            frame.rle((byte) i, i < 64 || i >= 80 ? 65_535 : MAX_BLOCK_BYTES);
        }
        cuts.add(frame.length());
        frame.match(7_500_000, 3);
        Sample sample = Sample.of(frame, cuts);
        assertAllReadersAgree(sample, () -> new PiecewiseStream(sample, false));
    }

    @Test
    void allReadersGiveTheSameContent() throws IOException {
        compareGenerated(12);
    }

    @Test
    @Tag("soak")
    void allReadersGiveTheSameContentOfManyFiles() throws IOException {
        compareGenerated(1500);
    }

    private void compareGenerated(int files) throws IOException {
        Sample before = sample();
        for (int i = 0; i < files; i++) {
            Sample sample = random.nextBoolean() ? sample() : sample().append(sample());
            assertAllReadersAgree(sample, () -> source(sample));
            assertInterleavedStreamsGive(before, sample);
            before = sample;
        }
    }

    /** A frame of runs of blocks: as sequences need, or large, or as many small ones. */
    private Sample sample() {
        int exponent = random.nextInt(14); // up to 8 MiB, and fractions
        int descriptor = exponent << 3 | random.nextInt(8);
        int window = (1 << (10 + exponent)) / 8 * (8 + (descriptor & 7));
        var frame = new HandmadeFrame(descriptor);
        var cuts = new TreeSet<Integer>();
        int content = 0;
        int mostBlock = Math.min(window, MAX_BLOCK_BYTES);
        int runs = 2 + random.nextInt(5);
        for (int run = 0; run < runs; run++) {
            int kind = random.nextInt(run == 0 ? 3 : 5);
            boolean many = random.nextInt(3) == 0;
            int most = Math.max(1, many ? mostBlock / (2 << random.nextInt(2)) - 1 : mostBlock);
            int blocks = 1 + random.nextInt(many ? 160 : 10);
            for (int i = 0; i < blocks; i++) {
                int length = random.nextInt(30) == 0 ? 1 + random.nextInt(most) : most;
                cuts.add(frame.length());
                content += block(frame, kind, length, Math.min(content, window));
            }
        }
        return Sample.of(frame, cuts);
    }

    /** Adds a block; returns how much content it has. */
    private int block(HandmadeFrame frame, int kind, int length, int reach) {
        switch (kind) {
            case 0 -> frame.raw(bytes(length));
            case 1 -> frame.rle((byte) random.nextInt(), length);
            case 2 -> frame.plain(Samples.skewed(random, length, 60, 1.2));
            default -> {
                int near = 1 + (random.nextInt(3) == 0 ? random.nextInt(8) : 0);
                int back = random.nextBoolean() ? reach - reach / 50 : reach * 9 / 10 / near;
                if (back < 1) {
                    frame.raw(bytes(length));
                    return length;
                }
                int match = length > 400 && random.nextInt(3) > 0 ? length - 200 : 3;
                int literals = random.nextInt(Math.clamp(length - match, 1, 150));
                frame.match(back, match, bytes(literals));
                return match + literals;
            }
        }
        return length;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private InputStream source(Sample sample) {
        return random.nextInt(3) == 0
                ? new ByteArrayInputStream(sample.file)
                : new PiecewiseStream(sample, random.nextBoolean());
    }

    private static void assertAllReadersAgree(Sample sample, Supplier<InputStream> sources)
            throws IOException {
        assertSame(Huffhash.decompress(sample.file, sample.content.length), sample, "one call");
        assertSame(Libzstd.decodeStream(sample.file).orElseThrow(), sample, "zstd-jni");
        for (var workers : new Workers[] {Workers.CALLER, Workers.threads(1), Workers.threads(3)}) {
            try (var content = new HuffhashInputStream(sources.get(), workers)) {
                assertSame(content.readAllBytes(), sample, workers.count() + " workers");
            }
        }
        for (int workers : new int[] {1, 3}) {
            var out = new ByteArrayOutputStream();
            Huffhash.decompress(sources.get(), out, workers);
            assertSame(out.toByteArray(), sample, workers + " workers to a stream");
        }
    }

    /** Reads several files by turns in one thread, which share the buffers of the JVM. */
    private void assertInterleavedStreamsGive(Sample... samples) throws IOException {
        var streams = new HuffhashInputStream[samples.length];
        int[] at = new int[samples.length];
        for (int i = 0; i < samples.length; i++) {
            streams[i] = new HuffhashInputStream(source(samples[i]));
        }
        byte[] piece = new byte[MAX_BLOCK_BYTES];
        int open = samples.length;
        while (open > 0) {
            int i = random.nextInt(samples.length);
            byte[] content = samples[i].content;
            if (at[i] > content.length) {
                continue; // its end has been read
            }
            int wanted = 1 + random.nextInt(piece.length);
            int count = streams[i].read(piece, 0, wanted);
            if (count < 0) {
                assertThat(at[i]).isEqualTo(content.length);
                at[i]++;
                open--;
            } else {
                assertThat(Arrays.equals(piece, 0, count, content, at[i], at[i] + count))
                        .as("from %d on", at[i])
                        .isTrue();
                at[i] += count;
            }
        }
    }

    private static void assertSame(byte[] content, Sample sample, String reader) {
        assertThat(Arrays.mismatch(content, sample.content)).as(reader).isEqualTo(-1);
    }
}
