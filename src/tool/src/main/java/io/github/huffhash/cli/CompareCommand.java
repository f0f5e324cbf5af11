package io.github.huffhash.cli;

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
final class CompareCommand extends Command {
    private static final String RUNS = "--runs";
    private static final String MODES = "--modes";
    private static final String JSON = "--json";
    private static final int DEFAULT_RUNS = 5;
    private static final int MAX_RUNS = 1000;

    @Override
    String name() {
        return "compare";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addOption(number("N", "How often each mode runs (default 5).", RUNS));
        spec.addOption(
                text(
                        "MODE,...",
                        "Which modes: single, threads, processes, pools, fast (default all).",
                        MODES));
        spec.addOption(flag("Print one JSON object instead of the table.", JSON));
        RunOptions.addTo(spec);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .index("0")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("The file; it is read many times.")
                        .build());
        complete(
                spec,
                "Runs every mode on one file: do they agree, and what did each cost?",
                List.of("huffhash compare [OPTIONS] FILE"),
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

    @Override
    int run(ParseResult result, Console console, StandardOutput output) {
        String file = result.matchedPositionalValue(0, "");
        try {
            Comparison comparison = compare(result, file, chosenModes(result));
            if (result.hasMatchedOption(JSON)) {
                output.line(comparison.json());
            } else {
                for (String line : comparison.text(StandardOutput.canWrite("█") ? "█" : "#")) {
                    output.line(line);
                }
            }
            if (!comparison.agrees()) {
                output.flush();
                Console.error(
                        file
                                + ": the modes disagree about the signature; this is a bug in"
                                + " huffhash");
                return Console.FAILED;
            }
            return 0;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed(file, e);
        }
    }

    private static List<Mode> chosenModes(ParseResult result) {
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

    private static Comparison compare(ParseResult result, String file, List<Mode> chosen)
            throws IOException {
        int runs = (int) number(result, RUNS, DEFAULT_RUNS, 1, MAX_RUNS);
        int blockBytes = RunOptions.blockBytes(result);
        RunSettings settings = RunOptions.settings(result, chosen, false);
        Map<Mode, List<RunReport>> reports = new EnumMap<>(Mode.class);
        var done = new AtomicLong();
        long total = size(file) * chosen.size() * (runs + 1);
        try (var _ = Progress.start(Terminal.isStandardError(), done::get, total)) {
            for (int i = -1; i < runs; i++) {
                for (Mode mode : chosen) {
                    var run = new SignatureRun(mode, settings, blockBytes, true);
                    RunReport report = run(run, file);
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

    private static RunReport run(SignatureRun run, String file) throws IOException {
        try (Input input = Input.open(file)) {
            return run.over(input, _ -> {});
        }
    }

    /** The size of the file, which must be one that can be read again and again. */
    private static long size(String file) throws IOException {
        try (Input input = Input.openRegular(file, "only a regular file can be read many times")) {
            return input.expected();
        }
    }
}
