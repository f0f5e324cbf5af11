package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import io.github.huffhash.lab.Findings;
import io.github.huffhash.lab.Lab;
import io.github.huffhash.lab.LabReport;
import io.github.huffhash.lab.LabSettings;
import io.github.huffhash.lab.Workload;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.memory.strategy.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Measures the allocators side by side. */
final class LabCommand extends Command {
    private static final String ALLOCATORS = "--allocators";
    private static final String WORKERS = "--workers";
    private static final String SIZES = "--sizes";
    private static final String OPS = "--ops";
    private static final String SEED = "--seed";
    private static final String REMOTE = "--remote";
    private static final String OBJECTS = "--objects";
    private static final String HEAP_SIZE = "--heap-size";
    private static final String ROUNDS = "--rounds";
    private static final String JSON = "--json";
    private static final String CSV = "--csv";

    /** Those that have a meaning in some of the workloads. */
    private static final List<String> OPTIONS =
            List.of(ALLOCATORS, WORKERS, SIZES, OPS, SEED, REMOTE, OBJECTS, HEAP_SIZE, ROUNDS);

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");
    private static final int DEFAULT_ROUNDS = 5;
    private static final int DEFAULT_OPS = 100_000;
    private static final int DEFAULT_REMOTE = 50;
    private static final int DEFAULT_OBJECTS = 10_000;
    private static final int LEAST_OBJECTS = 256;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_PROCESSES = 64;
    private static final long RUN_MILLIS = 80;

    @Override
    String name() {
        return "lab";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addOption(text("NAME,...", "Which allocators (default all).", ALLOCATORS));
        spec.addOption(
                text(
                        "N,...",
                        "How many threads (default 1,2,4,8,16; larson: 1,4,16; tiers: 1,4;"
                                + " huffman: 1,2,4; channels: 1,16,32; latency: 1).",
                        WORKERS));
        spec.addOption(text("MIN-MAX", "Bytes of a request (default 8-1024).", SIZES));
        spec.addOption(
                number("N", "Operations in the traces of all threads (default 100000).", OPS));
        spec.addOption(
                OptionSpec.builder(SEED)
                        .type(long.class)
                        .paramLabel("N")
                        .description("Seed of the traces (default 1).")
                        .build());
        spec.addOption(
                number(
                        "PERCENT",
                        "larson: frees of what another thread has allocated (default 50).",
                        REMOTE));
        spec.addOption(
                number(
                        "N",
                        "larson: objects that each thread keeps, 256 to 1000000 (default 10000).",
                        OBJECTS));
        spec.addOption(
                size("Size of the heap (default 64M; larson: 192M; huffman: 2M).", HEAP_SIZE));
        spec.addOption(number("N", "How often each is measured (default 5).", ROUNDS));
        spec.addOption(flag("Print one JSON object instead of the tables.", JSON));
        spec.addOption(flag("Print CSV instead of the tables.", CSV));
        ReportFile.addTo(spec);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("WORKLOAD [FILE]")
                        .arity("0..2")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(
                                "latency, contention, larson, tiers, lookup, startup, channels,"
                                        + " faults, or huffman with a file.")
                        .build());
        complete(
                spec,
                "Measures ways to share a heap, side by side, on the same work.",
                List.of("huffhash lab WORKLOAD [OPTIONS] [FILE]"),
                "huffhash lab without arguments tells what there is to measure.",
                "",
                "Examples:",
                "  huffhash lab contention",
                "  huffhash lab larson --remote=90 --allocators=first-fit,size-class"
                        + " --workers=1,4",
                "  huffhash lab huffman file.bin --csv");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) {
        List<String> words = result.matchedPositionalValue(0, List.of());
        String file = words.size() > 1 ? words.get(1) : "";
        try {
            if (words.isEmpty()) {
                refuseOptions(result);
                print(output, overview());
                return 0;
            }
            Workload workload =
                    Workload.named(words.getFirst())
                            .orElseThrow(() ->
                                    new UsageException(
                                            "there is no workload '" + words.getFirst() + "'"));
            return run(result, workload, file, output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed(file, e);
        }
    }

    private int run(ParseResult result, Workload workload, String file, StandardOutput output)
            throws IOException {
        refuseMeaningless(result, workload);
        LabSettings settings = settings(result, workload);
        if (file.isEmpty() == (workload == Workload.HUFFMAN)) {
            throw new UsageException(
                    workload.label() + (file.isEmpty() ? " takes a file" : " takes no file"));
        }
        Optional<Input> input =
                file.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Input.openRegular(
                                        file, "only a regular file can be read many times"));
        var lab = new Lab(settings);
        try (ReportFile page = ReportFile.of(result, this, input)) {
            String title = "Allocators compared: " + workload.label();
            if (workload.isExperiment()) {
                Findings<?> findings = lab.experiment(workload);
                page.write("", title, findings.json(), findings.sections());
                print(output, lines(result, findings));
            } else {
                LabReport report = file.isEmpty() ? lab.measure(workload) : lab.measure(file);
                page.write("lab", title, report.json(), report.sections());
                print(output, lines(result, report));
            }
        } finally {
            if (input.isPresent()) {
                input.get().close();
            }
        }
        if (workload == Workload.HUFFMAN && !lab.signaturesAgree()) {
            output.flush();
            Console.error(
                    file
                            + ": the allocators disagree about the signature; this is a bug in"
                            + " huffhash");
            return Console.FAILED;
        }
        return 0;
    }

    private static void refuseOptions(ParseResult result) {
        Stream.of(OPTIONS, List.of(JSON, CSV, ReportFile.HTML))
                .flatMap(List::stream)
                .filter(result::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageException(option + " needs a WORKLOAD");
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
                throw new UsageException(option + " does not go with " + workload.label());
            }
        }
        if (result.hasMatchedOption(JSON) && result.hasMatchedOption(CSV)) {
            throw new UsageException("choose one of " + JSON + " and " + CSV);
        }
    }

    private static void print(StandardOutput output, List<String> lines) throws IOException {
        for (String line : lines) {
            output.line(line);
        }
    }

    private static List<String> lines(ParseResult result, LabReport report) {
        if (result.hasMatchedOption(JSON)) {
            return List.of(report.json());
        }
        return result.hasMatchedOption(CSV) ? report.csv() : report.text();
    }

    private static List<String> lines(ParseResult result, Findings<?> findings) {
        if (result.hasMatchedOption(JSON)) {
            return List.of(findings.json());
        }
        return result.hasMatchedOption(CSV) ? findings.csv() : findings.text();
    }

    private static LabSettings settings(ParseResult result, Workload workload) {
        Matcher sizes =
                RANGE.matcher(
                        result.matchedOptionValue(
                                SIZES, workload == Workload.TIERS ? "8-1048576" : "8-1024"));
        if (!sizes.matches()) {
            throw new UsageException(SIZES + " must be two numbers such as 8-1024");
        }
        int minBytes = Integer.parseInt(sizes.group(1));
        int maxBytes = Integer.parseInt(sizes.group(2));
        if (minBytes < 1 || minBytes > maxBytes) {
            throw new UsageException(SIZES + " must go up from 1 or more");
        }
        int heapMegabytes =
                switch (workload) {
                    case HUFFMAN -> 2;
                    case LARSON -> 192;
                    default -> 64;
                };
        return new LabSettings(
                workload == Workload.TIERS
                        ? Variant.TIERS
                        : list(
                                result,
                                ALLOCATORS,
                                allNames(),
                                name -> RunOptions.strategy(ALLOCATORS, name)),
                list(
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
                minBytes,
                maxBytes,
                integer(result, OPS, DEFAULT_OPS, 1, 100_000_000),
                result.matchedOptionValue(SEED, 1L),
                integer(result, REMOTE, DEFAULT_REMOTE, 0, 100),
                integer(result, OBJECTS, DEFAULT_OBJECTS, LEAST_OBJECTS, 1_000_000),
                size(result, HEAP_SIZE, heapMegabytes << 20, 1, HeapMemory.MAX_BYTES),
                integer(result, ROUNDS, DEFAULT_ROUNDS, 1, 1000),
                TimeUnit.MILLISECONDS.toNanos(
                        workload == Workload.CHANNELS ? RUN_MILLIS / 2 : RUN_MILLIS));
    }

    private static <T> List<T> list(
            ParseResult result, String option, String usual, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String word : result.matchedOptionValue(option, usual).split(",", -1)) {
            T value = parser.apply(word);
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static int workers(String word, Workload workload) {
        int most = workload == Workload.CHANNELS ? MAX_PROCESSES : MAX_WORKERS;
        if (!word.matches("[0-9]{1,4}")
                || Integer.parseInt(word) < 1
                || Integer.parseInt(word) > most) {
            throw new UsageException(
                    WORKERS + " must be numbers from 1 to " + most + ", not '" + word + "'");
        }
        return Integer.parseInt(word);
    }

    private static int integer(ParseResult result, String option, int usual, int least, int most) {
        return (int) number(result, option, usual, least, most);
    }

    private static String allNames() {
        return String.join(",", List.of(Strategy.values()).stream().map(Strategy::label).toList());
    }

    /** What there is, on one screen. */
    private static List<String> overview() {
        List<String> lines = new ArrayList<>();
        lines.add("huffhash lab WORKLOAD: ways to share a heap, side by side, on the same work");
        for (Workload workload : Workload.values()) {
            lines.add(row(workload.label(), workload.summary()));
        }
        lines.add("Allocators, for --allocators=NAME,... and for huffhash -t --allocator=NAME:");
        for (Strategy strategy : Strategy.values()) {
            lines.add(row(strategy.label(), strategy.summary()));
        }
        lines.add("Start with: huffhash lab contention. All options: huffhash lab --help");
        return lines;
    }

    private static String row(String name, String summary) {
        return String.format(Locale.ROOT, "  %-14s %s", name, summary);
    }
}
