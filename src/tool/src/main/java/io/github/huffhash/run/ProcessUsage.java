package io.github.huffhash.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the system has counted for this process; all 0 where there is no /proc.
 *
 * @param minorFaults page faults without reading a disk, those of children that have ended included
 * @param majorFaults page faults that read a disk, likewise
 * @param residentBytes memory of this process that is in RAM, without its children
 */
public record ProcessUsage(long minorFaults, long majorFaults, long residentBytes) {
    /** Nothing, or not known. */
    public static final ProcessUsage NONE = new ProcessUsage(0, 0, 0);

    /** Until now; see proc(5), stat and status. */
    public static ProcessUsage now() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // the state, field 3, is the first after the name, which may contain anything
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return new ProcessUsage(
                    Long.parseLong(fields[7]) + Long.parseLong(fields[8]),
                    Long.parseLong(fields[9]) + Long.parseLong(fields[10]),
                    resident());
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
            return NONE;
        }
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** What was added since {@code before}; resident memory may have shrunk. */
    public ProcessUsage minus(ProcessUsage before) {
        return new ProcessUsage(
                minorFaults - before.minorFaults,
                majorFaults - before.majorFaults,
                residentBytes - before.residentBytes);
    }
}
