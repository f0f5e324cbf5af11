package io.github.huffhash.lab;

import static io.github.huffhash.lab.Measurement.every;
import static io.github.huffhash.lab.Measurement.nonZero;
import static io.github.huffhash.lab.Measurement.ofHeap;
import static io.github.huffhash.lab.Measurement.some;

import com.google.gson.JsonNull;
import io.github.huffhash.html.Page.Section;
import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Report;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The measurements of a workload, as tables of at most 120 columns, JSON or CSV.
 *
 * @param subject what was measured, for the first line
 * @param settings the settings
 * @param rows by part of the workload, then by number of workers, then by strategy
 */
public record LabReport(String subject, LabSettings settings, List<Measurement> rows)
        implements Report {
    private static final String NAME_FORMAT = "%-14s";

    private Table<Measurement> speeds() {
        return new Table<Measurement>()
                .with("part", Measurement::part)
                .with("allocator", Measurement::label)
                .with("workers", Measurement::workers)
                .with("oversubscribed", Measurement::oversubscribed)
                .with("operations", row -> row.median().operations())
                .with("nanosPerOperation", Measurement::nanosPerOperation)
                .shown("ns", "per op", "%8.1f")
                .with(
                        "operationsPerSecond",
                        row -> row.nanosPerOperation().map(nanos -> 1e9 / nanos))
                .with("speedUp", this::speedUp)
                .with("percentToMalloc", this::percentToMalloc)
                .shown("against", "malloc %", "%,8.0f");
    }

    private static final Table<Measurement> COSTS =
            new Table<Measurement>()
                    .with("waitingShare", Measurement::waitingShare)
                    .shown("waiting", "%", "%7.1f", row -> nonZero(100 * row.waitingShare()))
                    .with(RunReport.Columns.LOCK.on((Measurement row) -> row.counts().lock()))
                    .with("lockHeldShare", row -> nonZero(row.median().heldShare().orElse(0)))
                    .shown("held", "%", "%5.1f", 100)
                    .with("contendedShare", Measurement::contendedShare)
                    .with("locksPerOperation", every(1, Counters::lockAcquisitions))
                    .shown("locks", "per op", "%,8.3f")
                    .with("stepsWalked", row -> row.counts().stepsWalked())
                    .shown("steps", "per op", "%,8.1f", every(1, Counters::stepsWalked))
                    .with("casRetries", row -> row.counts().casRetries())
                    .shown("retries", "per Mop", "%,8.0f", every(1e6, Counters::casRetries))
                    .with("cacheHitRate", Measurement::cacheHitRate)
                    .shown("hits", "%", "%5.1f", 100)
                    .with("fallbacks", some(Counters::fallbacks))
                    .shown("fall-", "backs", "%,8d")
                    .with("remoteFrees", some(Counters::remoteFrees))
                    .shown("remote", "frees", "%,9d")
                    .with("failures", some(Counters::failures))
                    .shown("failed", "", "%,6d")
                    .with("resets", row -> nonZero(row.median().resets()))
                    .shown("resets", "", "%,6d")
                    .with(RunReport.Columns.MEMORY.on((Measurement row) -> row.median().usage()));

    private static final Table<Measurement> PROFILES =
            new Table<AllocationProfile>()
                    .with("p50Nanos", AllocationProfile::p50Nanos)
                    .shown("p50", "ns", "%,8d")
                    .with("p99Nanos", AllocationProfile::p99Nanos)
                    .shown("p99", "ns", "%,8d")
                    .with("maxNanos", AllocationProfile::maxNanos)
                    .shown("max", "ns", "%,11d")
                    .with("internalFragmentation", AllocationProfile::internalFragmentation)
                    .shown("internal", "frag. %", "%10.1f", 100)
                    .with("peakLiveBytes", AllocationProfile::peakLiveBytes)
                    .shown("peak live", "KiB", "%,10d", 1.0 / 1024)
                    .on(Measurement::profile)
                    .with("externalFragmentation", ofHeap(AllocationProfile::externalFragmentation))
                    .shown("external", "frag. %", "%10.1f", 100)
                    .with("peakReservedBytes", ofHeap(AllocationProfile::peakReservedBytes))
                    .shown("reserved", "KiB", "%,10d", 1.0 / 1024)
                    .with("leakedBytes", ofHeap(AllocationProfile::leakedBytes))
                    .shown("leaked", "bytes", "%,8d");

    private List<String> parts() {
        return rows.stream().map(Measurement::part).distinct().toList();
    }

    private List<Measurement> of(String part) {
        return rows.stream().filter(row -> row.part().equals(part)).toList();
    }

    private List<Measurement> with(int workers, String part) {
        return of(part).stream().filter(row -> row.workers() == workers).toList();
    }

    private Optional<Measurement> find(String part, HeapKind kind, int workers) {
        return with(workers, part).stream().filter(row -> row.kind().equals(kind)).findFirst();
    }

    /** The speed as a multiple of the allocator's own with the fewest workers. */
    private Optional<Double> speedUp(Measurement row) {
        return find(row.part(), row.kind(), settings.workers().getFirst()).flatMap(row::speedUp);
    }

    /** How much longer or shorter than malloc an operation takes, in per cent, if both ran. */
    private Optional<Double> percentToMalloc(Measurement row) {
        return find(row.part(), Strategy.MALLOC, row.workers())
                .filter(_ -> row.kind() != Strategy.MALLOC)
                .flatMap(Measurement::nanosPerOperation)
                .flatMap(its -> row.nanosPerOperation().map(nanos -> 100 * (nanos - its) / its));
    }

    private boolean isProfiled() {
        return rows.getFirst().profiled().isPresent();
    }

    private Table<Measurement> profiles() {
        return isProfiled() ? PROFILES : new Table<>();
    }

    /** The columns of JSON and CSV. */
    private Table<Measurement> columns() {
        return speeds().absentAs(JsonNull.INSTANCE)
                .with(COSTS.absentAs(0))
                .with(profiles().absentAs(JsonNull.INSTANCE));
    }

    @Override
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
                .with("cores", _ -> Runtime.getRuntime().availableProcessors())
                .with("measurements", _ -> columns().jsonArray(rows))
                .json(this);
    }

    @Override
    public List<String> csv() {
        return columns().csv(rows);
    }

    /** {@inheritDoc} Each part of the workload has one or two. */
    @Override
    public List<Section> sections() {
        Table<Measurement> named =
                named("allocator")
                        .with("workers", Measurement::workers)
                        .shown("workers", "", "%7d");
        List<Section> sections = new ArrayList<>();
        for (String part : parts()) {
            List<Measurement> its = of(part);
            String note = String.join("; ", header()) + "; an operation is allocate and free";
            Table<Measurement> speeds = named.with(speeds()).with(COSTS);
            sections.add(new Section(part, note, speeds.html(its)));
            if (isProfiled()) {
                String each = "Each allocation was observed, in a run of its own";
                sections.add(
                        new Section(
                                part + ": latency and memory",
                                each,
                                named.with(PROFILES).html(its)));
            }
        }
        return sections;
    }

    private List<String> header() {
        String requests =
                Format.line(
                        ": %,d operations, requests of %,d to %,d bytes, seed %d",
                        settings.operations(),
                        settings.minBytes(),
                        settings.maxBytes(),
                        settings.seed());
        return List.of(
                subject + (isProfiled() ? requests : ""),
                Format.line(
                        "heap of %,d KiB, median of %s, %d cores",
                        settings.heapBytes() >> 10,
                        Format.count(settings.rounds(), "round"),
                        Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public List<String> text() {
        List<String> lines = new ArrayList<>(header());
        for (String part : parts()) {
            lines.add("");
            lines.add(part);
            lines.addAll(speedUps(part));
            for (int workers : settings.workers()) {
                lines.add("");
                lines.addAll(
                        named("with " + workers(workers))
                                .with(speeds().select("nanosPerOperation", "percentToMalloc"))
                                .with(COSTS.select("waitingShare", "lockHeldShare"))
                                .with(COSTS.select("locksPerOperation", "stepsWalked"))
                                .with(COSTS.select("casRetries", "cacheHitRate", "fallbacks"))
                                .with(COSTS.select("remoteFrees", "failures", "resets"))
                                .with(COSTS.select("minorFaults"))
                                .text(with(workers, part)));
            }
            if (isProfiled()) {
                lines.add("");
                lines.addAll(
                        named("each observed")
                                .with(PROFILES.select("p50Nanos", "p99Nanos", "maxNanos"))
                                .with(PROFILES.select("internalFragmentation"))
                                .with(PROFILES.select("externalFragmentation", "peakLiveBytes"))
                                .with(PROFILES.select("peakReservedBytes", "leakedBytes"))
                                .text(with(settings.mostWorkers(), part)));
            }
        }
        return lines;
    }

    private List<String> speedUps(String part) {
        int cores = Runtime.getRuntime().availableProcessors();
        var table =
                new Table<HeapKind>()
                        .with("allocator", HeapKind::label)
                        .shown("allocator", "", NAME_FORMAT);
        for (int workers : settings.workers()) {
            table =
                    table.with("speed", kind -> find(part, kind, workers).map(this::speed))
                            .shown(workers(workers) + (workers > cores ? "*" : " "), "", "%17s");
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                " ".repeat(14)
                        + "million operations (allocate and free) a second, and speed-up against"
                        + " its own "
                        + workers(settings.workers().getFirst()));
        lines.addAll(table.text(settings.strategies()));
        if (settings.mostWorkers() > cores) {
            lines.add("* more threads than cores: they take turns");
        }
        return lines;
    }

    private String speed(Measurement row) {
        String factor = speedUp(row).map(value -> Format.line("%.2fx", value)).orElse("-");
        return row.nanosPerOperation()
                .map(nanos -> Format.line("%.2f %7s ", 1e3 / nanos, factor))
                .orElse("all failed ");
    }

    private static String workers(int number) {
        return number + (number == 1 ? " worker" : " workers");
    }

    private static Table<Measurement> named(String title) {
        return new Table<Measurement>()
                .with("allocator", Measurement::label)
                .shown(title, "", NAME_FORMAT);
    }
}
