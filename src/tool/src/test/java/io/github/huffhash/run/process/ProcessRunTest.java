package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.Seeds;
import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import io.github.huffhash.run.process.Data.Golden;
import io.github.huffhash.run.process.Setup.Outcome;
import io.github.huffhash.tree.ReferenceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of worker processes, and what it costs: the same as everywhere else. */
@Timeout(120)
class ProcessRunTest {
    private static final int BLOCK = 1024;

    @TempDir private Path folder = Path.of("");

    @AfterEach
    void nothingIsLeft() {
        Setup.in(folder).assertNothingIsLeft();
    }

    static Stream<Golden> golden() {
        return Data.golden().filter(golden -> golden.bytes() <= 1 << 20);
    }

    static Stream<Golden> largeGolden() {
        return Data.golden().filter(golden -> golden.bytes() > 1 << 20);
    }

    private static void assertGolden(Outcome outcome, Golden golden) {
        assertThat(outcome.signature()).isEqualTo(golden.signature());
        assertThat(outcome.lockAcquisitions()).isEqualTo(golden.lockAcquisitions());
        assertThat(outcome.statistics().bytes()).isEqualTo(golden.bytes());
        assertThat(outcome.statistics().phaseNanos()).as("not asked for").isEmpty();
        assertSumsUp(outcome);
    }

    @Test
    void workersThatWaitForABlockAreSeenToWait() throws Exception {
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        var done = new CountDownLatch(1);
        try (var run = setup.start(source, _ -> done.countDown())) {
            source.give(new byte[BLOCK], BLOCK);
            done.await();
            setup.awaitIdleWorkers(); // it has looked for the next block in vain
            source.give(new byte[BLOCK], BLOCK);
            source.end();

            var worker = run.outcome().get().statistics().perWorker().getFirst();
            assertThat(worker.blocks()).isEqualTo(2);
            assertThat(worker.queueNanos()).isPositive();
        }
    }

    private static void assertSumsUp(Outcome outcome) {
        var total = outcome.statistics();
        assertThat(total.blocks()).isEqualTo(outcome.hashes().size());
        assertThat(total.perWorker())
                .hasSize(total.workers())
                .satisfies(workers -> {
                    assertThat(workers.stream().mapToLong(WorkerStatistics::blocks).sum())
                            .isEqualTo(total.blocks());
                    assertThat(
                                    workers.stream()
                                            .map(WorkerStatistics::lock)
                                            .reduce(LockUse.NONE, LockUse::plus))
                            .isEqualTo(total.heap().lock());
                })
                .allSatisfy(worker ->
                        assertThat(worker.lifetimeNanos() > 0 || worker.blocks() == 0).isTrue());
        assertThat(total.heap().lock().contended()).isBetween(0L, total.heap().lockAcquisitions());
    }

    /** Runs workers over a golden file, which must come out exactly and without a warning. */
    private Outcome assertComesOut(Golden golden, int workers) throws IOException {
        Setup setup = Setup.in(folder).withWorkers(workers);

        Outcome outcome = setup.run(golden.content());

        assertGolden(outcome, golden);
        assertThat(outcome.hashes()).isEqualTo(Data.hashes(golden.content(), BLOCK));
        assertThat(setup.warnings()).isEmpty();
        return outcome;
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyGoldenFileComesOutExactlyOfOneWorker(Golden golden) throws IOException {
        Outcome outcome = assertComesOut(golden, 1);

        assertThat(outcome.statistics().heap().lock().contended()).isZero();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyGoldenFileComesOutExactlyOfTwoWorkers(Golden golden) throws IOException {
        assertComesOut(golden, 2);
    }

    @ParameterizedTest
    @MethodSource("largeGolden")
    @Tag("soak")
    void everyLargeGoldenFileComesOutExactlyOfTwoWorkers(Golden golden) throws IOException {
        assertComesOut(golden, 2);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void moreWorkersThanCoresChangeNothing(Golden golden) throws IOException {
        assertComesOut(golden, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3000",
        "2, 4097",
        "100, 50050",
        "4096, 4096",
        "131072, 300000",
        "1048576, 2500000"
    })
    void everyBlockSizeGivesTheHashesOfSingleMode(int blockBytes, int length) throws IOException {
        byte[] bytes = Data.random(blockBytes, length, 200);
        Setup setup = Setup.in(folder).withBlockBytes(blockBytes).withHeapBytes(4 << 20);

        Outcome outcome = setup.run(bytes);

        assertThat(outcome.hashes()).isEqualTo(Data.hashes(bytes, blockBytes));
        assertThat(outcome.lockAcquisitions()).isEqualTo(Data.lockAcquisitions(bytes, blockBytes));
        assertSumsUp(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1024, 0, 256", // many short ones
        "2, 1, 0, 256",
        "2, 131072, 0, 8", // four a worker
        "64, 4096, 0, 256",
        "64, 1048576, 0, 128", // two, where four would take a lot of memory
        "64, 1048576, 3, 3", // no more than there will be blocks
        "5, 1024, 1, 1",
        "2, 1024, 1000000000000, 256"
    })
    void theRegionHasRoomForAFewBlocksAWorkerButIsNeverHuge(
            int workers, int blockBytes, long blocks, int slots) {
        assertThat(ProcessRun.slots(workers, blockBytes, blocks)).isEqualTo(slots);
    }

    @ParameterizedTest
    @CsvSource({"1, 2500", "5, 1024", "2, 307200"})
    void aSourceThatTellsItsSizeComesOutTheSame(int workers, int length) throws IOException {
        byte[] bytes = Data.random(length, length, 256);
        Setup setup = Setup.in(folder).withWorkers(workers);

        Outcome outcome = setup.run(Sources.ofKnownSize(bytes));

        assertThat(outcome.hashes()).isEqualTo(Data.hashes(bytes, BLOCK));
        assertThat(outcome.statistics().perWorker()).hasSize(workers);
        assertSumsUp(outcome);
    }

    @Test
    void aResultSaysWhichProcessComputedIt() throws IOException {
        Outcome outcome = Setup.in(folder).run(Data.random(1, 50_000, 256));

        assertThat(outcome.pids())
                .hasSize(49)
                .allMatch(pid -> pid > 0 && pid != ProcessHandle.current().pid());
        assertThat(outcome.pids().stream().distinct()).hasSizeBetween(1, 2);
    }

    @Test
    void anInputMuchLargerThanTheRegionFlowsThrough() throws IOException {
        int length = 8 << 20;
        byte[] pattern = Data.random(8, 64 * BLOCK, 12);
        var position = new AtomicInteger();
        var source =
                Sources.of((into, wanted) -> {
                    int at = position.getAndAdd(wanted);
                    if (at >= length) {
                        return 0;
                    }
                    System.arraycopy(pattern, at % pattern.length, into, 0, wanted);
                    return wanted;
                });

        Outcome outcome = Setup.in(folder).withHeapBytes(64 << 10).run(source);

        assertThat(outcome.statistics().bytes()).isEqualTo(length);
        assertThat(outcome.lockAcquisitions())
                .isEqualTo(length / pattern.length * Data.lockAcquisitions(pattern, BLOCK));
        assertThat(outcome.hashes().subList(0, 64)).isEqualTo(Data.hashes(pattern, BLOCK));
        for (int block = 64; block < outcome.hashes().size(); block++) {
            assertThat(outcome.hashes().get(block)).isEqualTo(outcome.hashes().get(block - 64));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1024})
    void aHeapThatJustHoldsOneBlockIsEnough(int blockBytes) throws IOException {
        long least = ReferenceTree.demand(blockBytes).footprint();
        byte[] bytes = Data.random(3, 20 * blockBytes, 256);

        Outcome outcome =
                Setup.in(folder).withBlockBytes(blockBytes).withHeapBytes(least).run(bytes);

        assertThat(outcome.hashes()).isEqualTo(Data.hashes(bytes, blockBytes));
        assertThat(outcome.lockAcquisitions()).isEqualTo(Data.lockAcquisitions(bytes, blockBytes));
        assertThat(outcome.statistics().heapPeakBytes()).isBetween(1L, least);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024})
    void aHeapSixteenBytesSmallerIsRefusedWithTheSizeItTakes(int blockBytes) {
        long least = ReferenceTree.demand(blockBytes).footprint();
        Setup setup = Setup.in(folder).withBlockBytes(blockBytes).withHeapBytes(least - 16);

        assertThatThrownBy(() -> setup.run(new byte[3 * blockBytes]))
                .isInstanceOfSatisfying(
                        HeapTooSmallException.class,
                        e -> assertThat(e.requiredBytes()).isEqualTo(least))
                .hasMessageContainingAll(
                        Long.toString(least), "one block of " + blockBytes + " bytes");
    }

    @Test
    void aHeapWithoutRoomForAnythingIsRefused() {
        assertThatThrownBy(() -> Setup.in(folder).withHeapBytes(16).run(new byte[1]))
                .isInstanceOf(HeapTooSmallException.class);
    }

    @Test
    void aShortBlockAloneNeedsNoMoreHeapThanItsOwnSize() throws IOException {
        long least = ReferenceTree.demand(10).footprint();
        byte[] bytes = Data.random(4, 10, 256);

        Outcome outcome = Setup.in(folder).withHeapBytes(least).run(bytes);

        assertThat(outcome.hashes()).isEqualTo(Data.hashes(bytes, BLOCK));
    }

    @Test
    void whateverTheInputTheResultIsThatOfSingleMode() throws IOException {
        Random random = Seeds.random();
        for (int i = 0; i < 6; i++) {
            int blockBytes = 1 + random.nextInt(1 << random.nextInt(1, 13));
            byte[] bytes =
                    Data.random(
                            random.nextLong(),
                            random.nextInt(60 * blockBytes),
                            1 + random.nextInt(256));
            long least = ReferenceTree.demand(blockBytes).footprint();
            long heapBytes = least + random.nextInt((int) (4 * least));
            int workers = 1 + random.nextInt(3);
            Setup setup =
                    Setup.in(folder)
                            .withBlockBytes(blockBytes)
                            .withHeapBytes(heapBytes)
                            .withWorkers(workers);
            String what =
                    "%d bytes in blocks of %d, heap %d, %d workers"
                            .formatted(bytes.length, blockBytes, heapBytes, workers);

            Outcome outcome = setup.run(bytes);

            assertThat(outcome.hashes()).as(what).isEqualTo(Data.hashes(bytes, blockBytes));
            assertThat(outcome.lockAcquisitions())
                    .as(what)
                    .isEqualTo(Data.lockAcquisitions(bytes, blockBytes));
            assertSumsUp(outcome);
        }
    }
}
