package io.github.huffhash.cli;

import io.github.huffhash.run.Mode;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Who does the work: at most one mode. */
final class ModeOptions {
    private static final Map<Mode, String> FLAGS =
            Map.of(
                    Mode.SINGLE, "--single",
                    Mode.THREADS, "--threads",
                    Mode.POOLS, "--pools",
                    Mode.PROCESSES, "--processes");

    private ModeOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(
                CommonOptions.flag(
                        "One thread in a simulated heap of 2 MiB, no lock.", "-s", "--single"));
        spec.addOption(
                CommonOptions.flag("Threads in that heap, behind one mutex.", "-t", "--threads"));
        spec.addOption(
                CommonOptions.flag(
                        "Threads with pools of 16 KiB in front of that heap, in batches of 50"
                                + " blocks.",
                        "-e",
                        "--pools",
                        "--optimized"));
        spec.addOption(
                CommonOptions.flag(
                        "Worker processes over that heap in a memory-mapped file.",
                        "-m",
                        "--processes"));
    }

    /** The mode chosen, {@link Mode#FAST} if none was. */
    static Mode mode(ParseResult result) {
        Mode chosen = Mode.FAST;
        for (Mode mode : Mode.values()) {
            if (mode != Mode.FAST && result.hasMatchedOption(FLAGS.get(mode))) {
                if (chosen != Mode.FAST) {
                    throw new UsageException(
                            "choose one mode: " + FLAGS.get(chosen) + " or " + FLAGS.get(mode));
                }
                chosen = mode;
            }
        }
        return chosen;
    }
}
