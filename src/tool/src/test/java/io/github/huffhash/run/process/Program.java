package io.github.huffhash.run.process;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole program as a process of its own, started from this Java machine's class path. */
public final class Program implements AutoCloseable {
    private static final long LONGEST_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it; its standard input stays open.
     *
     * @param folder where its output is kept
     */
    public static Program start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** Starts it with more variables in its environment. */
    public static Program start(Path folder, Map<String, String> variables, String... arguments)
            throws IOException {
        return start(folder, List.of(), variables, arguments);
    }

    /** Starts it by another program, to whose arguments it is added. */
    static Program start(
            Path folder, List<String> by, Map<String, String> variables, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.add(OwnJvm.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(BuiltJar.program());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "program", ".out");
        Path err = Files.createTempFile(folder, "program", ".err");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.to(out.toFile()))
                        .redirectError(Redirect.to(err.toFile()));
        builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
        builder.environment().putAll(variables);
        return new Program(builder.start(), out, err);
    }

    /** Runs it to its end on an input that is empty. */
    public static Program run(Path folder, String... arguments)
            throws IOException, InterruptedException {
        Program program = start(folder, arguments);
        program.input().close();
        program.exitCode();
        return program;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public long pid() {
        return process.pid();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for its end. */
    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("not at an end after " + LONGEST_SECONDS + " s; said: " + err());
        }
        return process.exitValue();
    }

    /** What it has written to standard output so far. */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /** What it, or a worker, has written to standard error so far. */
    public String err() throws IOException {
        return Files.readString(err);
    }

    public List<ProcessHandle> workers() {
        return Processes.workersOf(process.toHandle());
    }

    /** Waits until it has started this many workers. */
    public List<ProcessHandle> awaitWorkers(int number) {
        Waiting.until("the workers of " + pid() + " are there", () -> workers().size() == number);
        return workers();
    }

    /** Paths by which the regions it has open can be opened. */
    public List<Path> regions() {
        return Processes.regionsOf(pid());
    }

    /** Kills it, if it is still there, and waits. */
    @Override
    public void close() {
        List<ProcessHandle> workers = workers();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        Waiting.until(pid() + " has ended", () -> !process.isAlive());
    }
}
