package io.github.huffhash.report;

import static io.github.huffhash.report.Format.count;
import static io.github.huffhash.report.Format.millis;
import static io.github.huffhash.report.Format.percent;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The costs of one run, a line for each figure that the mode has. */
public final class TimingTable {
    private static final int MOST_WORKERS = 16;

    private final RunReport report;
    private final List<String> lines = new ArrayList<>();

    private TimingTable(RunReport report) {
        this.report = report;
    }

    /** The lines of the table. */
    public static List<String> of(RunReport report) {
        var table = new TimingTable(report);
        table.addWhole();
        table.addPhases();
        table.addMemory(report.usage());
        if (report.mode() != Mode.FAST) {
            table.addHeap();
        }
        if (report.hasLock()) {
            table.addWorkers();
        }
        return table.lines;
    }

    private void addWhole() {
        add("mode", report.mode().label(), workers());
        add("bytes", count(report.statistics().bytes()), "");
        String size = count(report.blockSize(), "byte");
        add("blocks", count(report.statistics().blocks()), "of " + size);
        String rate = Format.line("%,.1f MB/s", report.megabytesPerSecond());
        add("wall time", millis(report.wallNanos()), rate);
        if (report.mode() == Mode.PROCESSES) {
            long start = report.statistics().startNanos();
            add("  start of workers", millis(start), percent(start, report.wallNanos()));
        }
        add("CPU time", millis(report.cpuNanos()), "");
    }

    private void addMemory(ProcessUsage usage) {
        if (!usage.equals(ProcessUsage.NONE)) {
            add("page faults", count(usage.minorFaults()), usage.majorFaults() + " from disk");
            add("resident growth", count(usage.residentBytes() >> 10), "KiB");
        }
    }

    private String workers() {
        String noun = report.mode() == Mode.PROCESSES ? "process" : "thread";
        return count(report.statistics().workers(), noun);
    }

    private void addPhases() {
        var phases = new TreeMap<Phase, Long>(report.statistics().phaseNanos());
        long sum = phases.values().stream().mapToLong(Long::longValue).sum();
        phases.forEach(
                (phase, nanos) -> add("  " + name(phase), millis(nanos), percent(nanos, sum)));
    }

    private String name(Phase phase) {
        return switch (phase) {
            case WAIT -> "wait for turn";
            case READ -> "read";
            case COUNT -> "count";
            case TREE -> report.mode() == Mode.FAST ? "tree and hash" : "tree";
            case HASH -> "hash";
        };
    }

    private void addHeap() {
        Counters heap = report.heap();
        LockUse lock = heap.lock();
        if (report.hasLock()) {
            RunStatistics times = report.statistics();
            share("waiting", times.waitingShare(), "of the time of " + workers());
            share("  for the lock", times.shareOfTime(worker -> worker.lock().waitNanos()), "");
            share("  for a turn", times.shareOfTime(WorkerStatistics::queueNanos), "");
            if (report.mode() != Mode.PROCESSES) {
                share("  for a core", times.shareOfTime(WorkerStatistics::coreNanos), "");
            }
            add("lock acquisitions", count(lock.acquisitions()), "");
            boolean shared = lock.holds() < lock.acquisitions();
            String holds = shared ? "one for a block's first requests" : "";
            add("  holds", count(lock.holds()), holds);
            share("  had to wait", lock.contended(), lock.holds());
            add("  total wait", millis(lock.waitNanos()), "");
            add("  mean wait", Format.line("%,.1f µs", lock.meanWaitNanos() / 1e3), "");
            add("  longest wait", millis(lock.longestWaitNanos()), "");
            share("  held", times.lockHeldShare(), "of the time");
        }
        add("heap peak", count(report.statistics().heapPeakBytes()), "bytes");
        if (report.mode() == Mode.POOLS) {
            long requests = heap.cacheHits() + heap.cacheMisses();
            share("pool hits", heap.cacheHits(), requests);
            share("pool fallbacks", heap.cacheMisses(), requests);
        }
        report.stepsPerRequest()
                .map(steps -> Format.decimal(steps) + " a request")
                .ifPresent(it -> add("steps walked", count(heap.stepsWalked()), it));
    }

    /** The first of them; JSON has all. */
    private void addWorkers() {
        List<WorkerStatistics> all = report.statistics().perWorker();
        for (int i = 0; i < Math.min(MOST_WORKERS, all.size()); i++) {
            LockUse lock = all.get(i).lock();
            String waits =
                    "blocks, waited %s times, %s"
                            .formatted(count(lock.contended()), millis(lock.waitNanos()));
            add("worker " + (i + 1), count(all.get(i).blocks()), waits);
        }
        if (all.size() > MOST_WORKERS) {
            add("other workers", count(all.size() - MOST_WORKERS), "see --json");
        }
    }

    private void share(String name, OptionalDouble share, String remark) {
        share.ifPresent(it -> add(name, percent(it), remark));
    }

    private void share(String name, long part, long whole) {
        add(name, count(part), percent(part, whole));
    }

    private void add(String name, String value, String remark) {
        lines.add(Format.line("%-18s %15s  %s", name, value, remark).stripTrailing());
    }
}
