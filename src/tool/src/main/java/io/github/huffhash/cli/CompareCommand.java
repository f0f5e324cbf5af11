package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.report.Comparison;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Runs every mode on one file and shows what each cost. */
final class CompareCommand {
    static final String NAME = "compare";

    private static final String RUNS = "--runs";
    private static final String MODES = "--modes";
    private static final String JSON = "--json";
    private static final int DEFAULT_RUNS = 5;
    private static final int MAX_RUNS = 1000;

    private final ParseResult result;
    private final String file;

    private CompareCommand(ParseResult result) {
        this.result = result;
        file = result.matchedPositionalValue(0, "");
    }

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        spec.addOption(CommonOptions.number("N", "How often each mode runs (default 5).", RUNS));
        spec.addOption(
                CommonOptions.text(
                        "MODE,...",
                        "Which modes: single, threads, processes, pools, fast (default all).",
                        MODES));
        spec.addOption(CommonOptions.flag("Print one JSON object instead of the table.", JSON));
        RunOptions.addSizesTo(spec);
        CommonOptions.addTo(spec);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .index("0")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("The file; it is read many times.")
                        .build());
        spec.usageMessage()
                .width(100)
                .sortOptions(false)
                .optionListHeading("%n")
                .header("Runs every mode on one file: do they agree, and what did each cost?")
                .customSynopsis("huffhash compare [OPTIONS] FILE")
                .footer(
                        "",
                        "The modes take turns, once to warm up and then once a run; the figures are"
                                + " those of the run",
                        "with the median time. Exit status 1 if any two signatures differ.",
                        "",
                        "Examples:",
                        "  huffhash compare file.bin",
                        "  huffhash compare --modes=threads,pools --heap-size=128K --batch-size=4"
                                + " file.bin");
        return spec;
    }

    static int run(ParseResult result) {
        return new CompareCommand(result).run();
    }

    private int run() {
        try (var output = new StandardOutput()) {
            Comparison comparison = compare(chosenModes());
            if (result.hasMatchedOption(JSON)) {
                output.line(comparison.json());
            } else {
                for (String line : comparison.text(StandardOutput.canWrite("█") ? "█" : "#")) {
                    output.line(line);
                }
            }
            if (!comparison.agrees()) {
                output.flush();
                Console.print(
                        file
                                + ": the modes disagree about the signature; this is a bug in"
                                + " huffhash");
                return Console.FAILED;
            }
            return 0;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Console.failed(file, e, CommonOptions.verbosity(result) > 1);
        }
    }

    private List<Mode> chosenModes() {
        List<Mode> known =
                List.of(Mode.SINGLE, Mode.THREADS, Mode.PROCESSES, Mode.POOLS, Mode.FAST);
        if (!result.hasMatchedOption(MODES)) {
            return known;
        }
        List<Mode> chosen = new ArrayList<>();
        for (String name : result.matchedOptionValue(MODES, "").split(",", -1)) {
            Mode mode =
                    known.stream()
                            .filter(candidate -> candidate.label().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new UsageException(
                                            MODES + ": there is no mode '" + name + "'"));
            if (!chosen.contains(mode)) {
                chosen.add(mode);
            }
        }
        return chosen;
    }

    private Comparison compare(List<Mode> chosen) throws IOException {
        int runs = (int) RunOptions.number(result, RUNS, DEFAULT_RUNS, 1, MAX_RUNS);
        int blockBytes = RunOptions.blockBytes(result);
        RunSettings settings = RunOptions.settings(result, false);
        Map<Mode, List<RunReport>> reports = new EnumMap<>(Mode.class);
        var done = new AtomicLong();
        long total = size() * chosen.size() * (runs + 1);
        try (var _ = Progress.start(Terminal.isStandardError(), done::get, total)) {
            for (int i = -1; i < runs; i++) {
                for (Mode mode : chosen) {
                    RunReport report = run(new SignatureRun(mode, settings, blockBytes, true));
                    done.addAndGet(report.statistics().bytes());
                    if (i >= 0) {
                        reports.computeIfAbsent(mode, _ -> new ArrayList<>()).add(report);
                    }
                }
            }
        }
        return new Comparison(
                file,
                chosen.stream()
                        .map(mode ->
                                new Comparison.Runs(mode, reports.getOrDefault(mode, List.of())))
                        .toList());
    }

    private RunReport run(SignatureRun run) throws IOException {
        try (Input input = Input.open(file)) {
            return run.over(input, _ -> {});
        }
    }

    /** The size of the file, which must be one that can be read again and again. */
    private long size() throws IOException {
        if (file.equals(Input.STANDARD_INPUT) || !Input.isRegularOrMissing(file)) {
            throw new FileFailure(file, "only a regular file can be read many times");
        }
        try (Input input = Input.open(file)) {
            return input.expected();
        }
    }
}
