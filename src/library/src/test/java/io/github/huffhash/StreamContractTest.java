package io.github.huffhash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.internal.zstd.Failure;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the two streams promise about threads, waiting, flushing and failures. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StreamContractTest {
    private final Random random = Seeds.random();

    static Stream<Named<Workers>> workers() {
        return Stream.of(
                Named.of("the caller", Workers.CALLER),
                Named.of("one thread", Workers.threads(1)),
                Named.of("three threads", Workers.threads(3)),
                Named.of("virtual", Workers.on(Executors.newVirtualThreadPerTaskExecutor(), 4)),
                Named.of("direct", Workers.on(Runnable::run, 2)),
                Named.of("discarding", Workers.on(task -> {}, 2)),
                Named.of(
                        "rejecting",
                        Workers.on(
                                task -> {
                                    throw new RejectedExecutionException();
                                },
                                2)));
    }

    /** Remembers who uses it. */
    private static final class Watched extends FilterInputStream {
        final Set<Thread> users = ConcurrentHashMap.newKeySet();

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            users.add(Thread.currentThread());
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            users.add(Thread.currentThread());
            return super.read(into, offset, length);
        }

        @Override
        public int available() throws IOException {
            users.add(Thread.currentThread());
            return super.available();
        }

        @Override
        public void close() throws IOException {
            users.add(Thread.currentThread());
            super.close();
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void onlyTheCallerUsesSourceAndSink(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 3_000_000, 120, 1.05);
        Set<Thread> writers = ConcurrentHashMap.newKeySet();
        var file =
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] bytes, int from, int count) {
                        writers.add(Thread.currentThread());
                        super.write(bytes, from, count);
                    }

                    @Override
                    public void close() {
                        writers.add(Thread.currentThread());
                    }
                };
        try (var out = new HuffhashOutputStream(file, CompressOptions.DEFAULT, workers)) {
            out.write(content);
        }
        var source = new Watched(new ByteArrayInputStream(file.toByteArray()));
        try (var in = new HuffhashInputStream(source, workers)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(writers).containsExactly(Thread.currentThread());
        assertThat(source.users).containsExactly(Thread.currentThread());
    }

    /** A stream that was closed early has read no more than it needed, and reads no more. */
    @ParameterizedTest
    @MethodSource("workers")
    void nothingIsReadAfterClose(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 3_000_000, 120, 1.05);
        var source = new ByteArrayInputStream(Huffhash.compress(content));
        var in = new HuffhashInputStream(source, workers);
        assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
        in.close();
        int left = source.available();
        assertThatThrownBy(in::read).hasMessage("the stream is closed");
        assertThatThrownBy(in::available).hasMessage("the stream is closed");
        assertThat(source.available()).isEqualTo(left);
    }

    /** The writer sends a message and waits for the answer before it goes on. */
    @ParameterizedTest
    @MethodSource("workers")
    void messagesArriveThroughAPipeAsSoonAsTheyAreFlushed(Workers workers) throws Exception {
        var end = new PipedOutputStream();
        var pipe = new PipedInputStream(end, 100); // less than a message
        var out = new HuffhashOutputStream(end, CompressOptions.DEFAULT, workers);
        try (var sender = Executors.newSingleThreadExecutor(); // a pipe knows its threads
                var in = new HuffhashInputStream(pipe, workers)) {
            for (int length : new int[] {1, 2, 10, 100, 5000, 131_072, 131_073, 400_000}) {
                byte[] message = Samples.skewed(random, length, 50, 1.1);
                var sent =
                        sender.submit(() -> {
                            out.write(message);
                            out.flush();
                            return true;
                        });
                assertThat(in.readNBytes(length)).isEqualTo(message);
                assertThat(sent.get()).isTrue();
            }
            var closed =
                    sender.submit(() -> {
                        out.close();
                        return true;
                    });
            assertThat(in.read()).isEqualTo(-1);
            assertThat(closed.get()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void messagesArriveThroughASocket(Workers workers) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var other = server.accept();
                var out =
                        new PrintStream(
                                new HuffhashOutputStream(
                                        client.getOutputStream(), CompressOptions.DEFAULT, workers),
                                false,
                                UTF_8);
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        new HuffhashInputStream(other.getInputStream(), workers),
                                        UTF_8))) {
            assertThat(in.ready()).isFalse();
            for (int i = 0; i < 20; i++) {
                String line = "message %d ".formatted(i).repeat(1 + random.nextInt(50));
                out.print(line + "\n");
                out.flush();
                Waiting.until("a line is ready", () -> isReady(in));
                assertThat(in.readLine()).isEqualTo(line);
                assertThat(in.ready()).isFalse();
            }
        }
    }

    private static boolean isReady(BufferedReader in) {
        try {
            return in.ready();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checksum, the next frame, a skippable frame: each of them may be late. */
    @ParameterizedTest
    @MethodSource("workers")
    void aWholeBlockIsDeliveredWhateverFollowsIt(Workers workers) throws IOException {
        for (int length : new int[] {1, 2, 10, 300}) {
            byte[] content = Samples.skewed(random, length, 4, 1.5);
            byte[] file = Huffhash.compress(content);
            var arrived =
                    new InputStream() {
                        private int at;

                        @Override
                        public int read() {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public int read(byte[] into, int offset, int count) {
                            int there = Math.min(count, available());
                            assertThat(there).as("it would wait").isPositive();
                            System.arraycopy(file, at, into, offset, there);
                            at += there;
                            return there;
                        }

                        @Override
                        public int available() {
                            return file.length - 4 - at;
                        }
                    };
            var in = new HuffhashInputStream(arrived, workers);
            assertThat(in.readNBytes(length)).isEqualTo(content);
        }
    }

    /** As streams that inflate do. */
    @ParameterizedTest
    @MethodSource("workers")
    void aSourceThatAlwaysHasOneByteAvailableMayHaveNone(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        var arrived =
                new FilterInputStream(new ByteArrayInputStream(file)) {
                    private int reads;

                    @Override
                    public int read(byte[] into, int offset, int count) throws IOException {
                        reads++;
                        assertThat(in.available()).as("it would wait").isPositive();
                        return super.read(into, offset, Math.min(count, 1000));
                    }

                    @Override
                    public int available() {
                        return 1;
                    }
                };
        var in = new HuffhashInputStream(arrived, workers);
        assertThat(in.readNBytes(content.length)).isEqualTo(content);
        assertThat(arrived.reads).isLessThan(2 * file.length / 1000);
    }

    static Stream<Arguments> failuresOfSources() {
        return workers()
                .flatMap(workers ->
                        Stream.of(
                                        new IOException("cable cut"),
                                        new UncheckedIOException(new IOException("cable cut")),
                                        new StackOverflowError())
                                .map(failure -> Arguments.of(workers, failure)));
    }

    @ParameterizedTest
    @MethodSource("failuresOfSources")
    void whatCameBeforeAFailureOfTheSourceIsDelivered(Workers workers, Throwable failure)
            throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 100, 1.1);
        byte[] file = Huffhash.compress(content);
        var source =
                new FilterInputStream(new ByteArrayInputStream(file)) {
                    @Override
                    public int read(byte[] into, int offset, int count) throws IOException {
                        int there = in.available() - file.length / 4;
                        if (there == 0) {
                            throw Failure.rethrown(failure);
                        }
                        return super.read(into, offset, Math.min(count, there));
                    }
                };
        var in = new HuffhashInputStream(source, workers);
        assertThat(in.readNBytes(600_000)).isEqualTo(Arrays.copyOf(content, 600_000));
        assertThatThrownBy(() -> in.readNBytes(content.length)).isSameAs(failure);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aSourceNeedNotKnowWhatItHasAvailable(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 100, 1.1);
        var source =
                new FilterInputStream(new ByteArrayInputStream(Huffhash.compress(content))) {
                    @Override
                    public int available() {
                        throw new UnsupportedOperationException();
                    }
                };
        assertThat(new HuffhashInputStream(source, workers).readAllBytes()).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("workers")
    void availableCountsWhatNeedsNoWaiting(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 500_000, 100, 1.1);
        try (var in =
                new HuffhashInputStream(
                        new ByteArrayInputStream(Huffhash.compress(content)), workers)) {
            var read = new ByteArrayOutputStream();
            while (read.size() < content.length) {
                int available = in.available();
                assertThat(available).isPositive();
                read.write(in.readNBytes(1 + random.nextInt(available)));
            }
            assertThat(read.toByteArray()).isEqualTo(content);
            assertThat(in.available()).isZero();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
        }
        byte[] damaged = Huffhash.compress(new byte[10]);
        damaged[5] = 0;
        damaged[10] |= 6; // a reserved block type
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(damaged), workers)) {
            assertThatThrownBy(in::available).isInstanceOf(HuffhashFormatException.class);
            assertThatThrownBy(in::read).isInstanceOf(HuffhashFormatException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aFlushedFileIsOneFrameWithTheSameContent(Workers workers) throws IOException {
        byte[] content = Samples.skewed(random, 500_000, 100, 1.1);
        for (var options :
                new CompressOptions[] {
                    CompressOptions.DEFAULT,
                    CompressOptions.DEFAULT.withUnitBytes(5000).withoutChecksum(),
                    CompressOptions.DEFAULT.seekable(65_536)
                }) {
            for (var size : new OptionalLong[] {OptionalLong.empty(), OptionalLong.of(500_000)}) {
                var file = new ByteArrayOutputStream();
                try (var out = new HuffhashOutputStream(file, options, workers, size)) {
                    for (int at = 0; at < content.length; ) {
                        int count = Math.min(content.length - at, random.nextInt(100_000));
                        out.write(content, at, count);
                        at += count;
                        out.flush();
                        assertThat(decompressedSoFar(file.toByteArray(), at))
                                .isEqualTo(Arrays.copyOf(content, at));
                    }
                }
                assertThat(Zstd.decompress(file.toByteArray(), content.length)).isEqualTo(content);
                assertThat(Decoders.all(file.toByteArray(), content.length)).isEqualTo(content);
                long frames =
                        Anatomy.of(file.toByteArray()).stream()
                                .filter(part -> part.startsWith("frame"))
                                .count();
                assertThat(frames).isEqualTo(options.frameBytes().isEmpty() ? 1 : 8);
            }
        }
    }

    private static byte[] decompressedSoFar(byte[] file, int length) throws IOException {
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file))) {
            return in.readNBytes(length);
        }
    }

    @Test
    void flushingWithoutNewContentWritesNothing() throws IOException {
        var file = new ByteArrayOutputStream();
        var out = new HuffhashOutputStream(file);
        out.flush();
        assertThat(file.size()).isZero();
        out.write(new byte[1000]);
        out.flush();
        int size = file.size();
        out.flush();
        out.flush();
        assertThat(file.size()).isEqualTo(size);
        out.close();
        assertThat(Anatomy.of(file.toByteArray()))
                .containsExactly("frame, checksum", "RLE", "raw"); // the last block is empty
        assertThat(Decoders.all(file.toByteArray(), 1000)).isEqualTo(new byte[1000]);
    }

    private static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("no room"),
                new IllegalStateException("surprise"),
                new OutOfMemoryError("no memory"));
    }

    /** Whatever is caught: the first failure, and it suppresses no copy of itself. */
    @ParameterizedTest
    @MethodSource("failures")
    void aSinkThatFailsTheSameWayTwiceIsOneFailure(Throwable failure) {
        byte[] content = Samples.skewed(random, 1_000_000, 256, 1);
        for (int writes = 0; writes < 12; writes++) {
            var sink = new FailingSink(failure, writes);
            assertThatThrownBy(
                            () -> {
                                try (var out = new HuffhashOutputStream(sink)) {
                                    out.write(content);
                                }
                            })
                    .isSameAs(failure);
            assertThat(sink.closed).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAFailureCloseDoesNotClaimThatTheFileIsComplete(Throwable failure) throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 256, 1);
        for (var workers : new Workers[] {Workers.CALLER, Workers.threads(2)}) {
            var sink = new FailingSink(failure, 3);
            var out = new HuffhashOutputStream(sink, CompressOptions.DEFAULT, workers);
            assertThatThrownBy(
                            () -> {
                                out.write(content);
                                out.flush();
                            })
                    .isSameAs(failure);
            sink.writesLeft = Integer.MAX_VALUE; // it would work again
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(out::finish).isInstanceOf(IOException.class);
            assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
            assertThatThrownBy(out::close)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the file is not complete: writing has failed")
                    .hasNoCause();
            assertThat(sink.closed).isTrue();
            assertThat(sink.writesLeft).isEqualTo(Integer.MAX_VALUE);
            out.close(); // nothing more happens
        }
    }

    @Test
    void aSourceThatFailsTheSameWayTwiceIsOneFailure() {
        var failure = new IOException("cable cut");
        var source =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw failure;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw failure;
                    }

                    @Override
                    public void close() throws IOException {
                        throw failure;
                    }
                };
        assertThatThrownBy(
                        () -> {
                            try (var in = new HuffhashInputStream(source)) {
                                in.read();
                            }
                        })
                .isSameAs(failure)
                .satisfies(StreamContractTest::requireNoCircle);
    }

    /** What closing throws is added to the failure: it must not lead back there. */
    private static void requireNoCircle(Throwable failure) {
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IOException.class);
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain("CIRCULAR");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfWritingIsNoCauseOfWhatClosingThrows(Throwable failure) {
        byte[] content = Samples.skewed(random, 1_000_000, 256, 1);
        assertThatThrownBy(
                        () -> {
                            try (var out = new HuffhashOutputStream(new FailingSink(failure, 3))) {
                                out.write(content);
                                out.flush();
                            }
                        })
                .isSameAs(failure)
                .satisfies(StreamContractTest::requireNoCircle);
    }

    @Test
    void aFileThatIsCompleteIsNotSaidToBeIncompleteIfFlushingFails() throws IOException {
        var sink =
                new ByteArrayOutputStream() {
                    @Override
                    public void flush() throws IOException {
                        throw new IOException("busy");
                    }
                };
        byte[] content = Samples.skewed(random, 1000, 256, 1);
        var out = new HuffhashOutputStream(sink);
        out.write(content);
        out.finish();
        assertThatThrownBy(out::flush).hasMessage("busy");
        assertThatThrownBy(out::close)
                .isInstanceOf(IOException.class)
                .hasMessage("flushing has failed");
        assertThat(Huffhash.decompress(sink.toByteArray(), 1000)).isEqualTo(content);
    }
}
