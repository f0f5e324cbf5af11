package io.github.huffhash.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.function.IOBiConsumer;
import org.apache.commons.io.function.IOConsumer;
import org.apache.commons.io.function.IORunnable;

/**
 * Tasks that run several at a time. What they say, and how they end, is told in the order in which
 * they were given, by the thread that gave them.
 */
final class OrderedTasks implements Closeable {
    /** Tasks are handed over so many at once: to wake a thread takes as long as a small file. */
    private static final int BATCH = 16;

    /** How many batches of each thread may wait to run, or to be told of. */
    private static final int WAITING = 4;

    private final int threads;
    private final Console console;
    private final IOBiConsumer<String, IORunnable> attempt;
    private final ExecutorService executor;
    private final Queue<Future<List<Ended>>> running = new ArrayDeque<>();
    private List<Given> batch = new ArrayList<>();

    private record Given(String name, IOConsumer<Console> task) {}

    /** What is left of a task: to say what it said, and to fail if it did. */
    private record Ended(String name, IORunnable rest) {}

    /**
     * Starts no thread yet.
     *
     * @param threads how many tasks run at a time; 1: each in the thread that gives it
     * @param console takes what they say
     * @param attempt takes each step for the file of this name, and deals with its failure
     */
    OrderedTasks(int threads, Console console, IOBiConsumer<String, IORunnable> attempt) {
        this.threads = threads;
        this.console = console;
        this.attempt = attempt;
        executor =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("huffhash-file-", 0).factory());
    }

    /**
     * Runs a task, or lets it run.
     *
     * @param name the file's
     * @param beside whether others may run at the same time
     */
    void run(String name, IOConsumer<Console> task, boolean beside) throws IOException {
        if (threads == 1 || !beside) {
            await();
            attempt.accept(name, () -> task.accept(console));
            return;
        }
        batch.add(new Given(name, task));
        if (batch.size() == BATCH) {
            submit();
        }
    }

    private void submit() throws IOException {
        List<Given> given = batch;
        batch = new ArrayList<>();
        running.add(executor.submit(() -> given.stream().map(this::end).toList()));
        if (running.size() > WAITING * threads) {
            tell(running.remove());
        }
    }

    private Ended end(Given given) {
        List<String> said = new ArrayList<>();
        try {
            given.task().accept(console.to(said::add));
            return new Ended(given.name(), () -> said.forEach(console.lines()));
        } catch (IOException | RuntimeException | Error e) {
            return new Ended(
                    given.name(),
                    () -> {
                        said.forEach(console.lines());
                        throw e;
                    });
        }
    }

    /** Waits until all have ended. */
    void await() throws IOException {
        if (!batch.isEmpty()) {
            submit();
        }
        while (!running.isEmpty()) {
            tell(running.remove());
        }
    }

    private void tell(Future<List<Ended>> ended) throws IOException {
        try {
            for (Ended each : ended.get()) {
                attempt.accept(each.name(), each.rest());
            }
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all threads have ended. */
    @Override
    public void close() {
        executor.close();
    }
}
