package io.github.huffhash.cli;

import io.github.huffhash.lab.LabSettings;
import io.github.huffhash.lab.Workload;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.memory.strategy.Variant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The options of a measurement of the laboratory. */
final class LabOptions {
    private static final String ALLOCATORS = "--allocators";
    private static final String WORKERS = "--workers";
    private static final String SIZES = "--sizes";
    private static final String OPS = "--ops";
    private static final String SEED = "--seed";
    private static final String REMOTE = "--remote";
    private static final String OBJECTS = "--objects";
    private static final String HEAP_SIZE = "--heap-size";
    private static final String ROUNDS = "--rounds";

    /** Those that have a meaning in some of the workloads. */
    private static final List<String> OPTIONS =
            List.of(ALLOCATORS, WORKERS, SIZES, OPS, SEED, REMOTE, OBJECTS, HEAP_SIZE, ROUNDS);

    private static final int MAX_BYTES = 1 << 30;
    private static final int DEFAULT_ROUNDS = 5;
    private static final int DEFAULT_OPS = 100_000;
    private static final int DEFAULT_REMOTE = 50;
    private static final int DEFAULT_OBJECTS = 10_000;
    private static final int LEAST_OBJECTS = 256;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_PROCESSES = 64;
    private static final long RUN_MILLIS = 80;

    private LabOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(Command.text("NAME,...", "Which allocators (default all).", ALLOCATORS));
        spec.addOption(
                Command.text(
                        "N,...",
                        "How many threads (default 1,2,4,8,16; larson: 1,4,16; tiers: 1,4;"
                                + " huffman: 1,2,4; channels: 1,16,32; latency: 1).",
                        WORKERS));
        spec.addOption(Command.text("MIN-MAX", "Bytes of a request (default 8-1024).", SIZES));
        spec.addOption(
                Command.number(
                        "N", "Operations in the traces of all threads (default 100000).", OPS));
        spec.addOption(
                OptionSpec.builder(SEED)
                        .type(long.class)
                        .converters(value -> Numbers.parse(value, Long.MAX_VALUE))
                        .paramLabel("N")
                        .description("Seed of the traces (default 1).")
                        .build());
        spec.addOption(
                Command.number(
                        "PERCENT",
                        "larson: frees of what another thread has allocated (default 50).",
                        REMOTE));
        spec.addOption(
                Command.number(
                        "N",
                        "larson: objects that each thread keeps, 256 to 1000000 (default 10000).",
                        OBJECTS));
        spec.addOption(
                Command.size(
                        "Size of the heap (default 64M; larson: 192M; huffman: 2M).", HEAP_SIZE));
        spec.addOption(Command.number("N", "How often each is measured (default 5).", ROUNDS));
    }

    /** Refuses all of them, and those of the output. */
    static void refuseAll(ParseResult result) {
        Stream.of(OPTIONS, List.of(ReportForm.JSON_OPTION, ReportForm.CSV_OPTION, ReportFile.HTML))
                .flatMap(List::stream)
                .filter(result::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw new Command.UsageException(option + " needs a WORKLOAD");
                });
    }

    private static void refuseMeaningless(ParseResult result, Workload workload) {
        for (String option : OPTIONS) {
            boolean meant =
                    switch (option) {
                        case REMOTE, OBJECTS -> workload == Workload.LARSON;
                        case OPS -> workload.isReplay();
                        case SIZES -> workload.isReplay() && workload != Workload.TIERS;
                        case SEED -> workload.isReplay() || workload == Workload.LOOKUP;
                        case ALLOCATORS ->
                                switch (workload) {
                                    case TIERS, LOOKUP, CHANNELS -> false;
                                    default -> true;
                                };
                        case ROUNDS -> workload != Workload.FAULTS;
                        case WORKERS -> !workload.isExperiment() || workload == Workload.CHANNELS;
                        default -> !workload.isExperiment();
                    };
            if (result.hasMatchedOption(option) && !meant) {
                throw new Command.UsageException(option + " does not go with " + workload.label());
            }
        }
    }

    /** The settings of a measurement; options that mean nothing in it are refused. */
    static LabSettings settings(ParseResult result, Workload workload) {
        refuseMeaningless(result, workload);
        int heapMegabytes =
                switch (workload) {
                    case HUFFMAN -> 2;
                    case LARSON -> 192;
                    default -> 64;
                };
        String usualSizes = workload == Workload.TIERS ? "8-1M" : "8-1024";
        long[] sizes = sizes(result.matchedOptionValue(SIZES, usualSizes));
        return new LabSettings(
                workload == Workload.TIERS
                        ? Variant.TIERS
                        : Command.list(
                                result,
                                ALLOCATORS,
                                allNames(),
                                name -> RunOptions.strategy(ALLOCATORS, name)),
                Command.list(
                        result,
                        WORKERS,
                        switch (workload) {
                            case LATENCY, LOOKUP, STARTUP, FAULTS -> "1";
                            case CHANNELS -> "1,16,32";
                            case CONTENTION -> "1,2,4,8,16";
                            case LARSON -> "1,4,16";
                            case TIERS -> "1,4";
                            case HUFFMAN -> "1,2,4";
                        },
                        word -> workers(word, workload)),
                (int) sizes[0],
                (int) sizes[1],
                integer(result, OPS, DEFAULT_OPS, 1, 100_000_000),
                result.matchedOptionValue(SEED, 1L),
                integer(result, REMOTE, DEFAULT_REMOTE, 0, 100),
                integer(result, OBJECTS, DEFAULT_OBJECTS, LEAST_OBJECTS, 1_000_000),
                Command.bounded(result, HEAP_SIZE, heapMegabytes << 20, 1, HeapMemory.MAX_BYTES),
                integer(result, ROUNDS, DEFAULT_ROUNDS, 1, 1000),
                TimeUnit.MILLISECONDS.toNanos(
                        workload == Workload.CHANNELS ? RUN_MILLIS / 2 : RUN_MILLIS));
    }

    /** The smallest request, and the largest. */
    private static long[] sizes(String text) {
        long[] sizes = {};
        try {
            sizes = Stream.of(text.split("-", -1)).mapToLong(Numbers::parseSize).toArray();
        } catch (TypeConversionException _) {
            // of no length that is right
        }
        if (sizes.length != 2) {
            throw new Command.UsageException(
                    SIZES + " must be two numbers such as 8-1024 or 1K-64K, not '" + text + "'");
        }
        if (sizes[0] < 1 || sizes[0] > sizes[1] || sizes[1] > MAX_BYTES) {
            throw new Command.UsageException(SIZES + " must go up from 1 or more, to 1G at most");
        }
        return sizes;
    }

    private static int workers(String word, Workload workload) {
        int most = workload == Workload.CHANNELS ? MAX_PROCESSES : MAX_WORKERS;
        if (!word.matches("[0-9]{1,4}")
                || Integer.parseInt(word) < 1
                || Integer.parseInt(word) > most) {
            throw new Command.UsageException(
                    WORKERS + " must be numbers from 1 to " + most + ", not '" + word + "'");
        }
        return Integer.parseInt(word);
    }

    private static int integer(ParseResult result, String option, int usual, int least, int most) {
        return (int) Command.bounded(result, option, usual, least, most);
    }

    private static String allNames() {
        return String.join(",", List.of(Strategy.values()).stream().map(Strategy::label).toList());
    }
}
