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
import java.util.SortedMap;
import java.util.TreeMap;

/** The worker processes of one run. Belongs to one thread. */
final class WorkerTeam implements AutoCloseable {
    /** Exit code of a process that SIGKILL ended. */
    static final int KILLED = 128 + 9;

    /** Variables by which a JVM would become another than ours. */
    static final List<String> JVM_VARIABLES =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /**
     * Below this many bytes of input the JVM's C2 takes longer to compile than its code saves, in
     * each worker.
     */
    private static final long LITTLE_INPUT_BYTES = 4 << 20;

    private final List<String> command;
    private final Path region;
    private final BlockWork.Kind work;
    private final int size;

    /** By number. */
    private final SortedMap<Integer, Process> members = new TreeMap<>();

    /**
     * A team without members.
     *
     * @param command starts a worker; its arguments follow
     * @param region the file that the workers attach to
     * @param work what they do
     * @param size how many workers there are to be
     */
    WorkerTeam(List<String> command, Path region, BlockWork.Kind work, int size) {
        this.command = List.copyOf(command);
        this.region = region;
        this.work = work;
        this.size = size;
    }

    /** The program that started this JVM. */
    static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * The command that starts a worker of this program.
     *
     * @param expectedBytes how many bytes of input there will be, or 0 if that is not known
     */
    static List<String> command(long expectedBytes) {
        boolean little = expectedBytes > 0 && expectedBytes < LITTLE_INPUT_BYTES;
        List<String> command = new ArrayList<>();
        command.add(ownJava().toString());
        command.addAll(jvmOptions());
        if (little) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add(WorkerMain.class.getName());
        return command;
    }

    /** What makes a JVM run this program's classes, started as fast as this one. */
    static List<String> jvmOptions() {
        String classPath = System.getProperty("java.class.path");
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-XX:CompressedClassSpaceSize=16m",
                                "-XX:ReservedCodeCacheSize=48m",
                                "-XX:-UsePerfData",
                                "-XX:+DisplayVMOutputToStderr",
                                "-Xlog:disable",
                                "-Xlog:all=warning,cds*=off,aot*=off,os+thread=off:stderr"));
        // a worker that crashes is replaced: no report and no core of it in the user's directory
        options.addAll(List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash"));
        Path program = Path.of(classPath.split(File.pathSeparator, 2)[0]);
        Path archive = program.resolveSibling("huffhash.jsa");
        // the archive is of the jar; classes in a folder may be newer
        if (program.endsWith("huffhash.jar") && Files.isReadable(archive)) {
            options.add("-XX:SharedArchiveFile=" + archive);
        }
        options.addAll(List.of("-cp", classPath));
        return options;
    }

    /**
     * Starts all workers, or as many as can be started.
     *
     * @return why there are not more, if so
     * @throws IOException if there is none
     */
    Optional<String> start() throws IOException {
        for (int worker = 0; worker < size; worker++) {
            try {
                members.put(worker, start(worker));
            } catch (IOException e) {
                if (members.isEmpty()) {
                    throw new IOException("cannot start a worker: " + reason(e), e);
                }
                return Optional.of(
                        "cannot start more than " + members.size() + " workers: " + reason(e));
            }
        }
        return Optional.empty();
    }

    /** Whether there is one of this number, dead or alive. */
    boolean has(int worker) {
        return members.containsKey(worker);
    }

    /** How many there are, dead ones included. */
    int size() {
        return members.size();
    }

    /** Goes on without a member that has ended. */
    void drop(int worker) {
        members.remove(worker);
    }

    /** The JDK may go on, for many lines, with whatever else could have been the cause. */
    static String reason(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private Process start(int worker) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(region.toString(), Integer.toString(worker), work.name()));
        var builder =
                new ProcessBuilder(line)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        JVM_VARIABLES.forEach(environment::remove);
        return builder.start();
    }

    /** A member that has ended, if there is one. */
    Optional<WorkerExit> exited() {
        return members.entrySet().stream()
                .filter(member -> !member.getValue().isAlive())
                .findFirst()
                .map(member ->
                        new WorkerExit(
                                member.getKey(),
                                member.getValue().pid(),
                                member.getValue().exitValue()));
    }

    /** The process of a member that a signal has stopped, if there is one and the system tells. */
    Optional<Long> stopped() {
        return members.values().stream()
                .map(Process::pid)
                .filter(WorkerTeam::isStopped)
                .findFirst();
    }

    private static boolean isStopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith(" T ", stat.lastIndexOf(')') + 1);
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * The end of a worker.
     *
     * @param worker which, from 0
     * @param pid its process
     * @param exitCode 128 + n if signal n ended it
     */
    record WorkerExit(int worker, long pid, int exitCode) {}

    /** Processor time of a member so far, 0 if it is gone or the system does not tell. */
    long cpuNanos(int worker) {
        return Optional.ofNullable(members.get(worker))
                .flatMap(member -> member.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Kills every member and waits until it is gone. */
    @Override
    public void close() {
        members.values().forEach(Process::destroyForcibly);
        boolean interrupted = false;
        for (Process member : members.values()) {
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
