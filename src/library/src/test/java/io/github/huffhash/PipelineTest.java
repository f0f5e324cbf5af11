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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are not there, fail, or wait for each other. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class PipelineTest {
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

    /** An executor that fails does not make anybody wait for what nobody does. */
    @Test
    void anExecutorThatThrowsIsAFailureAndNoEndlessWait() {
        Executor broken =
                task -> {
                    throw new IllegalStateException("no threads today");
                };
        assertThatThrownBy(() -> compress(Workers.on(broken, 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no threads today");
        assertThatThrownBy(() -> decompress(new byte[100], Workers.on(broken, 2)))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aWorkerThatCannotBeginIsAFailureOfItsResult(int threads) throws IOException {
        var workers = threads == 0 ? Workers.CALLER : Workers.threads(threads);
        try (var pipeline =
                new Pipeline<Integer, Integer>(
                        workers,
                        () -> Optional.of(1),
                        () -> {
                            throw new OutOfMemoryError("no room for scratch memory");
                        })) {
            pipeline.start();
            pipeline.start();
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
                .hasMessage("surprise");
        assertThat(written.get()).isEqualTo(before[0]);
    }
}
