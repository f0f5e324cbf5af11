package io.github.huffhash.lab;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as tables of at most 110 columns. */
public final class LabTable {
    private static final int NAME_COLUMNS = 14;

    private final LabReport report;
    private final LabSettings settings;
    private final List<String> lines = new ArrayList<>();

    private LabTable(LabReport report) {
        this.report = report;
        settings = report.settings();
    }

    /** The lines. */
    public static List<String> of(LabReport report) {
        var table = new LabTable(report);
        table.header();
        report.parts().forEach(table::part);
        return List.copyOf(table.lines);
    }

    private void header() {
        boolean tapes = report.parts().getFirst().measurements().getFirst().diagnosis().isPresent();
        lines.add(
                tapes
                        ? line(
                                "%s: %,d operations, requests of %,d to %,d bytes, seed %d",
                                report.subject(),
                                settings.operations(),
                                settings.minBytes(),
                                settings.maxBytes(),
                                settings.seed())
                        : report.subject());
        lines.add(
                line(
                        "heap of %,d KiB, median of %d round%s, %d cores",
                        settings.heapBytes() >> 10,
                        settings.rounds(),
                        settings.rounds() == 1 ? "" : "s",
                        Runtime.getRuntime().availableProcessors()));
    }

    private void part(LabReport.Part part) {
        lines.add("");
        lines.add(part.title());
        speed(part);
        lines.add("");
        cost(part);
        if (part.measurements().getFirst().diagnosis().isPresent()) {
            lines.add("");
            diagnosis(part);
        }
    }

    private void speed(LabReport.Part part) {
        lines.add(
                name("")
                        + "million operations (allocate and free) a second, and speed-up against"
                        + " its own "
                        + workers(settings.workers().getFirst()));
        boolean oversubscribed = part.measurements().stream().anyMatch(Measurement::oversubscribed);
        lines.add(
                name("allocator")
                        + settings.workers().stream()
                                .map(workers ->
                                        line(
                                                "%17s%s",
                                                workers(workers),
                                                part.of(settings.strategies().getFirst(), workers)
                                                                .oversubscribed()
                                                        ? "*"
                                                        : " "))
                                .collect(Collectors.joining()));
        for (Strategy strategy : settings.strategies()) {
            lines.add(
                    name(strategy.label())
                            + settings.workers().stream()
                                    .map(workers -> part.of(strategy, workers))
                                    .map(each ->
                                            line(
                                                    "%9.2f %6.2fx ",
                                                    1e3 / each.nanosPerOperation(),
                                                    part.speedUp(each)))
                                    .collect(Collectors.joining()));
        }
        if (oversubscribed) {
            lines.add("* more threads than cores: they take turns");
        }
    }

    /** What the runs with the most workers counted. */
    private void cost(LabReport.Part part) {
        int most = settings.mostWorkers();
        lines.add(
                line(
                        "%-14s %8s %9s %6s %9s %8s %6s %9s %9s %8s %6s",
                        "with " + workers(most),
                        "ns",
                        "locks",
                        "busy",
                        "wait",
                        "retries",
                        "hits",
                        "fall-",
                        "remote",
                        "failed",
                        "resets"));
        lines.add(
                line(
                        "%-14s %8s %9s %6s %9s %8s %6s %9s %9s %8s",
                        "", "per op", "per op", "%", "ms", "per Mop", "%", "backs", "frees", ""));
        for (Strategy strategy : settings.strategies()) {
            Measurement each = part.of(strategy, most);
            Counters counts = each.counts();
            Sample median = each.median();
            lines.add(
                    line(
                            "%-14s %8.1f %9s %6s %9s %8s %6s %9s %9s %8s %6s",
                            strategy.label(),
                            each.nanosPerOperation(),
                            decimal((double) counts.lockAcquisitions() / median.operations(), 3),
                            decimal(
                                    percent(
                                            counts.contendedAcquisitions(),
                                            counts.lockAcquisitions()),
                                    1),
                            decimal(counts.lockWaitNanos() / 1e6, 1),
                            decimal(1e6 * counts.casRetries() / median.operations(), 0),
                            each.cacheHitRate().map(rate -> line("%.1f", 100 * rate)).orElse("-"),
                            count(counts.fallbacks()),
                            count(counts.remoteFrees()),
                            count(counts.failures()),
                            count(median.resets())));
        }
    }

    /** What a run under observation with the most workers showed. */
    private void diagnosis(LabReport.Part part) {
        int most = settings.mostWorkers();
        lines.add(
                line(
                        "%-14s %8s %8s %11s %10s %10s %10s %10s %8s",
                        "each observed",
                        "p50",
                        "p99",
                        "max",
                        "internal",
                        "external",
                        "peak live",
                        "reserved",
                        "leaked"));
        lines.add(
                line(
                        "%-14s %8s %8s %11s %10s %10s %10s %10s %8s",
                        "", "ns", "ns", "ns", "frag. %", "frag. %", "KiB", "KiB", "bytes"));
        for (Strategy strategy : settings.strategies()) {
            part.of(strategy, most).diagnosis().ifPresent(seen -> lines.add(row(strategy, seen)));
        }
    }

    private static String row(Strategy strategy, Diagnosis seen) {
        return line(
                "%-14s %8s %8s %11s %10s %10s %10s %10s %8s",
                strategy.label(),
                line("%,d", seen.p50Nanos()),
                line("%,d", seen.p99Nanos()),
                line("%,d", seen.maxNanos()),
                line("%.1f", 100 * seen.internalFragmentation()),
                strategy.hasHeap() ? line("%.1f", 100 * seen.externalFragmentation()) : "-",
                line("%,d", seen.peakLiveBytes() >> 10),
                strategy.hasHeap() ? line("%,d", seen.peakReservedBytes() >> 10) : "-",
                strategy.hasHeap() ? line("%,d", seen.leakedBytes()) : "-");
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private static String workers(int number) {
        return number + (number == 1 ? " worker" : " workers");
    }

    private static String name(String text) {
        return line("%-" + NAME_COLUMNS + "s", text);
    }

    private static String count(long number) {
        return number == 0 ? "-" : line("%,d", number);
    }

    private static String decimal(double number, int places) {
        return number == 0 ? "-" : line("%,." + places + "f", number);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the tests see every format used
    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
