package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.Run;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.ThreadRun;
import io.github.huffhash.run.process.ProcessRun;
import io.github.huffhash.tree.ReferenceTree;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The mode, and the sizes and numbers that a run is set up with. */
final class RunOptions {
    static final String BLOCK_SIZE = "--block-size";
    static final String WORKERS = "--workers";

    private static final String HEAP_SIZE = "--heap-size";
    private static final String POOL_SIZE = "--pool-size";
    private static final String BATCH_SIZE = "--batch-size";
    private static final String ALLOCATOR = "--allocator";
    static final String UNBOUNDED = "--unbounded";

    /** The flag of each mode but the default. */
    private static final Map<Mode, String> MODES =
            Map.of(
                    Mode.SINGLE, "--single",
                    Mode.THREADS, "--threads",
                    Mode.POOLS, "--pools",
                    Mode.PROCESSES, "--processes");

    /** The modes in which an option means something. */
    private static final Map<String, Set<Mode>> MEANT =
            Map.of(
                    WORKERS, EnumSet.complementOf(EnumSet.of(Mode.SINGLE)),
                    HEAP_SIZE, EnumSet.complementOf(EnumSet.of(Mode.FAST)),
                    POOL_SIZE, EnumSet.of(Mode.POOLS),
                    BATCH_SIZE, EnumSet.of(Mode.POOLS),
                    ALLOCATOR, EnumSet.of(Mode.SINGLE, Mode.THREADS),
                    UNBOUNDED, EnumSet.of(Mode.THREADS));

    private static final long DEFAULT_BLOCK_BYTES = 1024;
    private static final long MAX_POOL_BYTES = 16L << 30;
    private static final int MAX_WORKERS = 1024;

    /** Each is a JVM. */
    private static final int MAX_PROCESSES = 64;

    private static final int MAX_BATCH_SIZE = 1 << 16;

    private RunOptions() {}

    /** Options that choose the mode. */
    static void addModesTo(CommandSpec spec) {
        spec.addOption(
                Command.flag(
                        "One thread in a simulated heap of 2 MiB, no lock.", "-s", "--single"));
        spec.addOption(Command.flag("Threads in that heap, behind one mutex.", "-t", "--threads"));
        spec.addOption(
                Command.flag(
                        "Threads with pools of 16 KiB in front of that heap; 50 blocks share the"
                                + " pools at a time.",
                        "-e",
                        "--pools",
                        "--optimized"));
        spec.addOption(
                Command.flag(
                        "Worker processes over that heap in a memory-mapped file.",
                        "-m",
                        "--processes"));
    }

    /** The mode chosen, {@link Mode#FAST} if none was. */
    static Mode mode(ParseResult result) {
        Mode chosen = Mode.FAST;
        for (Mode mode : Mode.values()) {
            if (mode != Mode.FAST && result.hasMatchedOption(MODES.get(mode))) {
                if (chosen != Mode.FAST) {
                    throw new UsageException(
                            "choose one mode: " + MODES.get(chosen) + " or " + MODES.get(mode));
                }
                chosen = mode;
            }
        }
        return chosen;
    }

    /** Options of a command that makes signatures. */
    static void addTo(CommandSpec spec) {
        addBlockSizeTo(spec);
        addThreadsTo(spec, "-T", WORKERS);
        addHeapTo(spec);
        spec.addOption(
                Command.flag(
                        "-t as the C program has it: a thread for each block, all at once; a full"
                                + " heap ends the run.",
                        UNBOUNDED));
    }

    /** Options of a command that compresses. */
    static void addCompressionTo(CommandSpec spec) {
        spec.addOption(
                blockSize(
                        "Compress in independent units of SIZE bytes: 1K to 128K (default 128K)."));
        addThreadsTo(spec, "-T", "-p", WORKERS);
        addHeapTo(spec);
    }

    /**
     * Options of a command that decodes.
     *
     * @param alias another name of the option
     */
    static void addWorkersTo(CommandSpec spec, String alias) {
        spec.addOption(
                Command.number("N", "Workers (default 0: all cores).", "-T", alias, WORKERS));
    }

    /** Options of a command that works on blocks in a heap with pools. */
    static void addBlocksTo(CommandSpec spec) {
        addBlockSizeTo(spec);
        addSizesTo(spec);
    }

    private static void addBlockSizeTo(CommandSpec spec) {
        spec.addOption(blockSize("Cut the input into blocks of SIZE: 1 to 1M (default 1K)."));
    }

    private static OptionSpec blockSize(String description) {
        return Command.size(description, "-B", BLOCK_SIZE);
    }

    private static void addThreadsTo(CommandSpec spec, String... names) {
        spec.addOption(
                Command.number(
                        "N",
                        "Threads, up to 1024, or worker processes, up to 64 (default 0: all cores;"
                                + " -t and -e: at least two).",
                        names));
    }

    private static void addSizesTo(CommandSpec spec) {
        spec.addOption(Command.size("Size of the simulated heap (default 2M).", HEAP_SIZE));
        spec.addOption(Command.size("Size of a pool (default 16K).", POOL_SIZE));
        spec.addOption(
                Command.number("N", "Blocks, and pools, in a batch (default 50).", BATCH_SIZE));
    }

    private static void addHeapTo(CommandSpec spec) {
        addSizesTo(spec);
        spec.addOption(
                Command.text(
                        "NAME",
                        "How the single and threads modes share the heap (default first-fit);"
                                + " huffhash lab lists the names.",
                        ALLOCATOR));
    }

    static int blockBytes(ParseResult result) {
        return (int)
                Command.bounded(
                        result, BLOCK_SIZE, DEFAULT_BLOCK_BYTES, 1, ReferenceTree.MAX_BLOCK_BYTES);
    }

    /** Bytes that are compressed as an independent unit. */
    static int unitBytes(ParseResult result) {
        return (int)
                Command.bounded(
                        result,
                        BLOCK_SIZE,
                        CompressOptions.MAX_UNIT_BYTES,
                        CompressOptions.MIN_UNIT_BYTES,
                        CompressOptions.MAX_UNIT_BYTES);
    }

    /** How many workers there are. */
    static int workers(ParseResult result) {
        return workers((int) Command.bounded(result, WORKERS, 0, 0, MAX_WORKERS));
    }

    /** How many workers there are for any number that was given; 0 for all cores. */
    static int workers(int given) {
        return given == 0
                ? Runtime.getRuntime().availableProcessors()
                : Math.min(given, MAX_WORKERS);
    }

    /** Whether an option means something in a mode. */
    static boolean means(String option, Mode mode) {
        return !MEANT.containsKey(option) || MEANT.getOrDefault(option, Set.of()).contains(mode);
    }

    /** Refuses options that mean nothing in any of the modes. */
    static void refuseMeaningless(Collection<String> options, Collection<Mode> modes) {
        for (String option : options) {
            if (modes.stream().noneMatch(mode -> means(option, mode))) {
                throw new UsageException(
                        "%s goes with %s only"
                                .formatted(option, names(MEANT.getOrDefault(option, Set.of()))));
            }
        }
    }

    /** Settings for this mode. */
    static RunSettings settings(ParseResult result, Mode mode, boolean timed) {
        return settings(result, mode, timed, workers(result));
    }

    /** The same with this number of workers. */
    static RunSettings settings(ParseResult result, Mode mode, boolean timed, int workers) {
        List<String> given = MEANT.keySet().stream().filter(result::hasMatchedOption).toList();
        refuseMeaningless(given, List.of(mode));
        int asked = result.matchedOptionValue(WORKERS, 0);
        if (mode == Mode.PROCESSES && asked > MAX_PROCESSES) {
            throw new UsageException(
                    "%s must be from 0 to %d for processes, not %d"
                            .formatted(WORKERS, MAX_PROCESSES, asked));
        }
        var settings =
                new RunSettings(
                        workers,
                        asked != 0,
                        Command.bounded(
                                result,
                                HEAP_SIZE,
                                RunSettings.DEFAULT_HEAP_BYTES,
                                1,
                                HeapMemory.MAX_BYTES),
                        Command.bounded(
                                        result,
                                        POOL_SIZE,
                                        RunSettings.DEFAULT_POOL_BYTES,
                                        16,
                                        MAX_POOL_BYTES)
                                & -16,
                        (int)
                                Command.bounded(
                                        result,
                                        BATCH_SIZE,
                                        RunSettings.DEFAULT_BATCH_SIZE,
                                        1,
                                        MAX_BATCH_SIZE),
                        timed,
                        strategy(ALLOCATOR, result.matchedOptionValue(ALLOCATOR, "first-fit")),
                        result.hasMatchedOption(UNBOUNDED));
        if (settings.unbounded() && settings.exactWorkers()) {
            throw new UsageException("--unbounded has a thread for each block, not " + WORKERS);
        }
        if (settings.unbounded() && !settings.allocator().isFirstFit()) {
            throw new UsageException("--unbounded goes with first-fit and first-fit-walk only");
        }
        return settings;
    }

    /** The run of {@code mode}; what went wrong and was mended is printed. */
    static Run run(Mode mode, RunSettings settings) {
        return mode == Mode.PROCESSES
                ? new ProcessRun(settings, Console::error)
                : ThreadRun.of(mode, settings);
    }

    private static String names(Set<Mode> modes) {
        return modes.stream()
                .map(mode -> MODES.getOrDefault(mode, "the default mode"))
                .collect(Collectors.joining(", "))
                .replaceFirst(", ([^,]*)$", " and $1");
    }

    /** The strategy of this name, given with this option. */
    static Strategy strategy(String option, String name) {
        return Strategy.named(name)
                .orElseThrow(() ->
                        new UsageException(
                                "%s: there is no allocator '%s'; huffhash lab lists them"
                                        .formatted(option, name)));
    }
}
