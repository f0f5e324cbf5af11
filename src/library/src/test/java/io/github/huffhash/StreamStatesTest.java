package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the streams do when they are full, flushed, finished, or closed. */
class StreamStatesTest {
    private static final int UNIT = 1024;
    private static final CompressOptions SMALL_UNITS = CompressOptions.DEFAULT.withUnitBytes(UNIT);

    private final Random random = Seeds.random();

    /** A file in memory that counts flushes, and closings. */
    private static final class Sink extends ByteArrayOutputStream {
        int flushes;
        int closings;

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closings++;
        }
    }

    private static Stream<Workers> workers() {
        return Stream.of(
                Workers.CALLER, Workers.threads(1), Workers.threads(3), Workers.on(task -> {}, 2));
    }

    private byte[] noise(int length) {
        return Samples.skewed(random, length, 256, 1);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void nothingCanBeWrittenToAFinishedStream(Workers workers) throws IOException {
        var sink = new Sink();
        try (var out = new HuffhashOutputStream(sink, SMALL_UNITS, workers)) {
            out.write(noise(3 * UNIT));
            out.finish();
            byte[] whole = sink.toByteArray();
            assertThatThrownBy(() -> out.write(1)).hasMessage("the stream is finished");
            for (int length : new int[] {1, UNIT, 5 * UNIT}) {
                byte[] more = noise(length);
                assertThatThrownBy(() -> out.write(more)).hasMessage("the stream is finished");
                assertThatThrownBy(() -> out.write(more, 0, length))
                        .hasMessage("the stream is finished");
            }
            out.finish();
            assertThat(sink.toByteArray()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void nothingCanBeWrittenToAClosedStream(Workers workers) throws IOException {
        var sink = new Sink();
        var out = new HuffhashOutputStream(sink, SMALL_UNITS, workers);
        out.write(noise(3 * UNIT));
        out.close();
        byte[] whole = sink.toByteArray();
        assertThatThrownBy(() -> out.write(1)).hasMessage("the stream is closed");
        for (int length : new int[] {1, UNIT, 5 * UNIT}) {
            byte[] more = noise(length);
            assertThatThrownBy(() -> out.write(more)).hasMessage("the stream is closed");
            assertThatThrownBy(() -> out.write(more, 0, length)).hasMessage("the stream is closed");
        }
        out.close();
        assertThat(sink.toByteArray()).isEqualTo(whole);
        assertThat(sink.closings).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void singleBytesFillUnitsAndFramesAsArraysDo(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 150_000, 100, 1.1);
        for (var options :
                List.of(
                        SMALL_UNITS,
                        CompressOptions.DEFAULT,
                        CompressOptions.DEFAULT.withUnitBytes(50_000).seekable(70_001))) {
            var inOneCall = new Sink();
            try (var out = new HuffhashOutputStream(inOneCall, options, Workers.CALLER)) {
                out.write(content);
            }
            var byByte = new Sink();
            try (var out = new HuffhashOutputStream(byByte, options, workers)) {
                for (byte b : content) {
                    out.write(b);
                }
            }
            assertThat(byByte.toByteArray()).isEqualTo(inOneCall.toByteArray());
            assertThat(Huffhash.decompress(byByte.toByteArray(), content.length))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void flushingWritesWhatIsUnderWay(Workers workers) throws IOException {
        var sink = new Sink();
        byte[] content = noise(20 * UNIT); // raw blocks: as long in the file
        try (var out = new HuffhashOutputStream(sink, SMALL_UNITS, workers)) {
            out.write(content);
            out.flush();
            assertThat(sink.flushes).isEqualTo(1);
            assertThat(sink.size()).isGreaterThan(19 * UNIT);
            out.flush();
            assertThat(sink.flushes).isEqualTo(2);
        }
        assertThat(Huffhash.decompress(sink.toByteArray(), content.length)).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void flushingIsPassedOnThoughNothingWasWritten(Workers workers) throws IOException {
        var sink = new Sink();
        try (var out = new HuffhashOutputStream(sink, SMALL_UNITS, workers)) {
            out.flush();
            assertThat(sink.flushes).isEqualTo(1);
        }
        assertThat(Huffhash.decompress(sink.toByteArray(), 0)).isEmpty();
    }

    @Test
    void aFinishedStreamCanBeFlushedAndAClosedOneCannot() throws IOException {
        var sink = new Sink();
        var out = new HuffhashOutputStream(sink, SMALL_UNITS, Workers.CALLER);
        out.write(noise(10));
        out.finish();
        int before = sink.flushes;
        out.flush();
        assertThat(sink.flushes).isEqualTo(before + 1);
        out.close();
        assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
    }

    @Test
    void aFailureToFlushIsNotForgotten() throws IOException {
        var broken =
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void flush() throws IOException {
                        throw new IOException("pipe broken");
                    }
                };
        var out = new HuffhashOutputStream(broken);
        out.write(noise(10));
        assertThatThrownBy(out::flush).hasMessage("pipe broken");
        assertThatThrownBy(() -> out.write(1)).hasMessage("pipe broken");
        assertThatThrownBy(out::finish).hasMessage("pipe broken");
    }

    private static Stream<Workers> workersThatWork() {
        return Stream.of(Workers.CALLER, Workers.threads(2));
    }

    @ParameterizedTest
    @MethodSource("workersThatWork")
    void whatIsAvailableIsReadWithoutMoreOfTheFile(Workers workers) throws IOException {
        byte[] content = noise(100_000);
        try (var in =
                new HuffhashInputStream(
                        new ByteArrayInputStream(Huffhash.compress(content)), workers)) {
            for (int at = 0; at < content.length; ) {
                assertThat(in.read()).isEqualTo(content[at++] & 0xFF);
                if (at == content.length) {
                    break;
                }
                int available = in.available();
                assertThat(available).isBetween(1, content.length - at);
                int count = 1 + random.nextInt(available);
                assertThat(in.readNBytes(count)).hasSize(count);
                at += count;
            }
            assertThat(in.available()).isZero();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void nothingCanBeReadFromAClosedStream() throws IOException {
        var file = new ByteArrayInputStream(Huffhash.compress(noise(1000)));
        var in = new HuffhashInputStream(file);
        assertThat(in.read()).isNotNegative();
        in.close();
        assertThatThrownBy(in::available).hasMessage("the stream is closed");
        assertThatThrownBy(in::read).hasMessage("the stream is closed");
        assertThatThrownBy(() -> in.read(new byte[1])).hasMessage("the stream is closed");
        assertThatThrownBy(() -> in.read(new byte[1], 0, 0)).hasMessage("the stream is closed");
        assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
                .hasMessage("the stream is closed");
    }

    @ParameterizedTest
    @MethodSource("workers")
    void theSourceIsClosedOnceWithTheStream(Workers workers) throws IOException {
        int[] closings = {0};
        var file =
                new ByteArrayInputStream(Huffhash.compress(noise(300_000))) {
                    @Override
                    public void close() {
                        closings[0]++;
                    }
                };
        var in = new HuffhashInputStream(file, workers);
        assertThat(in.readNBytes(10)).hasSize(10);
        assertThat(closings[0]).isZero();
        in.close();
        in.close();
        assertThat(closings[0]).isEqualTo(1);
    }
}
