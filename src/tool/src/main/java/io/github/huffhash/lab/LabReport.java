package io.github.huffhash.lab;

import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Table;
import io.github.huffhash.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The measurements of a workload, as tables of at most 110 columns, JSON or CSV.
 *
 * @param subject what was measured, for the first line
 * @param settings the settings
 * @param parts the parts of the workload
 */
public record LabReport(String subject, LabSettings settings, List<Part> parts) {
    private static final String NAME_FORMAT = "%-14s";
    private static final String NOTHING = "-";

    private static final String[] COSTS = {
        "allocator",
        "nanosPerOperation",
        "lockAcquisitions",
        "contendedShare",
        "lockWaitNanos",
        "casRetries",
        "cacheHitRate",
        "fallbacks",
        "remoteFrees",
        "failures",
        "resets"
    };

    private static final String[] PROFILE = {
        "allocator",
        "p50Nanos",
        "p99Nanos",
        "maxNanos",
        "internalFragmentation",
        "externalFragmentation",
        "peakLiveBytes",
        "peakReservedBytes",
        "leakedBytes"
    };

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
        double speedUp(Measurement measurement) {
            int fewest = measurements.stream().mapToInt(Measurement::workers).min().orElseThrow();
            return of(measurement.strategy(), fewest).nanosPerOperation()
                    / measurement.nanosPerOperation();
        }
    }

    /** A measurement and the part that it belongs to. */
    private record Row(Part part, Measurement measurement) {
        AllocationProfile profile() {
            return measurement.profile().orElseThrow();
        }

        Counters counts() {
            return measurement.counts();
        }

        /** A count for every so many operations. */
        double perOperation(long count, double operations) {
            return operations * count / measurement.median().operations();
        }

        double contendedShare() {
            return (double) counts().contendedAcquisitions()
                    / Math.max(1, counts().lockAcquisitions());
        }

        /** A figure of the heap; 0 for an allocator that uses none. */
        Number ofHeap(Number figure) {
            return measurement.strategy().hasHeap() ? figure : Integer.valueOf(0);
        }

        String ofHeap(String text) {
            return measurement.strategy().hasHeap() ? text : NOTHING;
        }
    }

    private boolean isProfiled() {
        return parts.getFirst().measurements().getFirst().profile().isPresent();
    }

    /** The columns of JSON and CSV, from which the tables select. */
    private Table<Row> columns() {
        return new Table<>(
                Stream.of(
                                speedColumns(),
                                countColumns(),
                                isProfiled() ? profileColumns() : List.<Column<Row>>of())
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<Column<Row>> speedColumns() {
        return List.of(
                Column.of("part", row -> row.part().title()),
                Column.<Row>of("allocator", row -> row.measurement().strategy().label())
                        .headed("", "", NAME_FORMAT),
                Column.of("workers", row -> row.measurement().workers()),
                Column.of("oversubscribed", row -> row.measurement().oversubscribed()),
                Column.of("operations", row -> row.measurement().median().operations()),
                figure("nanosPerOperation", row -> row.measurement().nanosPerOperation())
                        .headed("ns", "per op", "%8s")
                        .shownAs(row -> line("%.1f", row.measurement().nanosPerOperation())),
                Column.of(
                        "operationsPerSecond", row -> 1e9 / row.measurement().nanosPerOperation()),
                Column.of("speedUp", row -> row.part().speedUp(row.measurement())));
    }

    private static List<Column<Row>> countColumns() {
        return List.of(
                figure("lockAcquisitions", row -> row.counts().lockAcquisitions())
                        .headed("locks", "per op", "%9s")
                        .shownAs(row ->
                                decimal(row.perOperation(row.counts().lockAcquisitions(), 1), 3)),
                figure("contendedShare", Row::contendedShare)
                        .headed("busy", "%", "%6s")
                        .shownAs(row -> decimal(100 * row.contendedShare(), 1)),
                figure("lockWaitNanos", row -> row.counts().lockWaitNanos())
                        .headed("wait", "ms", "%9s")
                        .shownAs(row -> decimal(row.counts().lockWaitNanos() / 1e6, 1)),
                figure("casRetries", row -> row.counts().casRetries())
                        .headed("retries", "per Mop", "%8s")
                        .shownAs(row ->
                                decimal(row.perOperation(row.counts().casRetries(), 1e6), 0)),
                figure(
                                "cacheHitRate",
                                row ->
                                        row.measurement()
                                                .cacheHitRate()
                                                .<Number>map(it -> it)
                                                .orElse(0))
                        .headed("hits", "%", "%6s")
                        .shownAs(row ->
                                row.measurement()
                                        .cacheHitRate()
                                        .map(rate -> line("%.1f", 100 * rate))
                                        .orElse(NOTHING)),
                count("fallbacks", row -> row.counts().fallbacks()).headed("fall-", "backs", "%9s"),
                count("remoteFrees", row -> row.counts().remoteFrees())
                        .headed("remote", "frees", "%9s"),
                count("failures", row -> row.counts().failures()).headed("failed", "", "%8s"),
                count("resets", row -> row.measurement().median().resets())
                        .headed("resets", "", "%6s"));
    }

    private static List<Column<Row>> profileColumns() {
        return List.of(
                nanos("p50Nanos", "p50", "%8s", AllocationProfile::p50Nanos),
                nanos("p99Nanos", "p99", "%8s", AllocationProfile::p99Nanos),
                nanos("maxNanos", "max", "%11s", AllocationProfile::maxNanos),
                figure("internalFragmentation", row -> row.profile().internalFragmentation())
                        .headed("internal", "frag. %", "%10s")
                        .shownAs(row -> line("%.1f", 100 * row.profile().internalFragmentation())),
                figure("peakLiveBytes", row -> row.profile().peakLiveBytes())
                        .headed("peak live", "KiB", "%10s")
                        .shownAs(row -> line("%,d", row.profile().peakLiveBytes() >> 10)),
                figure(
                                "externalFragmentation",
                                row -> row.ofHeap(row.profile().externalFragmentation()))
                        .headed("external", "frag. %", "%10s")
                        .shownAs(row ->
                                row.ofHeap(
                                        line("%.1f", 100 * row.profile().externalFragmentation()))),
                figure("peakReservedBytes", row -> row.ofHeap(row.profile().peakReservedBytes()))
                        .headed("reserved", "KiB", "%10s")
                        .shownAs(row ->
                                row.ofHeap(line("%,d", row.profile().peakReservedBytes() >> 10))),
                figure("leakedBytes", row -> row.ofHeap(row.profile().leakedBytes()))
                        .headed("leaked", "bytes", "%8s")
                        .shownAs(row -> row.ofHeap(line("%,d", row.profile().leakedBytes()))));
    }

    private static Column<Row> figure(String key, Function<Row, Number> value) {
        return Column.of(key, value);
    }

    private static Column<Row> nanos(
            String key, String title, String format, Function<AllocationProfile, Long> value) {
        return Column.<Row>of(key, row -> value.apply(row.profile()))
                .headed(title, "ns", format)
                .shownAs(row -> line("%,d", value.apply(row.profile())));
    }

    /** A count, shown as a dash where it is 0. */
    private static Column<Row> count(String key, Function<Row, Long> value) {
        return Column.of(key, value).shownAs(row -> decimal(value.apply(row), 0));
    }

    /** One JSON object. */
    public String json() {
        Table<LabReport> document =
                new Table<>(
                        List.of(
                                Column.of("workload", LabReport::subject),
                                Column.of("operations", it -> it.settings.operations()),
                                Column.of("minBytes", it -> it.settings.minBytes()),
                                Column.of("maxBytes", it -> it.settings.maxBytes()),
                                Column.of("seed", it -> it.settings.seed()),
                                Column.of("remotePercent", it -> it.settings.remotePercent()),
                                Column.of("heapBytes", it -> it.settings.heapBytes()),
                                Column.of("rounds", it -> it.settings.rounds()),
                                Column.of("cores", _ -> cores()),
                                Column.of(
                                        "measurements", it -> it.columns().jsonArray(it.rows()))));
        return document.json(this);
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
            String title = "with " + workers(settings.mostWorkers());
            lines.addAll(withMostWorkers(part, title, COSTS));
            if (isProfiled()) {
                lines.add("");
                lines.addAll(withMostWorkers(part, "each observed", PROFILE));
            }
        }
        return lines;
    }

    private List<String> speeds(Part part) {
        List<Column<Strategy>> columns = new ArrayList<>();
        columns.add(Column.ofText(Strategy::label).headed("allocator", "", NAME_FORMAT));
        for (int workers : settings.workers()) {
            boolean oversubscribed =
                    part.of(settings.strategies().getFirst(), workers).oversubscribed();
            columns.add(
                    Column.<Strategy>ofText(strategy -> speed(part, part.of(strategy, workers)))
                            .headed(workers(workers) + (oversubscribed ? "*" : " "), "", "%17s"));
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                line(NAME_FORMAT, "")
                        + "million operations (allocate and free) a second, and speed-up against"
                        + " its own "
                        + workers(settings.workers().getFirst()));
        lines.addAll(new Table<>(columns).text(settings.strategies()));
        if (part.measurements().stream().anyMatch(Measurement::oversubscribed)) {
            lines.add("* more threads than cores: they take turns");
        }
        return lines;
    }

    private static String speed(Part part, Measurement each) {
        return line("%.2f %6.2fx ", 1e3 / each.nanosPerOperation(), part.speedUp(each));
    }

    private List<String> withMostWorkers(Part part, String title, String... keys) {
        var selected = new ArrayList<>(columns().select(keys).columns());
        selected.set(0, selected.getFirst().headed(title, "", NAME_FORMAT));
        return new Table<>(selected)
                .text(
                        settings.strategies().stream()
                                .map(each -> part.of(each, settings.mostWorkers()))
                                .map(each -> new Row(part, each))
                                .toList());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String workers(int number) {
        return number + (number == 1 ? " worker" : " workers");
    }

    private static String decimal(double number, int places) {
        return number == 0 ? NOTHING : line("%,." + places + "f", number);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the tests see every format used
    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
