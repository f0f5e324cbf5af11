package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of {@link Huffhash} from stream to stream. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BlockingCallsTest {
    private final Random random = Seeds.random();
    private final OwnThreads ownThreads = new OwnThreads();

    /** Content in pieces of random sizes, which remembers the threads that read it. */
    private final class Source extends InputStream {
        final Set<Thread> readers = ConcurrentHashMap.newKeySet();
        final AtomicInteger readingNow = new AtomicInteger();
        private final ByteArrayInputStream content;

        Source(byte[] content) {
            this.content = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            readers.add(Thread.currentThread());
            assertThat(readingNow.incrementAndGet()).isEqualTo(1);
            int count = content.read(into, offset, Math.min(length, 1 + random.nextInt(90_000)));
            readingNow.decrementAndGet();
            return count;
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    /** Remembers the threads that write to it. */
    private static final class Sink extends ByteArrayOutputStream {
        final Set<Thread> writers = ConcurrentHashMap.newKeySet();

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            writers.add(Thread.currentThread());
            super.write(bytes, from, count);
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void anyNumberOfWorkersWritesWhatOneCallWritesAndReadsItBack(int workers) throws IOException {
        for (int length : new int[] {0, 1, 65_536, 131_072, 131_073, 700_000, 3_000_000}) {
            byte[] content = Samples.skewed(random, length, 150, 1.05);
            for (var options : RoundTrips.ALL_OPTIONS) {
                byte[] expected = Huffhash.compress(content, options);
                var in = new Source(content);
                var file = new Sink();
                var size = OptionalLong.of(length);
                assertThat(Huffhash.compress(in, size, file, options, workers))
                        .isEqualTo(expected.length);
                assertThat(file.toByteArray()).isEqualTo(expected);
                var other = new Sink();
                assertThat(Huffhash.compress(new Source(content), other, options, workers))
                        .isEqualTo(other.size());
                assertThat(other.toByteArray())
                        .isEqualTo(CompressedBytes.stream(content, options, OptionalLong.empty()));
                var back = new Sink();
                var source = new Source(expected);
                assertThat(Huffhash.decompress(source, back, workers)).isEqualTo(length);
                assertThat(back.toByteArray()).isEqualTo(content);
            }
        }
    }

    @Test
    void oneWorkerIsTheCallerAlone() throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 150, 1.05);
        var in = new Source(content);
        var file = new Sink();
        Huffhash.compress(in, file, CompressOptions.DEFAULT, 1);
        var source = new Source(file.toByteArray());
        var back = new Sink();
        Huffhash.decompress(source, back, 1);
        for (var threads : List.of(in.readers, file.writers, source.readers, back.writers)) {
            assertThat(threads).containsExactly(Thread.currentThread());
        }
        assertThat(back.toByteArray()).isEqualTo(content);
    }

    /** The first result is not written before each of them has read. */
    @Test
    void workersTakeTurnsAtReadingAndAllOfThemWork() throws IOException {
        var all = new CountDownLatch(3);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        var in =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        if (all.getCount() == 0) {
                            return -1;
                        }
                        if (seen.add(Thread.currentThread())) {
                            all.countDown();
                        }
                        return length; // zeros, as long as not all have read
                    }
                };
        var out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        try {
                            all.await();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }
                };
        Huffhash.compress(in, out, CompressOptions.DEFAULT, 3);
        assertThat(seen).hasSize(3).doesNotContain(Thread.currentThread());
        assertThat(seen).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFailureToReadIsTheCallersAndLeavesNoThread(int workers) {
        byte[] content = Samples.skewed(random, 1_000_000, 150, 1.05);
        byte[] file = Huffhash.compress(content);
        var failure = new IOException("cable cut");
        assertThatThrownBy(() ->
                        Huffhash.compress(
                                failingAfter(content, failure),
                                OutputStream.nullOutputStream(),
                                CompressOptions.DEFAULT,
                                workers))
                .isSameAs(failure);
        assertThatThrownBy(() ->
                        Huffhash.decompress(
                                failingAfter(file, failure),
                                OutputStream.nullOutputStream(),
                                workers))
                .isSameAs(failure);
        assertThat(ownThreads.alive()).isEmpty();
    }

    private static InputStream failingAfter(byte[] bytes, IOException failure) {
        return new InputStream() {
            private final ByteArrayInputStream rest =
                    new ByteArrayInputStream(bytes, 0, bytes.length - 10);

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = rest.read(into, offset, length);
                if (count < 0) {
                    throw failure;
                }
                return count;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFailureToWriteOfAnyKindIsTheCallersAndLeavesNoThread(int workers) {
        byte[] content = Samples.skewed(random, 1_000_000, 150, 1.05);
        for (Throwable failure :
                List.of(new IOException("no room"), new OutOfMemoryError("none"), new Error())) {
            var full =
                    new OutputStream() {
                        private int writes;

                        @Override
                        public void write(int b) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public void write(byte[] bytes, int from, int count) throws IOException {
                            if (++writes == 3) {
                                switch (failure) {
                                    case IOException e -> throw e;
                                    case Error e -> throw e;
                                    default -> throw new AssertionError(failure);
                                }
                            }
                        }
                    };
            assertThatThrownBy(() ->
                            Huffhash.compress(
                                    new ByteArrayInputStream(content),
                                    full,
                                    CompressOptions.DEFAULT,
                                    workers))
                    .isSameAs(failure);
            assertThat(ownThreads.alive()).isEmpty();
        }
    }

    /** No interrupt is needed to stop: here reading clears it, again and again. */
    @Test
    void workersStopAfterAFailureThoughTheSourceSwallowsInterrupts() {
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        Thread.interrupted();
                        return length;
                    }
                };
        var failure = new IOException("no room");
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw failure;
                    }
                };
        assertThatThrownBy(() -> Huffhash.compress(endless, full, CompressOptions.DEFAULT, 3))
                .isSameAs(failure);
        assertThat(ownThreads.alive()).isEmpty();
    }

    /** Whatever fails: to read behind the last block, to decode one, or to stay in a limit. */
    @Test
    void contentBeforeAFailureIsWrittenWhateverTheNumberOfWorkers() throws IOException {
        byte[] content = Samples.skewed(random, 3_000_000, 60, 1.1);
        byte[] file = Huffhash.compress(content);
        byte[] longer = Arrays.copyOf(file, file.length + 10);
        byte[] damaged = file.clone();
        Arrays.fill(damaged, file.length / 2, file.length / 2 + 200, (byte) 0x55);
        var any = DecompressOptions.DEFAULT;
        for (int round = 0; round < 20; round++) {
            assertThat(written(longer, any, 4)).isEqualTo(content);
            assertThat(written(file, any.withMaxBytes(2_500_000), 4))
                    .isEqualTo(Arrays.copyOf(content, 2_500_000 / 131_072 * 131_072));
            assertThat(written(damaged, any, 4))
                    .hasSizeGreaterThan(1_000_000)
                    .isEqualTo(written(damaged, any, 1));
        }
    }

    private static byte[] written(byte[] file, DecompressOptions options, int workers) {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(file);
        assertThatThrownBy(() -> Huffhash.decompress(in, out, options, workers))
                .isInstanceOf(HuffhashFormatException.class);
        return out.toByteArray();
    }

    @Test
    void moreOrLessThanAnnouncedIsAFailure() {
        for (int announced : new int[] {0, 999, 1001, 131_072}) {
            assertThatThrownBy(() ->
                            Huffhash.compress(
                                    new ByteArrayInputStream(new byte[1000]),
                                    OptionalLong.of(announced),
                                    OutputStream.nullOutputStream(),
                                    CompressOptions.DEFAULT,
                                    2))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            announced
                                    + " bytes of content were announced, but there "
                                    + (announced < 1000 ? "are more" : "were 1000"));
        }
    }

    @Test
    void moreThanAnnouncedFailsBeforeTheSourceEnds() {
        var endless =
                new FilterInputStream(InputStream.nullInputStream()) {
                    private int left = 1 << 20;

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        left -= length;
                        assertThat(left).as("too much was read").isPositive();
                        return length;
                    }
                };
        for (int announced : new int[] {0, 1, 100_000}) {
            for (int workers : new int[] {1, 2}) {
                assertThatThrownBy(() ->
                                Huffhash.compress(
                                        endless,
                                        OptionalLong.of(announced),
                                        OutputStream.nullOutputStream(),
                                        CompressOptions.DEFAULT,
                                        workers))
                        .isInstanceOf(IOException.class)
                        .hasMessageEndingWith("were announced, but there are more");
            }
        }
    }

    @Test
    void anInterruptedCallerStopsTheWorkersAndStaysInterrupted() throws Exception {
        var end = new PipedOutputStream();
        var silent = new PipedInputStream(end);
        var interrupted =
                new FutureTask<>(() -> {
                    assertThatThrownBy(() ->
                                    Huffhash.compress(
                                            silent,
                                            OutputStream.nullOutputStream(),
                                            CompressOptions.DEFAULT,
                                            2))
                            .isInstanceOf(InterruptedIOException.class);
                    return Thread.interrupted();
                });
        var caller = new Thread(interrupted);
        caller.start();
        Waiting.until("the caller waits", () -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        assertThat(interrupted.get()).isTrue();
        assertThat(ownThreads.alive()).isEmpty();
        end.close();
    }

    /** A pipe that stays open: what has arrived is written before more is waited for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void blocksThatHaveArrivedAreWrittenBeforeMoreIsRead(int workers) throws Exception {
        byte[] content = Samples.skewed(random, 300_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withUnitBytes(30_000));
        var end = new PipedOutputStream();
        var in = new PipedInputStream(end, file.length);
        var out = new Sink();
        var done = new FutureTask<>(() -> Huffhash.decompress(in, out, workers));
        new Thread(done).start();
        end.write(file, 0, file.length / 2);
        end.flush();
        Waiting.until("content", () -> out.size() >= 120_000);
        end.write(file, file.length / 2, file.length - file.length / 2);
        end.close();
        assertThat(done.get()).isEqualTo(content.length);
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void argumentsAreChecked() {
        var in = new ByteArrayInputStream(new byte[10]);
        var out = OutputStream.nullOutputStream();
        assertThatThrownBy(() -> Huffhash.compress(in, out, CompressOptions.DEFAULT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at least one worker is needed, not 0");
        assertThatThrownBy(() -> Huffhash.decompress(in, out, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Huffhash.compress(in, OptionalLong.of(-1), out, CompressOptions.DEFAULT, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("content of -1 bytes");
    }
}
