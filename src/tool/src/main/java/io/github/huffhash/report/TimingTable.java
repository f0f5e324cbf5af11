package io.github.huffhash.report;

import io.github.huffhash.report.Table.Column;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.ArrayList;
import java.util.List;

/** The costs of one run, a line for each figure that the mode has. */
public final class TimingTable {
    private static final Table<Line> COLUMNS =
            new Table<>(
                    List.of(
                            Column.ofText(Line::name).headed("", "", "%-18s"),
                            Column.ofText(Line::value).headed("", "", "%15s"),
                            Column.ofText(Line::remark).headed("", "", " %s")));

    private final List<Line> lines = new ArrayList<>();

    private TimingTable() {}

    /** The lines of the table. */
    public static List<String> of(RunReport report) {
        var table = new TimingTable();
        table.addWhole(report);
        table.addPhases(report);
        if (report.mode() != Mode.FAST) {
            table.addHeap(report);
        }
        table.addWorkers(report);
        return table.lines.stream().map(COLUMNS::line).toList();
    }

    private void addWhole(RunReport report) {
        add("mode", report.mode().label(), workers(report));
        add("bytes", Format.count(report.statistics().bytes()), "");
        add(
                "blocks",
                Format.count(report.statistics().blocks()),
                "of " + Format.count(report.blockSize(), "byte"));
        add(
                "wall time",
                Format.millis(report.wallNanos()),
                Format.rate(report.megabytesPerSecond()));
        add("CPU time", Format.millis(report.cpuNanos()), "");
    }

    private static String workers(RunReport report) {
        int workers = report.statistics().workers();
        String kind = report.mode() == Mode.PROCESSES ? "process" : "thread";
        String plural = report.mode() == Mode.PROCESSES ? "es" : "s";
        return workers + " " + kind + (workers == 1 ? "" : plural);
    }

    private void addPhases(RunReport report) {
        var phases = report.phaseNanos();
        long sum = phases.values().stream().mapToLong(Long::longValue).sum();
        for (Phase phase : Phase.values()) {
            if (phases.containsKey(phase)) {
                long nanos = phases.get(phase);
                add(
                        "  " + name(phase, report.mode()),
                        Format.millis(nanos),
                        Format.percent(nanos, sum));
            }
        }
    }

    private static String name(Phase phase, Mode mode) {
        return switch (phase) {
            case READ -> "read";
            case COUNT -> "count";
            case TREE -> mode == Mode.FAST ? "tree and hash" : "tree";
            case HASH -> "hash";
        };
    }

    private void addHeap(RunReport report) {
        var heap = report.heap();
        if (report.mode() != Mode.SINGLE) {
            long acquisitions = heap.lockAcquisitions();
            add("lock acquisitions", Format.count(acquisitions), "");
            add(
                    "  had to wait",
                    Format.count(heap.contendedAcquisitions()),
                    Format.percent(heap.contendedAcquisitions(), acquisitions));
            add("  total wait", Format.millis(heap.lockWaitNanos()), "");
        }
        add("heap peak", Format.count(report.statistics().heapPeakBytes()), "bytes");
        if (report.mode() == Mode.POOLS) {
            long requests = heap.cacheHits() + heap.cacheMisses();
            add(
                    "pool hits",
                    Format.count(heap.cacheHits()),
                    Format.percent(heap.cacheHits(), requests));
            add(
                    "pool fallbacks",
                    Format.count(heap.cacheMisses()),
                    Format.percent(heap.cacheMisses(), requests));
        }
    }

    private void addWorkers(RunReport report) {
        int number = 1;
        for (WorkerStatistics worker : report.statistics().perWorker()) {
            add(
                    "worker " + number++,
                    Format.count(worker.blocks()),
                    "blocks, waited %s times, %s"
                            .formatted(
                                    Format.count(worker.contendedAcquisitions()),
                                    Format.millis(worker.lockWaitNanos())));
        }
    }

    private void add(String name, String value, String remark) {
        lines.add(new Line(name, value, remark));
    }

    private record Line(String name, String value, String remark) {}
}
