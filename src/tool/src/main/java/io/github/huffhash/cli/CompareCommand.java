package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import io.github.huffhash.report.Comparison;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs every mode on one file and shows what each cost. */
final class CompareCommand extends Command {
    private static final String RUNS = "--runs";
    private static final String MODES = "--modes";

    /** What is wrong with other files. */
    static final String AGAIN = "only a regular file can be read many times";

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
        spec.addOption(flag("Print one JSON object instead of the table.", ReportForm.JSON_OPTION));
        spec.addOption(flag("Print CSV instead of the table.", ReportForm.CSV_OPTION));
        ReportFile.addTo(spec);
        Sweep.addTo(spec);
        spec.addPositional(input("The file; it is read many times."));
        complete(
                spec,
                "Runs every mode on one file: do they agree, and what did each cost?",
                List.of("huffhash compare [OPTIONS] FILE"),
                "The modes take turns, first to warm up, then once a run; the figures are those of"
                        + " the run with",
                "the median time. One list of values gives a row for each, two lists a table of"
                        + " times: then the",
                "modes are those in which they mean something, processes only if asked for. Exit"
                        + " status 1 if any",
                "two signatures differ.",
                "",
                "Examples:",
                "  huffhash compare file.bin",
                "  huffhash compare --workers=1,2,4,8,16,50 file.bin",
                "  huffhash compare --pool-size=4K,16K --batch-size=1,10,50 file.bin");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) {
        String file = result.matchedPositionalValue(0, "");
        try {
            ReportForm form = ReportForm.of(result);
            Sweep sweep = Sweep.of(result, chosenModes(result));
            try (Input input = Input.openRegular(file, AGAIN);
                    ReportFile report = ReportFile.of(result, this, Optional.of(input))) {
                Comparison comparison = compare(result, input, sweep);
                report.write("compare", "Modes compared on " + file, comparison);
                form.print(comparison, output);
                return ReportForm.exitCode(comparison.agrees(), input, "modes", output);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed(file, e);
        }
    }

    /** None if none was asked for. */
    private static List<Mode> chosenModes(ParseResult result) {
        return result.hasMatchedOption(MODES)
                ? list(result, MODES, "", CompareCommand::mode)
                : List.of();
    }

    private static Mode mode(String name) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(MODES + ": there is no mode '" + name + "'"));
    }

    private static Comparison compare(ParseResult result, Input input, Sweep sweep)
            throws IOException {
        int runs = (int) bounded(result, RUNS, DEFAULT_RUNS, 1, MAX_RUNS);
        String file = input.name();
        long bytes = input.expected();
        var done = new AtomicLong();
        List<Sweep.Point> points = sweep.points();
        var rounds =
                new Rounds<Sweep.Point, RunReport>(
                        point -> run(point, file, done), RunReport::wallNanos);
        List<Comparison.Runs> rows = new ArrayList<>();
        boolean progress = Terminal.isStandardError();
        try (var _ = Progress.start(progress, done::get, 0)) { // until times are steady
            // the workers are new processes in every run
            rounds.warmUp(points, point -> point.run().mode() == Mode.PROCESSES);
        }
        done.set(0);
        try (var _ = Progress.start(progress, done::get, bytes * points.size() * runs)) {
            rounds.measure(points, runs)
                    .forEach((it, own) ->
                            rows.add(new Comparison.Runs(it.run().mode(), it.values(), own)));
        }
        String bar = StandardOutput.canWrite("█") ? "█" : "#";
        return new Comparison(file, sweep.swept(), rows, bar);
    }

    /**
     * Runs one mode with one set of values.
     *
     * @param done counts the bytes
     */
    private static RunReport run(Sweep.Point point, String file, AtomicLong done)
            throws IOException {
        try (Input input = Input.open(file)) {
            RunReport report = point.run().over(input, _ -> {});
            done.addAndGet(report.statistics().bytes());
            return report;
        }
    }
}
