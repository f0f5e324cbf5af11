package io.github.huffhash.run.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at processes from outside. */
public final class Processes {
    private static final Map<String, Integer> CAN_BE_IGNORED =
            Map.of("HUP", 1, "INT", 2, "QUIT", 3, "TERM", 15);

    private Processes() {}

    /** The worker processes of a process: the Java machines among its children. */
    static List<ProcessHandle> workersOf(ProcessHandle parent) {
        return parent.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .filter(child -> !isGone(child))
                .toList();
    }

    /** The worker processes of this Java machine. */
    static List<ProcessHandle> workers() {
        return workersOf(ProcessHandle.current());
    }

    /** Whether a process has ended, even if nobody has asked for its exit code yet. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || "ZX".indexOf(state(process)) >= 0;
    }

    /** The state letter of {@code /proc}, X for a process that is not there. */
    static char state(ProcessHandle process) {
        Path stat = Path.of("/proc/" + process.pid() + "/stat");
        try {
            String line = Files.readString(stat);
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return Files.isDirectory(Path.of("/proc/self")) ? 'X' : '?';
        }
    }

    /** Sends a signal to all of them at once. */
    static void signal(String name, List<ProcessHandle> processes)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        int exitCode = new ProcessBuilder(command).start().waitFor();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    /** Sends a signal. */
    public static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        signal(name, List.of(process));
    }

    /** Skips the test where children of this process are born deaf to a signal. */
    public static void assumeHeard(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!CAN_BE_IGNORED.containsKey(signal) || !Files.exists(status)) {
            return;
        }
        try (Stream<String> lines = Files.lines(status)) {
            long ignored =
                    lines.filter(line -> line.startsWith("SigIgn:"))
                            .mapToLong(
                                    line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                            .findFirst()
                            .orElseThrow();
            assumeThat(ignored >>> (CAN_BE_IGNORED.get(signal) - 1) & 1)
                    .as("%s ignored", signal)
                    .isZero();
        }
    }

    /**
     * Paths by which the regions that a process has open can be opened: those of descriptors whose
     * files have no name any more.
     */
    static List<Path> regionsOf(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.filter(Processes::isRegion).toList();
        } catch (IOException _) {
            return List.of(); // it has ended
        }
    }

    private static boolean isRegion(Path descriptor) {
        try {
            String file = Files.readSymbolicLink(descriptor).toString();
            return file.matches(".*/\\.huffhash-[0-9a-f]{32}\\.tmp \\(deleted\\)");
        } catch (IOException _) {
            return false; // closed meanwhile
        }
    }
}
