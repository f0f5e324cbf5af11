package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The costs of one run, a line for each figure that the mode has. */
public final class TimingTable {
    private static final Table<Line> COLUMNS =
            new Table<Line>()
                    .with("name", Line::name)
                    .shown("", "", "%-18s")
                    .with("value", Line::value)
                    .shown("", "", "%15s")
                    .with("remark", Line::remark)
                    .shown("", "", " %s");

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
        count("bytes", report.statistics().bytes(), "");
        count(
                "blocks",
                report.statistics().blocks(),
                "of " + Format.count(report.blockSize(), "byte"));
        millis("wall time", report.wallNanos(), Format.rate(report.megabytesPerSecond()));
        millis("CPU time", report.cpuNanos(), "");
    }

    private static String workers(RunReport report) {
        int workers = report.statistics().workers();
        String kind = report.mode() == Mode.PROCESSES ? "process" : "thread";
        String plural = report.mode() == Mode.PROCESSES ? "es" : "s";
        return workers + " " + kind + (workers == 1 ? "" : plural);
    }

    private void addPhases(RunReport report) {
        Map<Phase, Long> phases = new EnumMap<>(Phase.class);
        phases.putAll(report.phaseNanos());
        long sum = phases.values().stream().mapToLong(Long::longValue).sum();
        phases.forEach((phase, nanos) ->
                millis("  " + name(phase, report.mode()), nanos, Format.percent(nanos, sum)));
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
        Counters heap = report.heap();
        if (report.hasLock()) {
            count("lock acquisitions", heap.lockAcquisitions(), "");
            share("  had to wait", heap.contendedAcquisitions(), heap.lockAcquisitions());
            millis("  total wait", heap.lockWaitNanos(), "");
        }
        count("heap peak", report.statistics().heapPeakBytes(), "bytes");
        if (report.mode() == Mode.POOLS) {
            long requests = heap.cacheHits() + heap.cacheMisses();
            share("pool hits", heap.cacheHits(), requests);
            share("pool fallbacks", heap.cacheMisses(), requests);
        }
    }

    private void addWorkers(RunReport report) {
        int number = 1;
        for (WorkerStatistics worker : report.statistics().perWorker()) {
            String waits = Format.count(worker.contendedAcquisitions());
            count(
                    "worker " + number++,
                    worker.blocks(),
                    "blocks, waited " + waits + " times, " + Format.millis(worker.lockWaitNanos()));
        }
    }

    private void count(String name, long number, String remark) {
        add(name, Format.count(number), remark);
    }

    private void share(String name, long part, long whole) {
        count(name, part, Format.percent(part, whole));
    }

    private void millis(String name, long nanos, String remark) {
        add(name, Format.millis(nanos), remark);
    }

    private void add(String name, String value, String remark) {
        lines.add(new Line(name, value, remark));
    }

    private record Line(String name, String value, String remark) {}
}
