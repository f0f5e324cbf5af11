package io.github.huffhash.lab;

import com.google.gson.JsonNull;
import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The measurements of a workload, as tables of at most 110 columns, JSON or CSV.
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

        Measurement of(Strategy strategy, int workers) {
            return measurements.stream()
                    .filter(each -> each.strategy() == strategy && each.workers() == workers)
                    .findFirst()
                    .orElseThrow();
        }

        /** The speed as a multiple of the allocator's own with the fewest workers. */
        Optional<Double> speedUp(Measurement measurement) {
            int fewest = measurements.stream().mapToInt(Measurement::workers).min().orElseThrow();
            return of(measurement.strategy(), fewest)
                    .nanosPerOperation()
                    .flatMap(own -> measurement.nanosPerOperation().map(nanos -> own / nanos));
        }
    }

    /** A measurement and the part that it belongs to. */
    private record Row(Part part, Measurement measurement) {
        Sample median() {
            return measurement.median();
        }

        Counters counts() {
            return measurement.counts();
        }

        AllocationProfile profile() {
            return measurement.profile().orElseThrow();
        }

        String label() {
            return measurement.strategy().label();
        }

        Optional<Double> speedUp() {
            return part.speedUp(measurement);
        }

        double contendedShare() {
            return (double) counts().contendedAcquisitions()
                    / Math.max(1, counts().lockAcquisitions());
        }

        Optional<Double> locks() {
            return perOperation(counts().lockAcquisitions(), 1);
        }

        Optional<Double> retries() {
            return perOperation(counts().casRetries(), 1e6);
        }

        /** A count for every so many operations. */
        private Optional<Double> perOperation(long count, double operations) {
            return median().operations() == 0
                    ? Optional.empty()
                    : nonZero(operations * count / median().operations());
        }

        /** A figure of the heap, for allocators that use it. */
        Optional<Number> ofHeap(Number figure) {
            return Optional.of(figure).filter(_ -> measurement.strategy().hasHeap());
        }
    }

    private static final Table<Row> SPEEDS =
            new Table<Row>()
                    .with("part", row -> row.part.title)
                    .with("allocator", Row::label)
                    .with("workers", row -> row.measurement.workers())
                    .with("oversubscribed", row -> row.measurement.oversubscribed())
                    .with("operations", row -> row.median().operations())
                    .with("nanosPerOperation", row -> row.measurement.nanosPerOperation())
                    .shown("ns", "per op", "%8.1f")
                    .with(
                            "operationsPerSecond",
                            row -> row.measurement.nanosPerOperation().map(n -> 1e9 / n))
                    .with("speedUp", Row::speedUp);

    private static final Table<Row> COSTS =
            new Table<Row>()
                    .with("lockAcquisitions", row -> row.counts().lockAcquisitions())
                    .shown("locks", "per op", "%,9.3f", Row::locks)
                    .with("contendedShare", Row::contendedShare)
                    .shown("busy", "%", "%,6.1f", row -> nonZero(100 * row.contendedShare()))
                    .with("lockWaitNanos", row -> nonZero(row.counts().lockWaitNanos()))
                    .shown("wait", "ms", "%,9.1f", 1e-6)
                    .with("casRetries", row -> row.counts().casRetries())
                    .shown("retries", "per Mop", "%,8.0f", Row::retries)
                    .with("cacheHitRate", row -> row.measurement.cacheHitRate())
                    .shown("hits", "%", "%6.1f", 100)
                    .with("fallbacks", row -> nonZero(row.counts().fallbacks()))
                    .shown("fall-", "backs", "%,9d")
                    .with("remoteFrees", row -> nonZero(row.counts().remoteFrees()))
                    .shown("remote", "frees", "%,9d")
                    .with("failures", row -> nonZero(row.counts().failures()))
                    .shown("failed", "", "%,8d")
                    .with("resets", row -> nonZero(row.median().resets()))
                    .shown("resets", "", "%,6d");

    private static final Table<Row> PROFILES =
            new Table<Row>()
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

    private static Optional<Double> nonZero(double figure) {
        return figure == 0 ? Optional.empty() : Optional.of(figure);
    }

    private static Optional<Long> nonZero(long figure) {
        return figure == 0 ? Optional.empty() : Optional.of(figure);
    }

    private boolean isProfiled() {
        return parts.getFirst().measurements().getFirst().profile().isPresent();
    }

    /** The columns of JSON and CSV. */
    private Table<Row> columns() {
        return SPEEDS.absentAs(JsonNull.INSTANCE)
                .with(COSTS.with(isProfiled() ? PROFILES : new Table<>()).absentAs(0));
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

    private List<Row> rows() {
        return parts.stream()
                .flatMap(part -> part.measurements().stream().map(each -> new Row(part, each)))
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
            List<Row> most = rowsWithMostWorkers(part);
            lines.addAll(
                    named("with " + workers(settings.mostWorkers()))
                            .with(SPEEDS.select("nanosPerOperation"))
                            .with(COSTS)
                            .text(most));
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
                                .text(most));
            }
        }
        return lines;
    }

    private List<String> speeds(Part part) {
        Table<Strategy> table =
                new Table<Strategy>()
                        .with("allocator", Strategy::label)
                        .shown("allocator", "", NAME_FORMAT);
        for (int workers : settings.workers()) {
            boolean more = part.of(settings.strategies().getFirst(), workers).oversubscribed();
            table =
                    table.with("speed", strategy -> speed(part, part.of(strategy, workers)))
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

    private static Table<Row> named(String title) {
        return new Table<Row>().with("allocator", Row::label).shown(title, "", NAME_FORMAT);
    }

    private List<Row> rowsWithMostWorkers(Part part) {
        return settings.strategies().stream()
                .map(each -> new Row(part, part.of(each, settings.mostWorkers())))
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
