package io.github.huffhash.report;

import io.github.huffhash.run.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as a table of at most 100 columns, and the wall times as bars. */
public final class ComparisonTable {
    private static final int BAR_COLUMNS = 60;

    private ComparisonTable() {}

    /**
     * The lines of the table.
     *
     * @param bar what the bars are made of: one character
     */
    public static List<String> of(Comparison comparison, String bar) {
        RunReport first = comparison.modes().getFirst().median();
        int runs = comparison.modes().getFirst().runs().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %s, %s of %s; median of %s"
                        .formatted(
                                comparison.file(),
                                Format.count(first.statistics().bytes(), "byte"),
                                Format.count(first.statistics().blocks(), "block"),
                                Format.count(first.blockSize(), "byte"),
                                Format.count(runs, "run")));
        lines.add("");
        lines.add(
                row(
                        "",
                        "wall time",
                        "speed-up",
                        "",
                        "lock",
                        "contended",
                        "",
                        "lock wait",
                        "heap peak",
                        ""));
        lines.add(row("mode", "ms", "", "MB/s", "acquisitions", "", "%", "ms", "KiB", "signature"));
        comparison.modes().forEach(mode -> lines.add(row(comparison, mode)));
        lines.add("");
        long slowest =
                comparison.modes().stream()
                        .mapToLong(mode -> mode.median().wallNanos())
                        .max()
                        .orElseThrow();
        comparison.modes().forEach(mode -> lines.add(bar(mode, slowest, bar)));
        return lines;
    }

    private static String row(Comparison comparison, Comparison.Runs mode) {
        RunReport median = mode.median();
        var heap = median.heap();
        boolean locks = mode.mode() != Mode.FAST && mode.mode() != Mode.SINGLE;
        long acquisitions = heap.lockAcquisitions();
        return row(
                mode.mode().label(),
                decimal(median.wallNanos() / 1e6),
                String.format(Locale.ROOT, "%.2f x", comparison.speedUp(mode)),
                decimal(median.megabytesPerSecond()),
                locks ? Format.count(acquisitions) : "-",
                locks ? Format.count(heap.contendedAcquisitions()) : "-",
                locks
                        ? decimal(
                                acquisitions == 0
                                        ? 0
                                        : 100.0 * heap.contendedAcquisitions() / acquisitions)
                        : "-",
                locks ? decimal(heap.lockWaitNanos() / 1e6) : "-",
                mode.mode() == Mode.FAST ? "-" : decimal(median.heapPeakBytes() / 1024.0),
                Long.toString(median.signature()));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-9s %9s %8s %7s %13s %11s %5s %9s %9s %s", cells)
                .stripTrailing();
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, number < 10_000 ? "%,.1f" : "%,.0f", number);
    }

    private static String bar(Comparison.Runs mode, long slowest, String bar) {
        long wall = mode.median().wallNanos();
        int columns = Math.max(1, Math.round(BAR_COLUMNS * (float) wall / slowest));
        return String.format(
                Locale.ROOT,
                "%-9s %s %s",
                mode.mode().label(),
                bar.repeat(columns),
                Format.millis(wall));
    }
}
