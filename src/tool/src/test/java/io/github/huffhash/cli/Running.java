package io.github.huffhash.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import io.github.huffhash.run.process.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A process that was started and has, perhaps, not ended. It is killed if it takes too long. */
final class Running implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final Collector out;
    private final Collector err;

    Running(Process process) {
        this.process = process;
        out = new Collector(process.getInputStream());
        err = new Collector(process.getErrorStream());
    }

    long pid() {
        return process.pid();
    }

    /** Writes to its standard input, unless it does not want any more. */
    void feed(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException _) {
            // it ended without reading everything, as it may
        }
    }

    /** Its standard input ends here. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // as above
        }
    }

    /** Waits until what it wrote on standard error satisfies {@code enough}. */
    String awaitErr(Predicate<String> enough) throws InterruptedException {
        return err.await(enough);
    }

    /** Waits until what it wrote on standard output satisfies {@code enough}. */
    String awaitOut(Predicate<String> enough) throws InterruptedException {
        return out.await(enough);
    }

    /** Sends a signal; the test is skipped where processes are started with it ignored. */
    void signal(String name) throws IOException, InterruptedException {
        Processes.assumeHeard(name);
        Processes.signal(name, process.toHandle());
    }

    /** Kills it, which it cannot do anything about. */
    void kill() {
        process.destroyForcibly();
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Finds whether it, or a process that it started, shows progress or is about to. */
    void expectProgressThread(boolean isShown) {
        if (isShown) { // a thread gets its name once it runs
            Waiting.until("progress is shown", this::hasProgressThread);
        }
        assertThat(hasProgressThread()).isEqualTo(isShown);
    }

    private boolean hasProgressThread() {
        List<String> threads = threads();
        if (!threads.contains("java")) {
            throw new AssertionError("these are not the threads of the program: " + threads);
        }
        // the system shortens the name huffhash-progress, newer JVMs in its middle
        return threads.stream()
                .anyMatch(name -> name.matches("huffhash-progre|huffhas\\.\\.ogress"));
    }

    /**
     * The names of its threads, and of those of processes that it started, as far as the system
     * keeps them; the test is skipped where it does not tell.
     */
    List<String> threads() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs /proc");
        List<String> threads = new ArrayList<>();
        List<Long> processes = new ArrayList<>(List.of(pid()));
        process.descendants().forEach(descendant -> processes.add(descendant.pid()));
        for (long pid : processes) {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
                tasks.forEach(task -> addName(task, threads));
            } catch (IOException | UncheckedIOException _) {
                // a process that has just ended
            }
        }
        return threads;
    }

    private static void addName(Path task, List<String> threads) {
        try {
            threads.add(Files.readString(task.resolve("comm")).strip());
        } catch (IOException _) {
            // a thread that has just ended: there is no such file, or no such process
        }
    }

    /** Waits for its end. */
    Outcome await() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new AssertionError(
                    "did not end in %s; out: %s, err: %s".formatted(PATIENCE, out, err));
        }
        return new Outcome(process.exitValue(), out.awaitEnd(), err.awaitEnd());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads a stream in a thread of its own. */
    private static final class Collector {
        private final InputStream stream;
        private final Thread thread;

        /** Guarded by this, as is {@link #ended}. */
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private boolean ended;

        Collector(InputStream stream) {
            this.stream = stream;
            thread = Thread.ofVirtual().start(this::collect);
        }

        private void collect() {
            byte[] buffer = new byte[1 << 13];
            try {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    synchronized (this) {
                        bytes.write(buffer, 0, count);
                        notifyAll();
                    }
                }
            } catch (IOException _) {
                // the process was killed
            }
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }

        synchronized String await(Predicate<String> enough) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.test(toString())) {
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new AssertionError("waited for more than: " + this);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return toString();
        }

        String awaitEnd() throws InterruptedException {
            if (!thread.join(PATIENCE)) {
                throw new AssertionError("somebody keeps the stream open after: " + this);
            }
            return toString();
        }

        @Override
        public synchronized String toString() {
            return bytes.toString(UTF_8);
        }
    }
}
