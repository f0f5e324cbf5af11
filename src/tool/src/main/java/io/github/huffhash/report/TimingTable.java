package io.github.huffhash.report;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The costs of one run, a line for each figure that the mode has. */
public final class TimingTable {
    private static final int MOST_WORKERS = 16;

    private final List<String> lines = new ArrayList<>();

    private TimingTable() {}

    /** The lines of the table. */
    public static List<String> of(RunReport report) {
        var table = new TimingTable();
        table.addWhole(report);
        table.addPhases(report);
        table.addMemory(report.usage());
        if (report.mode() != Mode.FAST) {
            table.addHeap(report);
        }
        if (report.hasLock()) {
            table.addWorkers(report);
        }
        return table.lines;
    }

    private void addWhole(RunReport report) {
        add("mode", report.mode().label(), workers(report));
        count("bytes", report.statistics().bytes(), "");
        count(
                "blocks",
                report.statistics().blocks(),
                "of " + Format.count(report.blockSize(), "byte"));
        millis("wall time", report.wallNanos(), Format.rate(report.megabytesPerSecond()));
        if (report.mode() == Mode.PROCESSES) {
            long start = report.statistics().startNanos();
            millis("  start of workers", start, Format.percent(start, report.wallNanos()));
        }
        millis("CPU time", report.cpuNanos(), "");
    }

    private void addMemory(ProcessUsage usage) {
        if (!usage.equals(ProcessUsage.NONE)) {
            count("page faults", usage.minorFaults(), usage.majorFaults() + " from disk");
            count("resident growth", usage.residentBytes() >> 10, "KiB");
        }
    }

    private static String workers(RunReport report) {
        int workers = report.statistics().workers();
        boolean one = workers == 1;
        return report.mode() == Mode.PROCESSES
                ? workers + (one ? " process" : " processes")
                : workers + (one ? " thread" : " threads");
    }

    private void addPhases(RunReport report) {
        var phases = new TreeMap<Phase, Long>(report.phaseNanos());
        long sum = phases.values().stream().mapToLong(Long::longValue).sum();
        phases.forEach((phase, nanos) ->
                millis("  " + name(phase, report.mode()), nanos, Format.percent(nanos, sum)));
    }

    private static String name(Phase phase, Mode mode) {
        return switch (phase) {
            case WAIT -> "wait for turn";
            case READ -> "read";
            case COUNT -> "count";
            case TREE -> mode == Mode.FAST ? "tree and hash" : "tree";
            case HASH -> "hash";
        };
    }

    private void addHeap(RunReport report) {
        Counters heap = report.heap();
        LockUse lock = heap.lock();
        if (report.hasLock()) {
            report.waitingShare()
                    .ifPresent(share ->
                            add(
                                    "waiting",
                                    Format.percent(share),
                                    "of the time of " + workers(report)));
            part("  for the lock", report, worker -> worker.lock().waitNanos());
            part("  for a turn", report, WorkerStatistics::queueNanos);
            if (report.mode() != Mode.PROCESSES) {
                part("  for a core", report, WorkerStatistics::coreNanos);
            }
            count("lock acquisitions", lock.acquisitions(), "");
            boolean shared = lock.holds() < lock.acquisitions();
            count("  holds", lock.holds(), shared ? "one for a block's first requests" : "");
            share("  had to wait", lock.contended(), lock.holds());
            millis("  total wait", lock.waitNanos(), "");
            add("  mean wait", Format.micros(RunReport.meanWaitNanos(lock)), "");
            millis("  longest wait", lock.longestWaitNanos(), "");
            report.lockHeldShare()
                    .ifPresent(share -> add("  held", Format.percent(share), "of the time"));
        }
        count("heap peak", report.statistics().heapPeakBytes(), "bytes");
        if (report.mode() == Mode.POOLS) {
            long requests = heap.cacheHits() + heap.cacheMisses();
            share("pool hits", heap.cacheHits(), requests);
            share("pool fallbacks", heap.cacheMisses(), requests);
        }
        report.stepsPerRequest()
                .ifPresent(steps ->
                        count(
                                "steps walked",
                                heap.stepsWalked(),
                                Format.decimal(steps) + " a request"));
    }

    private void part(String name, RunReport report, ToLongFunction<WorkerStatistics> nanos) {
        report.statistics()
                .shareOfTime(nanos)
                .ifPresent(share -> add(name, Format.percent(share), ""));
    }

    /** The first of them; JSON has all. */
    private void addWorkers(RunReport report) {
        List<WorkerStatistics> all = report.statistics().perWorker();
        int number = 1;
        for (WorkerStatistics worker : all.subList(0, Math.min(MOST_WORKERS, all.size()))) {
            String waits =
                    Format.line(
                            "blocks, waited %,d times, %s",
                            worker.lock().contended(), Format.millis(worker.lock().waitNanos()));
            count("worker " + number++, worker.blocks(), waits);
        }
        if (all.size() > MOST_WORKERS) {
            add("other workers", Format.count(all.size() - MOST_WORKERS), "see --json");
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
        lines.add(Format.line("%-18s %15s  %s", name, value, remark).stripTrailing());
    }
}
