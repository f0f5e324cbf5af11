package io.github.huffhash.report;

import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A comparison as text: tables, and bars of the wall times. */
final class ComparisonText {
    private static final int BAR_COLUMNS = 60;

    private final Comparison comparison;
    private final List<String> swept;
    private final List<Runs> modes;
    private final String bar;

    /**
     * @param bar the character of the bars
     */
    ComparisonText(Comparison comparison, String bar) {
        this.comparison = comparison;
        swept = comparison.swept();
        modes = comparison.modes();
        this.bar = bar;
    }

    /** What was compared, in a line. */
    static String title(Comparison comparison) {
        RunReport first = comparison.modes().getFirst().median();
        return "%s: %s, %s of %s; median of %s"
                .formatted(
                        comparison.file(),
                        Format.count(first.statistics().bytes(), "byte"),
                        Format.count(first.statistics().blocks(), "block"),
                        Format.count(first.blockSize(), "byte"),
                        Format.count(comparison.modes().getFirst().runs().size(), "run"));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(title(comparison));
        lines.add("");
        if (swept.size() == 2) {
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
        List<Runs> cells = modes.stream().filter(runs -> runs.mode() == mode).toList();
        String down = swept.getFirst();
        String across = swept.getLast();
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
                .filter(runs -> runs.value(swept.getFirst()).equals(down))
                .filter(runs -> runs.value(swept.getLast()).equals(across))
                .map(runs -> runs.median().wallNanos() / 1e6)
                .findFirst();
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (Runs runs : modes) {
            if (runs.mode() == Mode.PROCESSES) {
                lines.add(
                        "processes%s: %s of %s were the start of the workers"
                                .formatted(
                                        swept.stream()
                                                .map(option -> " " + runs.value(option))
                                                .collect(Collectors.joining()),
                                        Format.millis(runs.median().statistics().startNanos()),
                                        Format.millis(runs.median().wallNanos())));
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (modes.stream().anyMatch(runs -> runs.median().statistics().workers() > cores)) {
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
        String values =
                swept.stream().map(each -> mode.value(each) + " ").collect(Collectors.joining());
        return Format.line(
                "%-9s %s%s %s",
                mode.mode().label(),
                values.isEmpty() ? "" : Format.line("%-6s", values),
                bar.repeat(columns),
                Format.millis(wall));
    }
}
