package io.github.huffhash.lab;

import static io.github.huffhash.lab.Measurement.every;
import static io.github.huffhash.lab.Measurement.ofHeap;

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
 * @param workload what was measured
 * @param file the file of {@link Workload#HUFFMAN}
 * @param settings the settings
 * @param rows by part of the workload, then by number of workers, then by strategy
 */
public record LabReport(
        Workload workload, Optional<String> file, LabSettings settings, List<Measurement> rows)
        implements Report {
    static final int CORES = Runtime.getRuntime().availableProcessors();

    private Table<Measurement> speeds() {
        return new Table<Measurement>()
                .with("part", Measurement::part)
                .with("allocator", row -> row.kind().label())
                .with("workers", Measurement::workers)
                .with("oversubscribed", row -> row.workers() > CORES)
                .with("operations", row -> row.median().operations())
                .with("nanosPerOperation", Measurement::nanosPerOperation)
                .shown("ns", "per op", "%8.1f")
                .with("operationsPerSecond", row -> 1e9 / row.nanosPerOperation())
                .with("speedUp", this::speedUp)
                .with("percentToMalloc", this::percentToMalloc)
                .shown("against", "malloc %", "%,8.0f")
                .with(WAITING);
    }

    private static final Table<Measurement> WAITING =
            new Table<Measurement>()
                    .with("waitingShare", Measurement::waitingShare)
                    .shown("waiting", "%", "%7.1f", 100)
                    .zerosAsDashes()
                    .presentIf(Measurement::isCounted);

    private static final Table<Measurement> LOCK =
            RunReport.Columns.LOCK
                    .on((Measurement row) -> row.counts().lock())
                    .presentIf(Measurement::isCounted);

    private static final Table<Measurement> FALLBACKS =
            new Table<Measurement>()
                    .with("fallbacks", row -> row.counts().fallbacks())
                    .shown("fall-", "backs", "%,8d")
                    .with("remoteFrees", row -> row.counts().remoteFrees())
                    .shown("remote", "frees", "%,9d")
                    .presentIf(Measurement::isCounted)
                    .with("failures", row -> row.counts().failures())
                    .shown("failed", "", "%,6d")
                    .with("resets", row -> row.median().resets())
                    .shown("resets", "", "%,6d")
                    .zerosAsDashes();

    private static final Table<Measurement> COSTS =
            new Table<Measurement>()
                    .with("lockHeldShare", row -> row.median().heldShare())
                    .shown("held", "%", "%5.1f", 100)
                    .with("contendedShare", Measurement::contendedShare)
                    .with("locksPerOperation", every(1, Counters::lockAcquisitions))
                    .shown("locks", "per op", "%,8.3f")
                    .with("stepsWalked", row -> row.counts().stepsWalked())
                    .shown("steps", "per op", "%,8.1f", every(1, Counters::stepsWalked))
                    .with("casRetries", row -> row.counts().casRetries())
                    .shown("retries", "per Mop", "%,8.0f", every(1e6, Counters::casRetries))
                    .zerosAsDashes()
                    .with("cacheHitRate", Measurement::cacheHitRate)
                    .shown("hits", "%", "%5.1f", 100)
                    .presentIf(Measurement::isCounted)
                    .with(FALLBACKS);

    private static final Table<Measurement> MEMORY =
            RunReport.Columns.MEMORY.on(row -> row.median().usage());

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

    /**
     * The speed as a multiple of the allocator's own with the fewest workers; NaN if all requests
     * of either failed.
     */
    private double speedUp(Measurement row) {
        return find(row.part(), row.kind(), settings.workers().getFirst())
                .map(its -> its.nanosPerOperation() / row.nanosPerOperation())
                .orElse(Double.NaN);
    }

    /** How much longer or shorter than malloc an operation takes, in per cent, if both ran. */
    private Optional<Double> percentToMalloc(Measurement row) {
        return find(row.part(), Strategy.MALLOC, row.workers())
                .filter(_ -> row.kind() != Strategy.MALLOC)
                .map(Measurement::nanosPerOperation)
                .map(its -> 100 * (row.nanosPerOperation() - its) / its);
    }

    private boolean isProfiled() {
        return rows.getFirst().profiled().isPresent();
    }

    /** The columns of JSON and CSV. */
    private Table<Measurement> columns() {
        return speeds().with(LOCK)
                .with(COSTS)
                .with(MEMORY)
                .with(isProfiled() ? PROFILES : new Table<>())
                .absentAs(JsonNull.INSTANCE);
    }

    @Override
    public String json() {
        Table<LabReport> traces =
                new Table<LabReport>()
                        .with("operations", _ -> settings.operations())
                        .with("minBytes", _ -> settings.minBytes())
                        .with("maxBytes", _ -> settings.maxBytes())
                        .with("seed", _ -> settings.seed())
                        .presentIf(LabReport::isProfiled);
        Table<LabReport> objects =
                new Table<LabReport>()
                        .with("remotePercent", _ -> settings.remotePercent())
                        .with("objects", _ -> settings.objects())
                        .presentIf(_ -> workload == Workload.LARSON);
        return new Table<LabReport>()
                .with("workload", _ -> workload.label())
                .with("file", LabReport::file)
                .with(traces.with(objects).absentAs(JsonNull.INSTANCE))
                .with("heapBytes", _ -> settings.heapBytes())
                .with("rounds", _ -> settings.rounds())
                .with("cores", _ -> CORES)
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
        Table<Measurement> speeds = named.with(speeds()).with(LOCK).with(COSTS).with(MEMORY);
        String note = String.join("; ", header()) + "; an operation is allocate and free";
        String each = "Each allocation was observed, in a run of its own";
        List<Section> sections = new ArrayList<>();
        for (String part : parts()) {
            List<Measurement> its = of(part);
            sections.add(new Section(part, note, speeds.html(its)));
            if (isProfiled()) {
                String profiles = named.with(PROFILES).html(its);
                sections.add(new Section(part + ": latency and memory", each, profiles));
            }
        }
        return sections;
    }

    private List<String> header() {
        String requests =
                Format.line(
                        ": %s, requests of %,d to %,d bytes, seed %d",
                        Format.count(settings.operations(), "operation"),
                        settings.minBytes(),
                        settings.maxBytes(),
                        settings.seed());
        return List.of(
                workload.label()
                        + file.map(name -> ", " + name).orElse("")
                        + (isProfiled() ? requests : ""),
                Format.line(
                        "heap of %,d KiB, median of %s, %d cores",
                        settings.heapBytes() >> 10,
                        Format.count(settings.rounds(), "round"),
                        CORES));
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
                        named("with " + Format.count(workers, "worker"))
                                .with(speeds())
                                .with(COSTS)
                                .with(MEMORY.select("minorFaults"))
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
        List<String> lines = new ArrayList<>();
        lines.add(
                " ".repeat(14)
                        + "million operations (allocate and free) a second, and speed-up against"
                        + " its own "
                        + Format.count(settings.workers().getFirst(), "worker"));
        lines.addAll(
                named("allocator")
                        .withEach(settings.workers(), this::withSpeed)
                        .text(with(settings.mostWorkers(), part)));
        if (settings.mostWorkers() > CORES) {
            lines.add("* more threads than cores: they take turns");
        }
        return lines;
    }

    private Table<Measurement> withSpeed(Table<Measurement> table, int workers) {
        String title = Format.count(workers, "worker") + (workers > CORES ? "*" : " ");
        return table.with("speed", row -> find(row.part(), row.kind(), workers).map(this::speed))
                .shown(title, "", "%17s");
    }

    private String speed(Measurement row) {
        if (Double.isNaN(row.nanosPerOperation())) {
            return "all failed ";
        }
        double speedUp = speedUp(row);
        String factor = Double.isNaN(speedUp) ? "-" : Format.line("%.2fx", speedUp);
        return Format.line("%.2f %7s ", 1e3 / row.nanosPerOperation(), factor);
    }

    private static Table<Measurement> named(String title) {
        return new Table<Measurement>()
                .with("allocator", row -> row.kind().label())
                .shown(title, "", "%-14s");
    }
}
