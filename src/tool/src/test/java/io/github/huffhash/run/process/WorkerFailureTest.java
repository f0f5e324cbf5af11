package io.github.huffhash.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.Waiting;
import io.github.huffhash.run.BlockWork;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import io.github.huffhash.run.process.Setup.InBackground;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that cannot start, cannot attach, or cannot go on. */
@Timeout(
        value = 120,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reads cannot be interrupted
class WorkerFailureTest {
    private static final RegionLayout SIZE = new RegionLayout(1, 64 << 10, 1024, 12, 4);

    @TempDir private Path folder = Path.of("");

    private record Ended(int exitCode, String error) {}

    private Process worker(Path region, Path directory) throws IOException {
        List<String> command = new ArrayList<>(WorkerTeam.command(1));
        command.addAll(List.of(region.toString(), "0", BlockWork.Kind.SIGNATURE.name()));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
        return builder.start();
    }

    /** Runs a worker on its own, with a parent that stays. */
    private Ended run(Path region) throws IOException, InterruptedException {
        Process process = worker(region, Path.of("."));
        String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), error);
    }

    private Path region(int word, long value) throws IOException {
        Path file = Files.write(folder.resolve("region"), new byte[(int) SIZE.bytes()]);
        try (Arena arena = Arena.ofConfined()) {
            var memory = RegionFile.map(file, arena);
            Region.create(memory, SIZE);
            memory.setAtIndex(ValueLayout.JAVA_LONG, word, value);
        }
        return file;
    }

    private void assertRefused(Path region, String... words)
            throws IOException, InterruptedException {
        Ended ended = run(region);

        assertThat(ended.error())
                .startsWith("huffhash: worker ")
                .contains(region.toString())
                .contains(words)
                .endsWith("\n")
                .hasLineCount(1);
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    @Test
    void aWorkerRefusesAFileThatIsNoRegion() throws IOException, InterruptedException {
        assertRefused(region(0, 0), "not a region");
        assertRefused(Files.write(folder.resolve("empty"), new byte[0]), "not a region");
    }

    @Test
    void aWorkerRefusesARegionOfAnotherVersion() throws IOException, InterruptedException {
        long other = RegionLayout.VERSION + 1;
        assertRefused(region(1, other), "version " + other);
    }

    @Test
    void aWorkerRefusesATruncatedRegion() throws IOException, InterruptedException {
        Path file = region(0, RegionLayout.MAGIC);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 10_000));

        assertRefused(file, "10000 bytes");
    }

    @Test
    void aWorkerRefusesARegionWithAnImpossibleHeader() throws IOException, InterruptedException {
        assertRefused(region(3, 1L << 60), "region");
    }

    @Test
    void aWorkerSaysThatItsRegionIsMissing() throws IOException, InterruptedException {
        assertRefused(folder.resolve("missing"), "missing: no such file");
    }

    @Test
    void aWorkerWhoseParentIsGoneEndsQuietly() throws IOException, InterruptedException {
        Path file = region(0, RegionLayout.MAGIC);
        Process worker = worker(file, Path.of("."));
        awaitIdle(file);

        worker.getOutputStream().close();

        assertThat(worker.waitFor(2, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
        assertThat(worker.getErrorStream().readAllBytes()).isEmpty();
    }

    private static void awaitIdle(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Region region = Region.attach(RegionFile.map(file, arena), "region");
            Waiting.until(
                    "a worker is idle", () -> region.channel(0).state() == Channel.State.IDLE);
        }
    }

    /** Where the heap's list of free chunks begins, made to point outside. */
    private void corruptHeap(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var memory = RegionFile.map(file, arena);
            RegionLayout size = Region.attach(memory, "region").layout();
            memory.set(ValueLayout.JAVA_LONG, size.controlAt(), 1L << 40);
        }
    }

    @Test
    void aWorkerThatCannotGoOnStopsTheRunAndSaysWhy() throws IOException {
        Setup setup = Setup.in(folder);
        var source = new Sources.Held();
        try (InBackground run = setup.start(source)) {
            setup.awaitIdleWorkers();

            corruptHeap(Setup.regions().getFirst());
            source.give(new byte[1024], 1024);

            assertThatThrownBy(() -> run.outcome().get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .message()
                    .matches(
                            "worker [12] \\(process \\d+\\) failed: IndexOutOfBoundsException:"
                                    + " [Oo]ut of bound.*");
            assertThat(setup.warnings()).isEmpty();
            setup.assertNothingIsLeft();
        }
    }

    @Test
    void aFailureIsNamedByItsClassAndItsMessageIfItHasOne() {
        assertThat(WorkerMain.reason(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(WorkerMain.reason(new OutOfMemoryError("Java heap space")))
                .isEqualTo("OutOfMemoryError: Java heap space");
    }

    private Path script(String name, String body) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private Setup setup() throws IOException {
        return Setup.in(Files.createDirectories(folder.resolve("regions")));
    }

    @Test
    void aWorkerThatCannotStartStopsTheRun() throws IOException {
        Setup setup = setup().withWorkers(1); // of two, either may be seen first

        assertThatThrownBy(() -> setup.withJava(script("j", "exit 1")).run(new byte[5000]))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("worker 1 \\(process \\d+\\) could not start");
        setup.assertNothingIsLeft();
    }

    @Test
    void aProgramThatEndsAtOnceIsNotStartedForEver() throws IOException {
        Setup setup = setup();

        assertThatThrownBy(() -> setup.withJava(script("j", "exit 0")).run(new byte[5000]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keep dying")
                .hasMessageContaining("exit code 0");
        setup.assertNothingIsLeft();
    }

    @Test
    void aProgramThatEndsAtOnceIsNotStartedForEverWhileThereIsNoInputEither() throws IOException {
        Setup setup = setup();
        Setup ending = setup.withJava(script("j", "exit 0"));

        assertThatThrownBy(() -> ending.run(new Sources.Held()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keep dying");
        assertThat(setup.warnings()).hasSize(3);
        setup.assertNothingIsLeft();
    }

    @Test
    void withoutAJavaProgramThereIsOneClearFailure() throws IOException {
        Setup setup = setup();
        Path missing = folder.resolve("no").resolve("java");

        assertThatThrownBy(() -> setup.withJava(missing).run(new byte[5000]))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot start a worker: ")
                .hasMessageContaining(missing.toString())
                .message()
                .doesNotContain("\n");
        setup.assertNothingIsLeft();
    }

    @Test
    void ofALongExplanationWhyNoWorkerCanBeStartedTheFirstLineIsEnough() {
        var failure =
                new IOException(
                        """
                        Cannot run program "java": error: 24 (Too many open files)\s
                        Possible reasons:
                          - Spawn helper ran into JDK version mismatch
                        """);

        assertThat(WorkerTeam.reason(failure))
                .isEqualTo("Cannot run program \"java\": error: 24 (Too many open files)");
    }

    @Test
    void aJavaThatMayNotBeExecutedIsOneClearFailure() throws IOException {
        Setup setup = setup();
        Path text = Files.writeString(folder.resolve("java"), "");

        assertThatThrownBy(() -> setup.withJava(text).run(new byte[5000]))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot start a worker: ")
                .hasMessageContaining("ermission denied");
        setup.assertNothingIsLeft();
    }

    @Test
    void oneWorkerThatCannotStartLeavesItsWorkToTheOthers() throws IOException {
        Setup setup = setup().withWorkers(3);
        String real = OwnJvm.java().toString();
        Path script =
                script("j", "case $* in *' 1 SIGNATURE') exit 1 ;; esac; exec " + real + " \"$@\"");
        byte[] bytes = Data.random(1, 300 * 1024, 256);

        Setup.Outcome outcome = runUntilAllHaveWorked(setup.withJava(script), bytes, () -> 2);

        assertThat(outcome.hashes().subList(0, 300)).isEqualTo(Data.hashes(bytes, 1024));
        assertThat(setup.warnings()).hasSize(1);
        assertThat(setup.warnings().element())
                .matches("worker 2 \\(process \\d+\\) could not start; the others do its work");
        assertOnlyWorkersThatStartedCount(outcome.statistics());
        assertThat(outcome.statistics().workers()).isEqualTo(2);
        setup.assertNothingIsLeft();
    }

    /**
     * Runs over blocks of 1024 bytes again and again, until there has been a warning and so many
     * workers have worked.
     */
    private static Setup.Outcome runUntilAllHaveWorked(
            Setup setup, byte[] bytes, IntSupplier workers) throws IOException {
        Set<Long> worked = ConcurrentHashMap.newKeySet();
        int blocks = bytes.length / 1024;
        int[] given = {0};
        return setup.run(
                Sources.of((into, length) -> {
                    if (given[0] >= blocks
                            && !setup.warnings().isEmpty()
                            && worked.size() >= workers.getAsInt()) {
                        return 0;
                    }
                    System.arraycopy(bytes, given[0]++ % blocks * 1024, into, 0, length);
                    return length;
                }),
                result -> worked.add(result.processId()));
    }

    private static void assertOnlyWorkersThatStartedCount(RunStatistics statistics) {
        assertThat(statistics.perWorker())
                .hasSize(statistics.workers())
                .allSatisfy(each -> assertThat(each.lifetimeNanos()).isPositive());
        assertThat(statistics.perWorker().stream().mapToLong(WorkerStatistics::blocks).sum())
                .isEqualTo(statistics.blocks());
    }

    @Test
    void whenNoMoreProcessesCanBeStartedThoseThatAreThereDoTheWork() throws IOException {
        // the first worker takes the program's permission away; later ones cannot be started
        String body = "chmod a-x %s; exec %s \"$@\"".formatted(folder.resolve("j"), OwnJvm.java());
        Path java = script("j", body);
        byte[] bytes = Data.random(1, 30 * 1024, 256);
        Setup setup = setup().withWorkers(50);

        Setup.Outcome outcome =
                runUntilAllHaveWorked(
                        setup.withJava(java),
                        bytes,
                        () -> Integer.parseInt(setup.warnings().element().split(" ", -1)[4]));

        assertThat(outcome.hashes().subList(0, 30)).isEqualTo(Data.hashes(bytes, 1024));
        assertThat(setup.warnings()).hasSize(1);
        assertThat(setup.warnings().element())
                .startsWith("cannot start more than ")
                .contains("Permission denied");
        assertOnlyWorkersThatStartedCount(outcome.statistics());
        setup.assertNothingIsLeft();
    }

    @Test
    void aWorkerThatCrashesLeavesNoFileBehind() throws IOException, InterruptedException {
        Path directory = Files.createDirectory(folder.resolve("working"));
        Path file = region(0, RegionLayout.MAGIC);
        Process worker = worker(file, directory);
        awaitIdle(file);

        Processes.signal("SEGV", worker.toHandle());

        assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(directory).isEmptyDirectory();
        assertThat(worker.getErrorStream().readAllBytes()).isEmpty();
    }
}
