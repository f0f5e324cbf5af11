package io.github.huffhash.cli;

import io.github.huffhash.engine.Mode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who does the work: at most one mode. */
final class ModeOptions {
    @Option(
            names = {"-s", "--single"},
            description = "One thread in a simulated heap of 2 MiB, no lock.")
    private boolean single;

    @Option(
            names = {"-t", "--threads"},
            description = "Threads in that heap, behind one mutex.")
    private boolean threads;

    @Option(
            names = {"-e", "--pools", "--optimized"},
            description =
                    "Threads with pools of 16 KiB in front of that heap, in batches of 50 blocks.")
    private boolean pools;

    @Option(
            names = {"-m", "--processes"},
            description = "Worker processes over that heap in a memory-mapped file.")
    private boolean processes;

    /** The mode chosen, {@link Mode#FAST} if none was. */
    Mode mode() {
        List<Mode> chosen = new ArrayList<>();
        add(chosen, single, Mode.SINGLE);
        add(chosen, threads, Mode.THREADS);
        add(chosen, pools, Mode.POOLS);
        add(chosen, processes, Mode.PROCESSES);
        if (chosen.size() > 1) {
            throw new UsageException(
                    "choose one mode: --%s or --%s"
                            .formatted(chosen.get(0).label(), chosen.get(1).label()));
        }
        return chosen.isEmpty() ? Mode.FAST : chosen.getFirst();
    }

    private static void add(List<Mode> chosen, boolean given, Mode mode) {
        if (given) {
            chosen.add(mode);
        }
    }
}
