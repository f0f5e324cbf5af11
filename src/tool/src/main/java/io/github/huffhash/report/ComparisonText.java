package io.github.huffhash.report;

import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A comparison as text: tables, and bars of the wall times. */
record ComparisonText(Comparison comparison) {
    private static final int BAR_COLUMNS = 60;

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(comparison.title(), ""));
        List<Runs> modes = comparison.modes();
        if (comparison.swept().size() == 2) {
            modes.stream().map(Runs::mode).distinct().forEach(mode -> lines.addAll(grid(mode)));
        } else {
            lines.addAll(comparison.resultColumns().text(modes));
            List<Runs> locked = modes.stream().filter(mode -> mode.median().hasLock()).toList();
            if (!locked.isEmpty()) {
                lines.add("");
                lines.addAll(comparison.costColumns().text(locked));
            }
            lines.add("");
            long slowest =
                    modes.stream().mapToLong(mode -> mode.median().wallNanos()).max().orElseThrow();
            modes.forEach(mode -> lines.add(bar(mode, slowest)));
        }
        lines.addAll(remarks());
        return lines;
    }

    /** Wall times, a row for each value of the first option, a column for each of the second. */
    private List<String> grid(Mode mode) {
        List<Runs> cells = comparison.modes().stream().filter(runs -> runs.mode() == mode).toList();
        String down = comparison.swept().getFirst();
        String across = comparison.swept().getLast();
        List<String> lines = new ArrayList<>();
        lines.add(mode.label() + ": wall time in ms; across: " + across);
        lines.addAll(
                new Table<String>()
                        .with(down, row -> row)
                        .shown(down, "", "%-12s")
                        .withEach(
                                values(cells, across),
                                (table, column) ->
                                        table.with(column, row -> millis(cells, row, column))
                                                .shown(column, "", "%,10.1f"))
                        .text(values(cells, down)));
        lines.add("");
        return lines;
    }

    private static List<String> values(List<Runs> cells, String option) {
        return cells.stream().map(runs -> runs.value(option)).distinct().toList();
    }

    private Optional<Double> millis(List<Runs> cells, String down, String across) {
        return cells.stream()
                .filter(runs -> runs.value(comparison.swept().getFirst()).equals(down))
                .filter(runs -> runs.value(comparison.swept().getLast()).equals(across))
                .map(runs -> runs.median().wallNanos() / 1e6)
                .findFirst();
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (Runs runs : comparison.modes()) {
            if (runs.mode() == Mode.PROCESSES) {
                lines.add(
                        "processes%s: %s of %s were the start of the workers"
                                .formatted(
                                        values(runs, " %s"),
                                        Format.millis(runs.median().statistics().startNanos()),
                                        Format.millis(runs.median().wallNanos())));
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (comparison.modes().stream()
                .anyMatch(runs -> runs.median().statistics().workers() > cores)) {
            lines.add(
                    "more workers than the %d cores: waiting includes that of threads for a core"
                            .formatted(cores));
        }
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    private String bar(Runs mode, long slowest) {
        long wall = mode.median().wallNanos();
        int columns = Math.max(1, Math.round(BAR_COLUMNS * (float) wall / slowest));
        String values = values(mode, "%s ");
        return Format.line(
                "%-9s %s%s %s",
                mode.mode().label(),
                values.isEmpty() ? "" : Format.line("%-6s", values),
                comparison.bar().repeat(columns),
                Format.millis(wall));
    }

    /** The values of the swept options, each in this format. */
    private String values(Runs runs, String format) {
        return comparison.swept().stream()
                .map(runs::value)
                .map(format::formatted)
                .collect(Collectors.joining());
    }
}
