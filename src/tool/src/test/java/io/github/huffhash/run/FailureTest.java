package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.NamedPipes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.function.IOConsumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The first failure ends a run, wherever it happens and whatever the others wait for. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class FailureTest {
    /** Enough for several turns at reading in every mode. */
    private static final byte[] INPUT = TestBytes.uniform(300_000);

    private static final Expected EXPECTED = Expected.of(INPUT, 1024);
    private static final BlockWork<SignatureWork.Hashes> WORK = new SignatureWork(1024, 0);

    private final FailingSink sink = new FailingSink(Integer.MAX_VALUE, new IOException("unused"));

    @EachMode
    void aSourceThatFailsEndsTheRunWithItsFailure(Mode mode) {
        var broken = new IOException("read error");
        for (int size : new int[] {0, 1, 1024, 1025, 65_536, 200_000, 300_000}) {
            var partial = new FailingSink(Integer.MAX_VALUE, new IOException("unused"));
            var source =
                    new MemorySource(Arrays.copyOf(INPUT, size)) {
                        @Override
                        void atTheEnd() throws IOException {
                            throw broken;
                        }
                    };
            assertThatThrownBy(() -> run(mode, source, WORK, partial)).isSameAs(broken);
            partial.assertDelivered(EXPECTED);
            assertThat(partial.count()).isLessThanOrEqualTo(size / 1024);
            if (mode == Mode.SINGLE) {
                assertThat(partial.count()).isEqualTo(size / 1024);
            }
        }
    }

    @EachMode
    void aSourceThatFailsAndCouldGoOnForEverEndsTheRun(Mode mode) {
        var broken = new IOException("read error");
        var reads = new AtomicInteger();
        var source =
                new MemorySource(INPUT) {
                    @Override
                    public int read(byte[] into, int length) throws IOException {
                        if (reads.incrementAndGet() == 3) {
                            throw broken;
                        }
                        return length;
                    }
                };
        IOConsumer<SignatureWork.Hashes> nowhere = _ -> {};
        assertThatThrownBy(() -> run(mode, source, WORK, nowhere)).isSameAs(broken);
    }

    @EachMode
    void aSinkThatFailsEndsTheRunWithItsFailure(Mode mode) {
        for (int failing : new int[] {0, 1, 2}) {
            var full = new IOException("no space left");
            var failingSink = new FailingSink(failing, full);
            assertThatThrownBy(() -> run(mode, new MemorySource(INPUT), WORK, failingSink))
                    .isSameAs(full);
            failingSink.assertDelivered(EXPECTED);
        }
    }

    @EachMode
    void aSinkThatFailsWhileTheSourceBlocksEndsTheRun(Mode mode) {
        var full = new IOException("no space left");
        var failingSink = new FailingSink(0, full);
        assertThatThrownBy(() -> run(mode, new BlockedSource(INPUT), WORK, failingSink))
                .isSameAs(full);
        failingSink.assertDelivered(EXPECTED);
    }

    @EachMode
    void anErrorInTheSinkWhileTheSourceBlocksEndsTheRun(Mode mode) {
        var error = new StackOverflowError();
        var failingSink = new FailingSink(0, error);
        assertThatThrownBy(() -> run(mode, new BlockedSource(INPUT), WORK, failingSink))
                .isSameAs(error);
    }

    @EachMode
    void workThatFailsWhileTheSourceBlocksEndsTheRun(Mode mode) {
        var bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> run(mode, new BlockedSource(INPUT), new FailingWork(bug), sink))
                .isSameAs(bug);
        assertThat(sink.count()).isZero();
    }

    @EachMode
    void anOutOfMemoryErrorInTheWorkEndsTheRun(Mode mode) {
        var error = new OutOfMemoryError("made up");
        assertThatThrownBy(() -> run(mode, new MemorySource(INPUT), new FailingWork(error), sink))
                .isSameAs(error);
        assertThat(sink.count()).isZero();
    }

    @EachMode
    void aSinkThatFailsEndsARunThatWaitsForANamedPipe(Mode mode, @TempDir Path folder)
            throws Exception {
        Path pipe = NamedPipes.make(folder.resolve("pipe"));
        var full = new IOException("no space left");
        var writing =
                new FutureTask<>(() -> {
                    OutputStream out = Files.newOutputStream(pipe);
                    out.write(INPUT, 0, 200_000);
                    return out; // still open
                });
        Thread.ofPlatform().daemon().start(writing);
        try (var input = Input.open(pipe.toString())) {
            assertThatThrownBy(() -> run(mode, input, WORK, new FailingSink(0, full)))
                    .isSameAs(full);
        }
        closeQuietly(writing);
    }

    @EachMode
    void interruptingTheCallerEndsARunWhoseSourceBlocks(Mode mode) throws Exception {
        var source = new BlockedSource(INPUT);
        var running = new FutureTask<>(() -> run(mode, source, WORK, sink));
        Thread caller = Thread.ofPlatform().daemon().start(running);
        source.blocked.await();
        caller.interrupt();
        assertThatThrownBy(running::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        TestRun.assertNoThreadIsLeft();
        sink.assertDelivered(EXPECTED);
    }

    @EachMode
    void interruptingTheCallerEndsARunWhoseSourceNeverEnds(Mode mode) throws Exception {
        var source = new EndlessSource();
        var running = new FutureTask<>(() -> run(mode, source, WORK, new TestRun.HashSink()));
        Thread caller = Thread.ofPlatform().daemon().start(running);
        source.flowing.await();
        caller.interrupt();
        assertThatThrownBy(running::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        TestRun.assertNoThreadIsLeft();
    }

    private static void closeQuietly(FutureTask<OutputStream> writing) throws Exception {
        try (OutputStream out = writing.get()) {
            assertThat(out).isNotNull();
        } catch (ExecutionException e) {
            assertThat(e).hasRootCauseInstanceOf(IOException.class); // the reader went away
        }
    }

    private static RunStatistics run(
            Mode mode,
            BlockSource source,
            BlockWork<SignatureWork.Hashes> work,
            IOConsumer<SignatureWork.Hashes> sink)
            throws IOException {
        try {
            return TestRun.in(mode, TestRun.settings()).run(source, work, sink);
        } finally {
            TestRun.assertNoThreadIsLeft();
        }
    }
}
