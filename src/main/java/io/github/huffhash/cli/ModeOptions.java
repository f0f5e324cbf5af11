package io.github.huffhash.cli;

import io.github.huffhash.engine.Mode;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who does the work: at most one mode. */
final class ModeOptions {
    private final Set<Mode> chosen = EnumSet.noneOf(Mode.class);

    @Option(
            names = {"-s", "--single"},
            description = "One thread, simulated heap, no lock.")
    void setSingle(boolean on) {
        choose(Mode.SINGLE, on);
    }

    @Option(
            names = {"-t", "--threads"},
            description = "Threads in a simulated heap of 2 MiB behind one mutex.")
    void setThreads(boolean on) {
        choose(Mode.THREADS, on);
    }

    @Option(
            names = {"-e", "--pools", "--optimized"},
            description = "Batches of 50 with pools of 16 KiB in front of that heap.")
    void setPools(boolean on) {
        choose(Mode.POOLS, on);
    }

    @Option(
            names = {"-m", "--processes"},
            description = "Worker processes over a memory-mapped heap.")
    void setProcesses(boolean on) {
        choose(Mode.PROCESSES, on);
    }

    private void choose(Mode mode, boolean on) {
        if (on) {
            chosen.add(mode);
        }
    }

    /** The mode chosen, {@link Mode#FAST} if none was. */
    Mode mode() {
        if (chosen.size() > 1) {
            throw new UsageException(
                    "choose one mode, not --single, --threads, --pools and --processes together");
        }
        return chosen.stream().findFirst().orElse(Mode.FAST);
    }
}
