package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.run.process.Setup.InBackground;
import io.github.huffhash.run.process.Setup.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers die, whatever they are doing, and nothing changes but the time it takes. */
@Timeout(120)
class WorkerDeathTest {
    private static final int BLOCK = 1024;

    @TempDir private Path folder = Path.of("");

    @AfterEach
    void nothingIsLeft() {
        Setup.in(folder).assertNothingIsLeft();
    }

    private static void assertExact(Outcome outcome, byte[] bytes) throws IOException {
        assertThat(outcome.hashes()).isEqualTo(Data.hashes(bytes, BLOCK));
        assertThat(outcome.lockAcquisitions()).isEqualTo(Data.lockAcquisitions(bytes, BLOCK));
        assertThat(outcome.statistics().perWorker().stream().mapToLong(w -> w.blocks()).sum())
                .isEqualTo(outcome.hashes().size());
    }

    /** After TERM the run first waits whether it is about to be ended itself. */
    @ParameterizedTest
    @CsvSource({"KILL, 137, 1", "TERM, 143, 2"})
    void aWorkerThatASignalEndsWhileIdleIsReplacedSoon(String signal, int exitCode, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        byte[] bytes = Data.random(1, 30 * BLOCK, 256);
        Setup setup = Setup.in(folder);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            ProcessHandle victim = setup.awaitIdleWorkers().getLast();

            long sent = System.nanoTime();
            Processes.signal(signal, victim);
            String warning = setup.warnings().poll(20, TimeUnit.SECONDS);

            assertThat(System.nanoTime() - sent).isLessThan(Duration.ofSeconds(seconds).toNanos());
            assertThat(warning)
                    .contains("process " + victim.pid(), "exit code " + exitCode, "done again")
                    .doesNotContain("\n");
            source.give(bytes, BLOCK);
            source.end();
            assertExact(run.outcome().get(), bytes);
            assertThat(setup.warnings()).as("further warnings").isEmpty();
        }
    }

    @Test
    void allWorkersKilledAtOnceAreReplacedTogether()
            throws IOException, InterruptedException, ExecutionException {
        byte[] bytes = Data.random(2, 10 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(3);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            setup.awaitIdleWorkers().forEach(ProcessHandle::destroyForcibly);
            assertThat(setup.warnings().poll(20, TimeUnit.SECONDS)).isNotNull();
            Waiting.until("new workers are there", () -> Processes.workers().size() == 3);
            source.give(bytes, BLOCK);
            source.end();

            assertExact(run.outcome().get(), bytes);
            assertThat(setup.warnings()).as("further warnings").isEmpty();
        }
    }

    @Test
    void whatWasDoneBeforeAnIdleWorkerDiedIsNotDoneAgain()
            throws IOException, InterruptedException, ExecutionException {
        byte[] bytes = Data.random(3, 20 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        var results = new AtomicInteger();
        try (InBackground run = setup.start(source, _ -> results.incrementAndGet())) {
            source.give(Arrays.copyOf(bytes, 10 * BLOCK), BLOCK);
            Waiting.until("ten blocks are done", () -> results.get() == 10);
            ProcessHandle victim = setup.awaitIdleWorkers().getFirst();

            victim.destroyForcibly();
            assertThat(setup.warnings().poll(20, TimeUnit.SECONDS)).isNotNull();
            source.give(Arrays.copyOfRange(bytes, 10 * BLOCK, 20 * BLOCK), BLOCK);
            source.end();

            Outcome outcome = run.outcome().get();
            assertExact(outcome, bytes);
            assertThat(outcome.pids().stream().distinct()).hasSize(2);
            assertThat(outcome.pids().subList(0, 10)).containsOnly(victim.pid());
            assertThat(outcome.pids().subList(10, 20)).doesNotContain(victim.pid());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 150})
    void aWorkerKilledAtWorkIsReplacedAndItsBlockDoneAgain(int afterBlocks) throws IOException {
        // more than the region holds, so that there is work left when the death is noticed
        byte[] bytes = Data.random(afterBlocks, 600 * BLOCK, 256);
        Setup setup = Setup.in(folder);
        int[] taken = {0};

        Outcome outcome =
                setup.run(
                        Sources.of(bytes),
                        _ -> {
                            if (++taken[0] == afterBlocks) {
                                ProcessHandle victim = Processes.workers().getFirst();
                                victim.destroyForcibly();
                                victim.onExit().join();
                            }
                        });

        assertExact(outcome, bytes);
        assertThat(setup.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, 700, 1500})
    void aWorkerThatDiesHoldingTheLockIsReplaced(int acquisition) throws IOException {
        byte[] bytes = Data.random(acquisition, 10 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1).withDeath("0," + acquisition);

        Outcome outcome = setup.run(bytes);

        assertExact(outcome, bytes);
        assertThat(setup.warnings()).hasSize(1);
        assertThat(setup.warnings().element()).contains("worker 1", "exit code 137");
    }

    @Test
    void aWorkerThatDiesHoldingTheLockDoesNotStopTheOthers() throws IOException {
        byte[] block = Data.random(5, BLOCK, 256);
        Setup setup = Setup.in(folder).withDeath("1,500");
        int[] given = {0};
        int[] left = {50};

        // there is always one block more, so that worker 2 is sure to get one
        Outcome outcome =
                setup.run(
                        Sources.of((into, length) -> {
                            if (!setup.warnings().isEmpty() && left[0]-- == 0) {
                                return 0;
                            }
                            System.arraycopy(block, 0, into, 0, length);
                            given[0]++;
                            return length;
                        }));

        assertThat(outcome.hashes()).hasSize(given[0]);
        assertThat(outcome.hashes()).containsOnly(Data.hashes(block, BLOCK).getFirst());
        assertThat(outcome.lockAcquisitions())
                .isEqualTo(given[0] * Data.lockAcquisitions(block, BLOCK));
        assertThat(setup.warnings()).hasSize(1);
        assertThat(setup.warnings().element()).contains("worker 2");
    }

    @Test
    void workersThatDieAgainAndAgainAreReplacedAsLongAsBlocksGetDone() throws IOException {
        byte[] bytes = Data.random(6, 14 * BLOCK, 256);
        long forThreeBlocks = 3 * Data.lockAcquisitions(bytes, 14 * BLOCK);
        Setup setup = Setup.in(folder).withWorkers(1).withDeath("0," + forThreeBlocks + ",always");

        Outcome outcome = setup.run(bytes);

        assertExact(outcome, bytes);
        assertThat(setup.warnings()).hasSizeBetween(4, 7);
    }

    @Test
    void workersThatDieBeforeAnythingIsDoneAreNotReplacedForEver() {
        Setup setup = Setup.in(folder).withDeath("0,1,always");

        assertThatThrownBy(() -> setup.withWorkers(1).run(new byte[5 * BLOCK]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keep dying")
                .hasMessageContaining("137");
        assertThat(setup.warnings()).hasSizeBetween(1, 10);
    }

    @Test
    void workersThatKeepDyingEndTheRunThoughThereMayBeMoreInput() {
        Setup setup = Setup.in(folder).withWorkers(1).withDeath("0,1,always");
        var source = new Sources.Held();
        source.give(new byte[2 * BLOCK], BLOCK);

        assertThatThrownBy(() -> setup.run(source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keep dying");
    }

    @Test
    void workersThatAreKilledWhileIdleAreReplacedHoweverOften() throws Exception {
        byte[] bytes = Data.random(9, 5 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            for (int i = 0; i < 6; i++) {
                setup.awaitIdleWorkers().getFirst().destroyForcibly();
                assertThat(setup.warnings().poll(20, TimeUnit.SECONDS)).contains("137");
            }
            source.give(bytes, BLOCK);
            source.end();

            assertExact(run.outcome().get(), bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 4})
    void aWorkerThatCrashesIsReplaced(int signal) throws Exception {
        byte[] bytes = Data.random(10, 5 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            Processes.signal(Integer.toString(signal), setup.awaitIdleWorkers().getFirst());
            assertThat(setup.warnings().poll(20, TimeUnit.SECONDS)).contains("died");
            source.give(bytes, BLOCK);
            source.end();

            assertExact(run.outcome().get(), bytes);
        }
    }

    @Test
    void aWorkerThatIsStoppedForAWhileIsWaitedFor()
            throws IOException, InterruptedException, ExecutionException {
        assumeThat(Path.of("/proc/self/stat")).exists();
        byte[] bytes = Data.random(8, 5 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            List<ProcessHandle> workers = setup.awaitIdleWorkers();

            Processes.signal("STOP", workers.getFirst());
            Waiting.until("a worker is stopped", () -> Processes.state(workers.getFirst()) == 'T');
            source.give(bytes, BLOCK);
            source.end();
            assertThatThrownBy(() -> run.outcome().get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            Processes.signal("CONT", workers.getFirst());

            assertExact(run.outcome().get(), bytes);
            assertThat(setup.warnings()).isEmpty();
        }
    }

    @Test
    void afterFiveSecondsTheRunSaysOnceThatItWaitsForAStoppedWorker() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        byte[] bytes = Data.random(8, 5 * BLOCK, 256);
        Setup setup = Setup.in(folder).withWorkers(1);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            ProcessHandle worker = setup.awaitIdleWorkers().getFirst();

            Processes.signal("STOP", worker);
            Waiting.until("a worker is stopped", () -> Processes.state(worker) == 'T');
            long start = System.nanoTime();
            source.give(bytes, BLOCK);
            source.end();

            assertThat(setup.warnings().poll(20, TimeUnit.SECONDS))
                    .contains("stopped", "kill -CONT " + worker.pid());
            assertThat(System.nanoTime() - start).isGreaterThan(4_900_000_000L);
            Processes.signal("CONT", worker);
            assertExact(run.outcome().get(), bytes);
            assertThat(setup.warnings()).isEmpty();
        }
    }
}
