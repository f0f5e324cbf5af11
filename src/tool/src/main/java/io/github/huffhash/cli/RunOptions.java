package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.tree.ReferenceTree;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The mode of a run, and the sizes and numbers that it is set up with. */
final class RunOptions {
    private static final String BLOCK_SIZE = "--block-size";
    private static final String WORKERS = "--workers";
    private static final String HEAP_SIZE = "--heap-size";
    private static final String POOL_SIZE = "--pool-size";
    private static final String BATCH_SIZE = "--batch-size";
    private static final String ALLOCATOR = "--allocator";

    private static final long DEFAULT_BLOCK_BYTES = 1024;
    private static final long MAX_POOL_BYTES = 16L << 30;
    private static final int MAX_WORKERS = 1024;

    /** Each is a JVM. */
    private static final int MAX_PROCESSES = 64;

    private static final int MAX_BATCH_SIZE = 1 << 16;

    private static final Map<Mode, String> FLAGS =
            Map.of(
                    Mode.SINGLE, "--single",
                    Mode.THREADS, "--threads",
                    Mode.POOLS, "--pools",
                    Mode.PROCESSES, "--processes");

    private RunOptions() {}

    private static void addModesTo(CommandSpec spec) {
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

    /** Options of a command that makes signatures. */
    static void addTo(CommandSpec spec) {
        addModesTo(spec);
        addSizesTo(spec);
    }

    /** The same for a command that runs all modes. */
    static void addSizesTo(CommandSpec spec) {
        spec.addOption(
                size("Cut the input into blocks of SIZE: 1 to 1M (default 1K).", "-B", BLOCK_SIZE));
        spec.addOption(
                CommonOptions.number(
                        "N",
                        "Workers of the fast and processes modes (default 0: all cores).",
                        "-T",
                        WORKERS));
        addHeapTo(spec);
    }

    /** Options of a command that compresses. */
    static void addCompressionTo(CommandSpec spec) {
        addModesTo(spec);
        spec.addOption(
                size(
                        "Compress in independent units of SIZE bytes: 1K to 128K (default 128K).",
                        "-B",
                        BLOCK_SIZE));
        spec.addOption(
                CommonOptions.number(
                        "N",
                        "Workers of the fast and processes modes (default 0: all cores).",
                        "-T",
                        "-p",
                        WORKERS));
        addHeapTo(spec);
    }

    /** Options of a command that decompresses. */
    static void addWorkersTo(CommandSpec spec) {
        spec.addOption(
                CommonOptions.number("N", "Workers (default 0: all cores).", "-T", "-p", WORKERS));
    }

    private static void addHeapTo(CommandSpec spec) {
        spec.addOption(size("Size of the simulated heap (default 2M).", HEAP_SIZE));
        spec.addOption(size("Size of a pool (default 16K).", POOL_SIZE));
        spec.addOption(
                CommonOptions.number(
                        "N", "Blocks, and pools, in a batch (default 50).", BATCH_SIZE));
        spec.addOption(
                CommonOptions.text(
                        "NAME",
                        "How the single and threads modes share the heap (default first-fit);"
                                + " huffhash lab lists the names.",
                        ALLOCATOR));
    }

    static OptionSpec size(String description, String... names) {
        return OptionSpec.builder(names)
                .type(Long.class)
                .converters(new SizeConverter())
                .paramLabel("SIZE")
                .description(description)
                .build();
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

    static int blockBytes(ParseResult result) {
        return (int)
                size(result, BLOCK_SIZE, DEFAULT_BLOCK_BYTES, 1, ReferenceTree.MAX_BLOCK_BYTES);
    }

    /** Bytes of a unit. */
    static int unitBytes(ParseResult result) {
        return (int)
                size(
                        result,
                        BLOCK_SIZE,
                        CompressOptions.MAX_UNIT_BYTES,
                        CompressOptions.MIN_UNIT_BYTES,
                        CompressOptions.MAX_UNIT_BYTES);
    }

    /** How many threads decompress. */
    static int workers(ParseResult result) {
        int workers = (int) number(result, WORKERS, 0, 0, MAX_WORKERS);
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }

    /** Settings for one mode; options that the mode does not have are refused. */
    static RunSettings settings(ParseResult result, Mode mode, boolean timed) {
        if (result.hasMatchedOption(WORKERS) && mode != Mode.FAST && mode != Mode.PROCESSES) {
            throw new UsageException(
                    WORKERS + " does not go with --" + mode.label() + ": there the heap decides");
        }
        if (result.hasMatchedOption(ALLOCATOR) && mode != Mode.SINGLE && mode != Mode.THREADS) {
            throw new UsageException(ALLOCATOR + " goes with --single and --threads only");
        }
        if (mode == Mode.PROCESSES) {
            checked(WORKERS, result.matchedOptionValue(WORKERS, 0), 0, MAX_PROCESSES);
        }
        return settings(result, timed);
    }

    /** Settings for any mode. */
    static RunSettings settings(ParseResult result, boolean timed) {
        return new RunSettings(
                workers(result),
                result.matchedOptionValue(WORKERS, 0) != 0,
                size(result, HEAP_SIZE, RunSettings.DEFAULT_HEAP_BYTES, 1, HeapMemory.MAX_BYTES),
                size(result, POOL_SIZE, RunSettings.DEFAULT_POOL_BYTES, 16, MAX_POOL_BYTES) & -16,
                (int) number(result, BATCH_SIZE, RunSettings.DEFAULT_BATCH_SIZE, 1, MAX_BATCH_SIZE),
                timed,
                strategy(ALLOCATOR, result.matchedOptionValue(ALLOCATOR, "first-fit")));
    }

    /** The strategy of this name, given with this option. */
    static Strategy strategy(String option, String name) {
        return Strategy.named(name)
                .orElseThrow(() ->
                        new UsageException(
                                option
                                        + ": there is no allocator '"
                                        + name
                                        + "'; huffhash lab lists them"));
    }

    /** The value of an option that is a number, which must be within bounds. */
    static long number(ParseResult result, String option, int usual, long least, long most) {
        return checked(option, result.matchedOptionValue(option, usual), least, most);
    }

    /** The value of an option that is a size, which must be within bounds. */
    static long size(ParseResult result, String option, long usual, long least, long most) {
        return checked(option, result.matchedOptionValue(option, usual), least, most);
    }

    private static long checked(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(
                    "%s must be from %d to %d, not %d".formatted(option, least, most, value));
        }
        return value;
    }
}
