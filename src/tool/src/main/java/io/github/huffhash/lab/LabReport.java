package io.github.huffhash.lab;

import com.google.gson.JsonNull;
import io.github.huffhash.html.Page.Section;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.report.CostColumns;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The measurements of a workload, as tables of at most 120 columns, JSON or CSV.
 *
 * @param subject what was measured, for the first line
 * @param settings the settings
 * @param parts the parts of the workload
 */
public record LabReport(String subject, LabSettings settings, List<Part> parts) {
    private static final String NAME_FORMAT = "%-14s";

    /** Copies the list. */
    public LabReport {
        parts = List.copyOf(parts);
    }

    /**
     * One part of a workload.
     *
     * @param title its name
     * @param measurements by number of workers, then by strategy, in the order asked for
     */
    record Part(String title, List<Measurement> measurements) {
        Part {
            measurements = List.copyOf(measurements);
        }

        Measurement of(HeapKind kind, int workers) {
            return measurements.stream()
                    .filter(each -> each.kind().equals(kind) && each.workers() == workers)
                    .findFirst()
                    .orElseThrow();
        }

        /** The speed as a multiple of the allocator's own with the fewest workers. */
        Optional<Double> speedUp(Measurement measurement) {
            int fewest = measurements.stream().mapToInt(Measurement::workers).min().orElseThrow();
            return of(measurement.kind(), fewest)
                    .nanosPerOperation()
                    .flatMap(own -> measurement.nanosPerOperation().map(nanos -> own / nanos));
        }
    }

    private static final Table<LabRow> SPEEDS =
            new Table<LabRow>()
                    .with("part", row -> row.part().title())
                    .with("allocator", LabRow::label)
                    .with("workers", row -> row.measurement().workers())
                    .with("oversubscribed", row -> row.measurement().oversubscribed())
                    .with("operations", row -> row.median().operations())
                    .with("nanosPerOperation", row -> row.measurement().nanosPerOperation())
                    .shown("ns", "per op", "%8.1f")
                    .with(
                            "operationsPerSecond",
                            row -> row.measurement().nanosPerOperation().map(n -> 1e9 / n))
                    .with("speedUp", LabRow::speedUp)
                    .with("percentToMalloc", LabRow::toMalloc)
                    .shown("against", "malloc %", "%,8.0f");

    private static final Table<LabRow> COSTS =
            new Table<LabRow>()
                    .with("waitingShare", LabRow::waitingShare)
                    .shown("waiting", "%", "%7.1f", row -> LabRow.nonZero(100 * row.waitingShare()))
                    .with(CostColumns.LOCK.on((LabRow row) -> row.counts().lock()))
                    .with("lockHeldShare", LabRow::heldShare)
                    .shown("held", "%", "%5.1f", 100)
                    .with("contendedShare", LabRow::contendedShare)
                    .with("locksPerOperation", LabRow::locks)
                    .shown("locks", "per op", "%,8.3f")
                    .with("stepsWalked", row -> row.counts().stepsWalked())
                    .shown("steps", "per op", "%,8.1f", LabRow::steps)
                    .with("casRetries", row -> row.counts().casRetries())
                    .shown("retries", "per Mop", "%,8.0f", LabRow::retries)
                    .with("cacheHitRate", row -> row.measurement().cacheHitRate())
                    .shown("hits", "%", "%5.1f", 100)
                    .with("fallbacks", row -> LabRow.nonZero(row.counts().fallbacks()))
                    .shown("fall-", "backs", "%,8d")
                    .with("remoteFrees", row -> LabRow.nonZero(row.counts().remoteFrees()))
                    .shown("remote", "frees", "%,9d")
                    .with("failures", row -> LabRow.nonZero(row.counts().failures()))
                    .shown("failed", "", "%,6d")
                    .with("resets", row -> LabRow.nonZero(row.median().resets()))
                    .shown("resets", "", "%,6d")
                    .with(CostColumns.MEMORY.on((LabRow row) -> row.median().usage()));

    private static final Table<LabRow> PROFILES =
            new Table<LabRow>()
                    .with("p50Nanos", row -> row.profile().p50Nanos())
                    .shown("p50", "ns", "%,8d")
                    .with("p99Nanos", row -> row.profile().p99Nanos())
                    .shown("p99", "ns", "%,8d")
                    .with("maxNanos", row -> row.profile().maxNanos())
                    .shown("max", "ns", "%,11d")
                    .with("internalFragmentation", row -> row.profile().internalFragmentation())
                    .shown("internal", "frag. %", "%10.1f", 100)
                    .with("peakLiveBytes", row -> row.profile().peakLiveBytes())
                    .shown("peak live", "KiB", "%,10d", 1.0 / 1024)
                    .with(
                            "externalFragmentation",
                            row -> row.ofHeap(row.profile().externalFragmentation()))
                    .shown("external", "frag. %", "%10.1f", 100)
                    .with("peakReservedBytes", row -> row.ofHeap(row.profile().peakReservedBytes()))
                    .shown("reserved", "KiB", "%,10d", 1.0 / 1024)
                    .with("leakedBytes", row -> row.ofHeap(row.profile().leakedBytes()))
                    .shown("leaked", "bytes", "%,8d");

    /** What text shows of the costs: at most 120 columns. */
    private static final Table<LabRow> SHOWN_COSTS =
            COSTS.select("waitingShare", "lockHeldShare", "locksPerOperation", "stepsWalked")
                    .with(COSTS.select("casRetries", "cacheHitRate", "fallbacks"))
                    .with(COSTS.select("remoteFrees", "failures", "resets", "minorFaults"));

    private boolean isProfiled() {
        return parts.getFirst().measurements().getFirst().profile().isPresent();
    }

    /** The columns of JSON and CSV. */
    private Table<LabRow> columns() {
        Table<LabRow> profiles = isProfiled() ? PROFILES : new Table<>();
        return SPEEDS.absentAs(JsonNull.INSTANCE)
                .with(COSTS.absentAs(0))
                .with(profiles.absentAs(JsonNull.INSTANCE));
    }

    /** One JSON object. */
    public String json() {
        return new Table<LabReport>()
                .with("workload", LabReport::subject)
                .with("operations", _ -> settings.operations())
                .with("minBytes", _ -> settings.minBytes())
                .with("maxBytes", _ -> settings.maxBytes())
                .with("seed", _ -> settings.seed())
                .with("remotePercent", _ -> settings.remotePercent())
                .with("objects", _ -> settings.objects())
                .with("heapBytes", _ -> settings.heapBytes())
                .with("rounds", _ -> settings.rounds())
                .with("cores", _ -> cores())
                .with("measurements", _ -> columns().jsonArray(rows()))
                .json(this);
    }

    /** A line with the names, then a line for each part, number of workers and allocator. */
    public List<String> csv() {
        return columns().csv(rows());
    }

    /** The parts of a page, with charts for each part of the workload. */
    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            List<LabRow> rows =
                    part.measurements().stream().map(each -> new LabRow(part, each)).toList();
            List<String> charts = new ArrayList<>(List.of("throughput-" + i, "waiting-" + i));
            if (isProfiled()) {
                charts.addAll(List.of("latency-" + i, "fragmentation-" + i));
            }
            sections.add(
                    new Section(
                            part.title(),
                            "%s; %s; an operation is allocate and free"
                                    .formatted(text().get(0), text().get(1)),
                            charts,
                            named("allocator")
                                    .with("workers", row -> row.measurement().workers())
                                    .shown("workers", "", "%7d")
                                    .with(SPEEDS.with(COSTS))
                                    .with(isProfiled() ? PROFILES : new Table<>())
                                    .html(rows)));
        }
        return sections;
    }

    private List<LabRow> rows() {
        return parts.stream()
                .flatMap(part -> part.measurements().stream().map(each -> new LabRow(part, each)))
                .toList();
    }

    /** The tables. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                isProfiled()
                        ? line(
                                "%s: %,d operations, requests of %,d to %,d bytes, seed %d",
                                subject,
                                settings.operations(),
                                settings.minBytes(),
                                settings.maxBytes(),
                                settings.seed())
                        : subject);
        lines.add(
                line(
                        "heap of %,d KiB, median of %d round%s, %d cores",
                        settings.heapBytes() >> 10,
                        settings.rounds(),
                        settings.rounds() == 1 ? "" : "s",
                        cores()));
        for (Part part : parts) {
            lines.add("");
            lines.add(part.title());
            lines.addAll(speeds(part));
            lines.add("");
            for (int workers : settings.workers()) {
                lines.addAll(
                        named("with " + workers(workers))
                                .with(SPEEDS.select("nanosPerOperation", "percentToMalloc"))
                                .with(SHOWN_COSTS)
                                .text(rows(part, workers)));
                lines.add("");
            }
            lines.removeLast();
            if (isProfiled()) {
                lines.add("");
                lines.addAll(
                        named("each observed")
                                .with(PROFILES.select("p50Nanos", "p99Nanos", "maxNanos"))
                                .with(
                                        PROFILES.select(
                                                "internalFragmentation", "externalFragmentation"))
                                .with(
                                        PROFILES.select(
                                                "peakLiveBytes",
                                                "peakReservedBytes",
                                                "leakedBytes"))
                                .text(rows(part, settings.mostWorkers())));
            }
        }
        return lines;
    }

    private List<String> speeds(Part part) {
        Table<HeapKind> table =
                new Table<HeapKind>()
                        .with("allocator", HeapKind::label)
                        .shown("allocator", "", NAME_FORMAT);
        for (int workers : settings.workers()) {
            boolean more = part.of(settings.strategies().getFirst(), workers).oversubscribed();
            table =
                    table.with("speed", kind -> speed(part, part.of(kind, workers)))
                            .shown(workers(workers) + (more ? "*" : " "), "", "%17s");
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                line(NAME_FORMAT, "")
                        + "million operations (allocate and free) a second, and speed-up against"
                        + " its own "
                        + workers(settings.workers().getFirst()));
        lines.addAll(table.text(settings.strategies()));
        if (part.measurements().stream().anyMatch(Measurement::oversubscribed)) {
            lines.add("* more threads than cores: they take turns");
        }
        return lines;
    }

    private static String speed(Part part, Measurement each) {
        String speedUp = part.speedUp(each).map(factor -> line("%.2fx", factor)).orElse("-");
        return each.nanosPerOperation()
                .map(nanos -> line("%.2f %7s ", 1e3 / nanos, speedUp))
                .orElse("all failed ");
    }

    private static Table<LabRow> named(String title) {
        return new Table<LabRow>().with("allocator", LabRow::label).shown(title, "", NAME_FORMAT);
    }

    private List<LabRow> rows(Part part, int workers) {
        return settings.strategies().stream()
                .map(each -> new LabRow(part, part.of(each, workers)))
                .toList();
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String workers(int number) {
        return number + (number == 1 ? " worker" : " workers");
    }

    @SuppressWarnings("AnnotateFormatMethod") // the tests see every format used
    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
