package io.github.huffhash.run.process;

import io.github.huffhash.run.BlockWork;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worker processes of one run. Belongs to one thread. */
final class WorkerTeam implements AutoCloseable {
    /** Exit code of a process that SIGKILL ended. */
    static final int KILLED = 128 + 9;

    /** Variables by which a JVM would become another than ours. */
    private static final List<String> JVM_VARIABLES =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final Path java;
    private final List<String> options;
    private final Path region;
    private final BlockWork.Kind work;
    private final int size;
    private final List<Process> members = new ArrayList<>();

    /**
     * A team without members.
     *
     * @param java the program that starts a JVM
     * @param options what it is given before the main class, the class path included
     * @param region the file that the workers attach to
     * @param work what they do
     * @param size how many workers there are
     */
    WorkerTeam(Path java, List<String> options, Path region, BlockWork.Kind work, int size) {
        this.java = java;
        this.options = List.copyOf(options);
        this.region = region;
        this.work = work;
        this.size = size;
    }

    /** The program that started this JVM. */
    static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What makes a JVM run this program's classes, started as fast as this one. */
    static List<String> ownOptions() {
        String classPath = System.getProperty("java.class.path");
        List<String> options =
                new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:-UsePerfData"));
        if (System.getProperty("java.vm.info", "").contains("emulated-client")) {
            options.add("-XX:TieredStopAtLevel=1"); // as this JVM, for little input
        }
        Path program = Path.of(classPath.split(File.pathSeparator, 2)[0]);
        Path archive = program.resolveSibling("huffhash.jsa");
        // the archive is of the jar; classes in a folder may be newer
        if (program.endsWith("huffhash.jar") && Files.isReadable(archive)) {
            options.addAll(
                    List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:aot=off"));
        }
        Optional.ofNullable(System.getProperty(TestHook.PROPERTY))
                .ifPresent(wish -> options.add("-D" + TestHook.PROPERTY + "=" + wish));
        options.addAll(List.of("-cp", classPath));
        return options;
    }

    /**
     * Starts all workers.
     *
     * @throws IOException if one cannot be started; none is left then
     */
    void start() throws IOException {
        try {
            for (int worker = 0; worker < size; worker++) {
                members.add(start(worker));
            }
        } catch (IOException e) {
            close();
            throw new IOException("cannot start a worker: " + reason(e), e);
        }
    }

    /** The JDK may go on, for many lines, with whatever else could have been the cause. */
    static String reason(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private Process start(int worker) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        WorkerMain.class.getName(),
                        region.toString(),
                        Integer.toString(worker),
                        work.name()));
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        JVM_VARIABLES.forEach(environment::remove);
        return builder.start();
    }

    /** A member that has ended, if there is one. */
    Optional<Death> death() {
        for (int worker = 0; worker < members.size(); worker++) {
            Process member = members.get(worker);
            if (!member.isAlive()) {
                return Optional.of(new Death(worker, member.pid(), member.exitValue()));
            }
        }
        return Optional.empty();
    }

    /**
     * The end of a worker.
     *
     * @param worker which, from 0
     * @param pid its process
     * @param exitCode 128 + n if signal n ended it
     */
    record Death(int worker, long pid, int exitCode) {}

    /** Processor time of a member so far, 0 if it is gone or the system does not tell. */
    long cpuNanos(int worker) {
        return worker < members.size()
                ? members.get(worker).info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
                : 0;
    }

    /** Kills every member and waits until it is gone. */
    @Override
    public void close() {
        members.forEach(Process::destroyForcibly);
        boolean interrupted = false;
        for (Process member : members) {
            while (member.isAlive()) {
                try {
                    member.waitFor();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        members.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
