package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.lab.Lab;
import io.github.huffhash.lab.LabSettings;
import io.github.huffhash.lab.Workload;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Measures the allocators side by side. */
final class LabCommand extends Command {
    /** A line of the overview: a name, and what it is. */
    private static final String ROW = "  %-14s %s";

    @Override
    String name() {
        return "lab";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        LabOptions.addTo(spec);
        spec.addOption(
                flag("Print one JSON object instead of the tables.", ReportForm.JSON_OPTION));
        spec.addOption(flag("Print CSV instead of the tables.", ReportForm.CSV_OPTION));
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
                LabOptions.refuseAll(result);
                for (String line : overview()) {
                    output.line(line);
                }
                return 0;
            }
            Workload workload =
                    Workload.named(words.getFirst())
                            .orElseThrow(() ->
                                    new UsageException(
                                            "there is no workload '" + words.getFirst() + "'"));
            if (words.size() > 2) {
                throw new UsageException("unexpected argument " + words.get(2));
            }
            return run(result, workload, file, output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed(file, e);
        }
    }

    private int run(ParseResult result, Workload workload, String file, StandardOutput output)
            throws IOException {
        ReportForm form = ReportForm.of(result);
        LabSettings settings = LabOptions.settings(result, workload);
        if (file.isEmpty() == (workload == Workload.HUFFMAN)) {
            throw new UsageException(
                    workload.label() + (file.isEmpty() ? " takes a file" : " takes no file"));
        }
        Optional<Input> input =
                file.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Input.openRegular(file, CompareCommand.AGAIN));
        if (input.isPresent() && input.get().expected() == 0) {
            throw new FileFailure(file, "is empty: there is no block");
        }
        var lab = new Lab(settings);
        try (ReportFile page = ReportFile.of(result, this, input)) {
            String title = "Allocators compared: " + workload.label();
            Report report = lab.measure(workload, file);
            page.write("lab", title, report);
            form.print(report, output);
        } finally {
            if (input.isPresent()) {
                input.get().close();
            }
        }
        return input.isEmpty()
                ? 0
                : ReportForm.exitCode(lab.signaturesAgree(), input.get(), "allocators", output);
    }

    /** What there is, on one screen. */
    private static List<String> overview() {
        List<String> lines = new ArrayList<>();
        lines.add("huffhash lab WORKLOAD: ways to share a heap, side by side, on the same work");
        for (Workload workload : Workload.values()) {
            lines.add(Format.line(ROW, workload.label(), workload.summary()));
        }
        lines.add("Allocators, for --allocators=NAME,... and for huffhash -t --allocator=NAME:");
        for (Strategy strategy : Strategy.values()) {
            lines.add(Format.line(ROW, strategy.label(), strategy.summary()));
        }
        lines.add("Start with: huffhash lab contention. All options: huffhash lab --help");
        return lines;
    }
}
