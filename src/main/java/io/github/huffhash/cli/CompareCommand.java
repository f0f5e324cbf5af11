package io.github.huffhash.cli;

import io.github.huffhash.engine.EngineSettings;
import io.github.huffhash.engine.Mode;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.report.Comparison;
import io.github.huffhash.report.ComparisonTable;
import io.github.huffhash.report.Json;
import io.github.huffhash.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs every mode on one file and shows what each cost. */
@Command(
        name = "compare",
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Runs every mode on one file: do they agree, and what did each cost?",
        optionListHeading = "%n",
        footer = {
            "",
            "The modes take turns, once to warm up and then once a run; the figures are those of"
                    + " the run with",
            "the median time. Exit status 1 if any two signatures differ.",
            "",
            "Examples:",
            "  huffhash compare file.bin",
            "  huffhash compare --modes=threads,pools --runs=20 --heap-size=128K --batch-size=4"
                    + " file.bin"
        })
final class CompareCommand implements Callable<Integer> {
    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often each mode runs (default 5).")
    private int runs = 5;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "MODE",
            description = "Which modes: single, threads, processes, pools, fast (default all).")
    private List<String> modes = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Mixin private final EngineOptions engine = new EngineOptions();

    @Mixin private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The file; it is read many times.")
    private String file = "";

    @Override
    public Integer call() {
        try (var output = new StandardOutput()) {
            if (runs < 1 || runs > 1000) {
                throw new UsageException("--runs must be from 1 to 1000, not " + runs);
            }
            Comparison comparison = compare(chosenModes());
            if (json) {
                output.line(Json.of(comparison));
            } else {
                for (String line :
                        ComparisonTable.of(comparison, StandardOutput.canWrite("█") ? "█" : "#")) {
                    output.line(line);
                }
            }
            if (!comparison.agrees()) {
                output.flush();
                Failures.report(
                        file
                                + ": the modes disagree about the signature; this is a bug in"
                                + " huffhash");
                return Failures.FAILED;
            }
            return 0;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Failures.report(file, e, common.verbosity() > 1);
        }
    }

    private List<Mode> chosenModes() {
        List<Mode> known =
                List.of(Mode.SINGLE, Mode.THREADS, Mode.PROCESSES, Mode.POOLS, Mode.FAST);
        if (modes.isEmpty()) {
            return known;
        }
        List<Mode> chosen = new ArrayList<>();
        for (String name : modes) {
            Mode mode =
                    known.stream()
                            .filter(candidate -> candidate.label().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new UsageException("--modes: there is no mode '" + name + "'"));
            if (!chosen.contains(mode)) {
                chosen.add(mode);
            }
        }
        return chosen;
    }

    private Comparison compare(List<Mode> chosen) throws IOException {
        if (!Files.isRegularFile(Path.of(file))
                && Files.exists(Path.of(file))
                && !Files.isDirectory(Path.of(file))) {
            throw new FileFailure(file, "only a regular file can be read many times");
        }
        EngineSettings settings = engine.settings(false);
        Map<Mode, List<RunReport>> reports = new LinkedHashMap<>();
        for (int i = -1; i < runs; i++) {
            for (Mode mode : chosen) {
                try (Input input = Input.open(file)) {
                    RunReport report =
                            new SignatureRun(mode, settings, engine.blockSize(), true)
                                    .over(input, _ -> {});
                    if (i >= 0) {
                        reports.computeIfAbsent(mode, _ -> new ArrayList<>()).add(report);
                    }
                }
            }
        }
        return new Comparison(
                file,
                reports.entrySet().stream()
                        .map(entry -> new Comparison.Runs(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
