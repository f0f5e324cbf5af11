package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are not there, fail, or wait for each other. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class PipelineTest {
    private final OwnThreads ownThreads = new OwnThreads();
    private final byte[] content = Samples.skewed(new Random(1), 1_500_000, 150, 1.05);

    private byte[] compress(Workers workers) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(file, CompressOptions.DEFAULT, workers)) {
            out.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] decompress(byte[] file, Workers workers) throws IOException {
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file), workers)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aTaskOfAPoolCanUseThePoolThatIsBusyWithIt() throws Exception {
        try (ExecutorService one = Executors.newFixedThreadPool(1)) {
            byte[] file = one.submit(() -> compress(Workers.on(one, 1))).get();
            assertThat(one.submit(() -> decompress(file, Workers.on(one, 1))).get())
                    .isEqualTo(content);
        }
    }

    @Test
    void streamsThatFeedEachOtherCanShareAPool() throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2);
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            var pipe = new PipedInputStream(1000);
            var end = new PipedOutputStream(pipe);
            var written =
                    writer.submit(() -> {
                        try (var out =
                                new HuffhashOutputStream(
                                        end, CompressOptions.DEFAULT, Workers.on(two, 2))) {
                            out.write(content);
                        }
                        return true;
                    });
            try (var in = new HuffhashInputStream(pipe, Workers.on(two, 2))) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
            assertThat(written.get()).isTrue();
        }
    }

    private static Stream<Named<Executor>> unhelpfulExecutors() {
        return Stream.of(
                Named.of(
                        "rejects",
                        task -> {
                            throw new RejectedExecutionException("full");
                        }),
                Named.of(
                        "fails",
                        task -> {
                            throw new IllegalStateException("no threads today");
                        }),
                Named.of(
                        "has no memory",
                        task -> {
                            throw new OutOfMemoryError("unable to create native thread");
                        }),
                Named.of("runs in the caller", Runnable::run),
                Named.of(
                        "runs in the caller and fails then",
                        task -> {
                            task.run();
                            throw new RejectedExecutionException();
                        }),
                Named.of("discards", task -> {}),
                Named.of(
                        "runs twice",
                        task -> {
                            new Thread(task).start();
                            new Thread(task).start();
                        }));
    }

    @ParameterizedTest
    @MethodSource("unhelpfulExecutors")
    void noExecutorMakesCodingFail(Executor executor) throws IOException {
        byte[] file = Huffhash.compress(content);
        for (int count : new int[] {1, 3}) {
            var workers = Workers.on(executor, count);
            var written = new ByteArrayOutputStream();
            var size = OptionalLong.of(content.length);
            try (var out =
                    new HuffhashOutputStream(written, CompressOptions.DEFAULT, workers, size)) {
                out.write(content);
            }
            assertThat(written.toByteArray()).isEqualTo(file);
            assertThat(decompress(file, workers)).isEqualTo(content);
        }
    }

    /** Every second task is refused, and one thread is slow to start. */
    @Test
    void anExecutorThatRefusesOnceIsAskedAgain() throws IOException {
        var asked = new AtomicInteger();
        var helped = ConcurrentHashMap.<Thread>newKeySet();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Executor moody =
                    task -> {
                        if (asked.incrementAndGet() % 2 == 1) {
                            throw new RejectedExecutionException();
                        }
                        threads.execute(() -> {
                            helped.add(Thread.currentThread());
                            task.run();
                        });
                    };
            byte[] file = compress(Workers.on(moody, 2));
            assertThat(file).isEqualTo(compress(Workers.CALLER));
            assertThat(decompress(file, Workers.on(moody, 2))).isEqualTo(content);
        }
        assertThat(asked.get()).isGreaterThan(2);
        assertThat(helped).isNotEmpty();
    }

    /** A task that an executor runs after all is over finds nothing to do. */
    @Test
    void aTaskThatComesTooLateTouchesNothing() throws IOException {
        List<Runnable> kept = new ArrayList<>();
        byte[] file = compress(Workers.on(kept::add, 3));
        assertThat(decompress(file, Workers.on(kept::add, 3))).isEqualTo(content);
        assertThat(kept).isNotEmpty();
        kept.forEach(Runnable::run);
    }

    /** A pool whose threads are busy may have tasks in its queue for long. */
    @Test
    void anExecutorThatKeepsTasksDoesNotKeepClosedStreams() throws IOException {
        List<Runnable> kept = new ArrayList<>();
        var stream = new WeakReference<>(usedAndClosed(Workers.on(kept::add, 3)));
        Waiting.untilCollected(stream);
        assertThat(kept).hasSize(3);
    }

    private InputStream usedAndClosed(Workers workers) throws IOException {
        byte[] file = Huffhash.compress(content);
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file), workers)) {
            assertThat(in.read()).isEqualTo(content[0] & 0xFF);
            return in;
        }
    }

    /** Jobs block until they are let go, so that it is known who does them. */
    @Test
    void closeWaitsUntilNoWorkerIsActive() throws Exception {
        var begun = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var pipeline =
                new Pipeline<Integer, Integer>(
                        Workers.threads(2),
                        job -> {
                            begun.countDown();
                            Waiting.on(release);
                            ended.incrementAndGet();
                            return job;
                        });
        pipeline.submit(1);
        pipeline.submit(2);
        pipeline.submit(3);
        begun.await();
        var closing = new Thread(pipeline::close);
        closing.start();
        Waiting.until("close waits", () -> closing.getState() == Thread.State.WAITING);
        assertThat(ended.get()).isZero();
        closing.interrupt(); // it goes on waiting
        release.countDown();
        closing.join();
        assertThat(ended.get()).isEqualTo(2); // the third never began
        assertThat(ownThreads.alive()).isEmpty();
    }

    @Test
    void ownThreadsAllWorkAndResultsComeInOrder() throws IOException {
        var all = new CountDownLatch(3);
        var seen = ConcurrentHashMap.<Thread>newKeySet();
        try (var pipeline =
                new Pipeline<Integer, Integer>(
                        Workers.threads(3),
                        job -> {
                            if (seen.add(Thread.currentThread())) {
                                all.countDown();
                                Waiting.on(all);
                            }
                            return 10 * job;
                        })) {
            for (int i = 0; i < 20; i++) {
                pipeline.submit(i);
            }
            Waiting.on(all);
            for (int i = 0; i < 20; i++) {
                assertThat(pipeline.isEmpty()).isFalse();
                assertThat(pipeline.take()).isEqualTo(10 * i);
            }
            assertThat(pipeline.isEmpty()).isTrue();
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ownThreads.alive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aJobWithoutMemoryIsAFailureOfItsResult(int threads) {
        var workers = threads == 0 ? Workers.CALLER : Workers.threads(threads);
        try (var pipeline =
                new Pipeline<Integer, Integer>(
                        workers,
                        job -> {
                            throw new OutOfMemoryError("no room for scratch memory");
                        })) {
            pipeline.submit(1);
            pipeline.submit(2);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(pipeline::take).isInstanceOf(OutOfMemoryError.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void afterAFailureOfAnyKindNothingMoreIsRead(int threads) throws IOException {
        var workers = threads == 0 ? Workers.CALLER : Workers.threads(threads);
        byte[] file = Huffhash.compress(content);
        var broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(file, 0, file.length / 2),
                        new InputStream() {
                            @Override
                            public int read() {
                                throw new IllegalStateException("surprise");
                            }

                            @Override
                            public int read(byte[] into, int offset, int length) {
                                return read();
                            }
                        });
        try (var in = new HuffhashInputStream(broken, workers)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("surprise");
            assertThatThrownBy(in::read).hasMessage("reading has failed before");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void afterAFailureOfAnyKindTheFileIsNotCompleted(int threads) {
        var workers = threads == 0 ? Workers.CALLER : Workers.threads(threads);
        var written = new AtomicInteger();
        var surprise =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) {
                        if (written.addAndGet(count) > 300_000 && written.get() - count < 300_000) {
                            throw new IllegalStateException("surprise");
                        }
                    }
                };
        int[] before = {0};
        assertThatThrownBy(
                        () -> {
                            try (var out =
                                    new HuffhashOutputStream(
                                            surprise, CompressOptions.DEFAULT, workers)) {
                                try {
                                    out.write(content);
                                    out.finish();
                                } finally {
                                    before[0] = written.get();
                                }
                            }
                        })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("surprise")
                .satisfies(e ->
                        assertThat(e.getSuppressed())
                                .singleElement()
                                .isInstanceOf(IOException.class)
                                .asString()
                                .contains("the file is not complete"));
        assertThat(written.get()).isEqualTo(before[0]);
    }
}
