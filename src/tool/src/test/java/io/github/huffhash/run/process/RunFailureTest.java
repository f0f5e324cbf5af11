package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.Waiting;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.run.process.Setup.InBackground;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong around the workers comes out as it is, and nothing stays behind. */
@Timeout(120)
class RunFailureTest {
    private static final int BLOCK = 1024;

    @TempDir private Path folder = Path.of("");

    @AfterEach
    void nothingIsLeft() {
        Setup.in(folder).assertNothingIsLeft();
    }

    private static BlockSource failingAfter(int blocks, IOException failure) {
        int[] read = {0};
        return Sources.of((_, length) -> {
            if (read[0]++ == blocks) {
                throw failure;
            }
            return length;
        });
    }

    @Test
    void aFailureOfTheInputComesOutAsItIs() {
        for (int blocks : new int[] {0, 7, 300}) {
            var failure = new IOException("input on fire");

            assertThatThrownBy(() -> Setup.in(folder).run(failingAfter(blocks, failure)))
                    .isSameAs(failure);
        }
    }

    @Test
    void anUncheckedFailureOfTheInputComesOutAsItIs() {
        var failure = new IllegalStateException("source out of order");

        assertThatThrownBy(() ->
                        Setup.in(folder)
                                .run(
                                        Sources.of((_, _) -> {
                                            throw failure;
                                        })))
                .isSameAs(failure);
    }

    @Test
    void aFailureOfTheSinkComesOutAsItIs() {
        var failure = new IOException("sink is full");
        int[] results = {0};

        assertThatThrownBy(() ->
                        Setup.in(folder)
                                .run(
                                        Sources.of(new byte[50 * BLOCK]),
                                        _ -> {
                                            if (++results[0] == 5) {
                                                throw failure;
                                            }
                                        }))
                .isSameAs(failure);
        assertThat(results[0]).isEqualTo(5);
    }

    @Test
    void aFailureOfTheSinkDoesNotWaitForMoreInput() {
        var failure = new IOException("sink is full");
        var source = new Sources.Held();
        source.give(new byte[BLOCK], BLOCK);

        assertThatThrownBy(() ->
                        Setup.in(folder)
                                .run(
                                        source,
                                        _ -> {
                                            throw failure;
                                        }))
                .isSameAs(failure);
    }

    @Test
    void aRunThatFailsHasNoThreadLeftThatReads() {
        var failure = new IOException("sink is full");
        var reading = new CountDownLatch(1);
        var stillReading = new AtomicBoolean(true);
        int[] read = {0};
        BlockSource slowToLeave =
                Sources.of((_, length) -> {
                    if (read[0]++ == 0) {
                        return length;
                    }
                    try {
                        reading.countDown();
                        new CountDownLatch(1).await();
                    } catch (InterruptedException _) {
                        LockSupport.parkNanos(300_000_000); // closes what it has open
                    }
                    stillReading.set(false);
                    throw new InterruptedIOException("interrupted");
                });

        assertThatThrownBy(() ->
                        Setup.in(folder)
                                .run(
                                        slowToLeave,
                                        _ -> {
                                            awaitUninterrupted(reading);
                                            throw failure;
                                        }))
                .isSameAs(failure);
        assertThat(stillReading).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anInterruptEndsTheRun() throws IOException {
        Setup setup = Setup.in(folder);
        try (InBackground run = setup.start(new Sources.Held())) {
            setup.awaitIdleWorkers();

            run.thread().interrupt();

            assertThatThrownBy(() -> run.outcome().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
            assertThat(setup.warnings()).isEmpty();
        }
    }

    @Test
    void aCallerThatIsInterruptedAlreadyIsToldSo() {
        Setup setup = Setup.in(folder);

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> setup.run(new byte[BLOCK]))
                    .isInstanceOf(IOException.class)
                    .message()
                    .contains("interrupted")
                    .doesNotContain("no room");
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void aRunFallsBackToADirectoryThatCanBeUsed() throws IOException {
        Path regular = Files.writeString(folder.resolve("regular"), "");
        Path good = Files.createDirectory(folder.resolve("good"));
        Setup setup =
                Setup.in(folder)
                        .withDirectories(
                                List.of(regular.resolve("below"), folder.resolve("missing"), good));
        byte[] bytes = Data.random(1, 3 * BLOCK, 256);

        assertThat(setup.run(bytes).hashes()).isEqualTo(Data.hashes(bytes, BLOCK));
        assertThat(setup.withDirectories(List.of(good)).files()).isEmpty();
        Files.delete(good);
        Files.delete(regular);
    }

    @Test
    void withoutAUsableDirectoryNoWorkerIsStarted() {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");

        assertThatThrownBy(
                        () -> Setup.in(folder).withDirectories(List.of(one, two)).run(new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("no room", one.toString(), two.toString());
    }

    @Test
    void twoRunsAtOnceDoNotMeet() throws InterruptedException, ExecutionException, IOException {
        byte[] one = Data.random(1, 40 * BLOCK, 256);
        byte[] two = Data.random(2, 40 * BLOCK, 30);
        Setup first = Setup.in(folder);
        Setup second = Setup.in(folder).withWorkers(1);
        var firstSource = new Sources.Held();
        var secondSource = new Sources.Held();
        try (InBackground firstRun = first.start(firstSource);
                InBackground secondRun = second.start(secondSource)) {
            Waiting.until("three workers are there", () -> Processes.workers().size() == 3);

            assertThat(Setup.regions()).hasSize(2);
            secondSource.give(two, BLOCK);
            firstSource.give(one, BLOCK);
            firstSource.end();
            assertThat(firstRun.outcome().get().hashes()).isEqualTo(Data.hashes(one, BLOCK));
            assertThat(Setup.regions()).hasSize(1);
            secondSource.end();
            assertThat(secondRun.outcome().get().hashes()).isEqualTo(Data.hashes(two, BLOCK));
            assertThat(first.warnings()).isEmpty();
            assertThat(second.warnings()).isEmpty();
        }
    }
}
