package io.github.huffhash.run.process;

import io.github.huffhash.run.BlockWork;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The worker processes of one run. Belongs to one thread. */
final class WorkerTeam implements AutoCloseable {
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
    private final SortedMap<Integer, Process> processes = new TreeMap<>();

    /**
     * A team without workers.
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

    /**
     * The command that starts a worker of this program.
     *
     * @param expectedBytes how many bytes of input there will be, or 0 if that is not known
     */
    static List<String> command(long expectedBytes) {
        List<String> command = OwnJvm.command();
        if (expectedBytes > 0 && expectedBytes < LITTLE_INPUT_BYTES) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add(WorkerMain.class.getName());
        return command;
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
                processes.put(worker, start(worker));
            } catch (IOException e) {
                if (processes.isEmpty()) {
                    throw new IOException("cannot start a worker: " + reason(e), e);
                }
                return Optional.of(
                        "cannot start more than " + processes.size() + " workers: " + reason(e));
            }
        }
        return Optional.empty();
    }

    /** Whether there is one of this number, dead or alive. */
    boolean has(int worker) {
        return processes.containsKey(worker);
    }

    /** How many there are, dead ones included. */
    int size() {
        return processes.size();
    }

    /** Goes on without a member that has ended. */
    void drop(int worker) {
        processes.remove(worker);
    }

    /** The JDK may go on, for many lines, with whatever else could have been the cause. */
    static String reason(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private Process start(int worker) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(region.toString(), Integer.toString(worker), work.name()));
        return OwnJvm.start(line, Redirect.DISCARD, Redirect.INHERIT);
    }

    /** A member that has ended, if there is one. */
    Optional<WorkerExit> exited() {
        return processes.entrySet().stream()
                .filter(process -> !process.getValue().isAlive())
                .findFirst()
                .map(process ->
                        new WorkerExit(
                                process.getKey(),
                                process.getValue().pid(),
                                process.getValue().exitValue()));
    }

    /** The process of a member that a signal has stopped, if there is one and the system tells. */
    Optional<Long> stopped() {
        return processes.values().stream()
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
        return Optional.ofNullable(processes.get(worker))
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Kills every worker and waits until it is gone. */
    @Override
    public void close() {
        OwnJvm.kill(processes.values());
        processes.clear();
    }
}
