package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.SignatureWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.apache.commons.io.function.IOConsumer;

/**
 * How a test runs worker processes.
 *
 * @param directories where the region may be; the first is looked at for what is left
 * @param command starts a worker
 * @param warnings what the run has said so far
 */
record Setup(
        int workers,
        long heapBytes,
        int blockBytes,
        List<Path> directories,
        List<String> command,
        LinkedBlockingQueue<String> warnings) {

    /** As on the command line, but with the region in {@code directory}. */
    static Setup in(Path directory) {
        return new Setup(
                2,
                RunSettings.DEFAULT_HEAP_BYTES,
                1024,
                List.of(directory),
                BuiltJar.first(WorkerTeam.command(1)),
                new LinkedBlockingQueue<>());
    }

    Setup withWorkers(int number) {
        return new Setup(number, heapBytes, blockBytes, directories, command, warnings);
    }

    Setup withHeapBytes(long bytes) {
        return new Setup(workers, bytes, blockBytes, directories, command, warnings);
    }

    Setup withBlockBytes(int bytes) {
        return new Setup(workers, heapBytes, bytes, directories, command, warnings);
    }

    Setup withDirectories(List<Path> others) {
        return new Setup(workers, heapBytes, blockBytes, others, command, warnings);
    }

    /** With workers started by another program. */
    Setup withJava(Path program) {
        List<String> other = new ArrayList<>(command);
        other.set(0, program.toString());
        return new Setup(workers, heapBytes, blockBytes, directories, other, warnings);
    }

    /** With a worker that dies holding the lock, see {@link DyingWorker}. */
    Setup withDeath(String wish) {
        List<String> dying = new ArrayList<>(command);
        dying.removeLast();
        dying.addAll(
                List.of("-D" + DyingWorker.PROPERTY + "=" + wish, DyingWorker.class.getName()));
        return new Setup(workers, heapBytes, blockBytes, directories, dying, warnings);
    }

    /** What came out of a run. */
    record Outcome(List<Integer> hashes, List<Long> pids, RunStatistics statistics) {
        long signature() {
            return Data.signature(hashes);
        }

        long lockAcquisitions() {
            return statistics.heap().lockAcquisitions();
        }
    }

    Outcome run(byte[] bytes) throws IOException {
        return run(Sources.of(bytes));
    }

    Outcome run(BlockSource source) throws IOException {
        return run(source, _ -> {});
    }

    /** Runs; {@code also} gets the results as well. */
    Outcome run(BlockSource source, IOConsumer<SignatureWork.Hashes> also) throws IOException {
        List<Integer> hashes = new ArrayList<>();
        List<Long> pids = new ArrayList<>();
        var settings =
                new RunSettings(
                        workers,
                        true,
                        heapBytes,
                        RunSettings.DEFAULT_POOL_BYTES,
                        RunSettings.DEFAULT_BATCH_SIZE,
                        false,
                        Strategy.FIRST_FIT,
                        false);
        RunStatistics statistics =
                new ProcessRun(settings, warnings::add, directories, _ -> command)
                        .run(
                                source,
                                new SignatureWork(blockBytes, 0),
                                result -> {
                                    for (int hash : result.hashes()) {
                                        hashes.add(hash);
                                        pids.add(result.processId());
                                    }
                                    also.accept(result);
                                });
        return new Outcome(hashes, pids, statistics);
    }

    /** Runs in a thread of its own. */
    InBackground start(BlockSource source) {
        return start(source, _ -> {});
    }

    InBackground start(BlockSource source, IOConsumer<SignatureWork.Hashes> also) {
        var task = new FutureTask<>(() -> run(source, also));
        return new InBackground(task, Thread.ofPlatform().daemon().name("test-run").start(task));
    }

    /** A run in a thread of its own; closing it ends it. */
    record InBackground(FutureTask<Outcome> outcome, Thread thread) implements AutoCloseable {
        @Override
        public void close() {
            thread.interrupt();
            Waiting.until("the run has ended", () -> !thread.isAlive());
        }
    }

    /** Waits until all workers have attached to the region and found nothing to do. */
    List<ProcessHandle> awaitIdleWorkers() throws IOException {
        Waiting.until("all workers are there", () -> Processes.workers().size() == workers);
        Path file = regions().getFirst();
        try (Arena arena = Arena.ofConfined()) {
            Region region = Region.attach(RegionFile.map(file, arena), "region");
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                Waiting.until(
                        "a worker is idle",
                        () -> region.channel(number).state() == Channel.State.IDLE);
            }
        }
        return Processes.workers();
    }

    /** Paths by which the regions of this process can be opened. */
    static List<Path> regions() {
        return Processes.regionsOf(ProcessHandle.current().pid());
    }

    /** The files in the first directory: a region has no name there. */
    List<Path> files() {
        try (Stream<Path> files = Files.list(directories.getFirst())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No process, no thread and no file is there that only a run needs. */
    void assertNothingIsLeft() {
        assertThat(Processes.workers()).as("worker processes").isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .as("threads")
                .noneMatch(name -> name.startsWith("huffhash-processes"));
        assertThat(regions()).as("regions").isEmpty();
        assertThat(files()).as("files").isEmpty();
    }
}
