package io.github.huffhash.lab;

import static java.lang.Double.parseDouble;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.memory.strategy.Variant;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.Rounds;
import io.github.huffhash.run.process.OwnJvm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What an allocator costs before it serves, and what a mebibyte costs in small pieces and in one:
 * each page of a piece is written to, so page faults are seen. Each allocator has a process of its
 * own, since memory that one has touched costs the next no fault.
 */
final class Startup {
    private static final long HEAP_BYTES = 16 << 20;
    private static final int WHOLE_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 64;
    private static final int PAGE_BYTES = 4096;
    private static final int REPETITIONS = 16;

    private Startup() {}

    /** What is measured, and where it is in a row. */
    private record Cost(int at, String key, String title) {
        private Table<Row> addTo(Table<Row> table) {
            return table.with(key + "Nanos", row -> row.sample(this).nanos)
                    .shown(title, "µs", "%,14.1f", 1e-3)
                    .with(key + "Faults", row -> row.sample(this).faults)
                    .shown("", "faults", "%,8.1f");
        }
    }

    private static final Cost SMALL = new Cost(2, "small", "1 MiB by 64:");
    private static final Cost LARGE = new Cost(3, "large", "1 MiB at once:");
    private static final List<Cost> COSTS =
            List.of(
                    new Cost(0, "firstOpen", "open first:"),
                    new Cost(1, "open", "open again:"),
                    SMALL,
                    LARGE);

    /** Both are NaN for what cannot be served. */
    record Sample(double nanos, double faults) {}

    /** What each of the costs is for an allocator. */
    record Row(HeapKind kind, List<Sample> samples) {
        private Sample sample(Cost cost) {
            return samples.get(cost.at);
        }

        private double timesAsLong(Row other, Cost cost) {
            return sample(cost).nanos / other.sample(cost).nanos;
        }
    }

    static final Table<Row> COLUMNS =
            new Table<Row>()
                    .with("allocator", row -> row.kind.label())
                    .shown("", "allocator", "%-14s")
                    .withEach(COSTS, (table, cost) -> cost.addTo(table));

    /** Measures each allocator, and calloc beside malloc. */
    static Findings<Row> measure(LabSettings settings) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (HeapKind kind : settings.strategies()) {
            rows.add(measure(kind, settings.rounds()));
            if (kind == Strategy.MALLOC) {
                rows.add(measure(Variant.CALLOC, settings.rounds()));
            }
        }
        return new Findings<>(
                Workload.STARTUP,
                "heaps of 16 MiB, each in a process of its own",
                Optional.of(settings.rounds()),
                COLUMNS,
                rows,
                reasons(rows));
    }

    /** Why malloc is slower than the fastest heap, if both serve. */
    private static List<String> reasons(List<Row> rows) {
        List<String> reasons = new ArrayList<>();
        for (Row malloc : rows.stream().filter(row -> row.kind == Strategy.MALLOC).toList()) {
            for (Cost cost : List.of(SMALL, LARGE)) {
                rows.stream()
                        .filter(row -> row.kind.hasHeap())
                        .min(Comparator.comparingDouble(row -> row.sample(cost).nanos)) // NaN last
                        .filter(best -> !Double.isNaN(malloc.timesAsLong(best, cost)))
                        .map(best ->
                                Format.line(
                                        "%s malloc takes %.1f times as long as %s, with %.1f page"
                                                + " faults against %.1f",
                                        cost.title,
                                        malloc.timesAsLong(best, cost),
                                        best.kind.label(),
                                        malloc.sample(cost).faults,
                                        best.sample(cost).faults))
                        .ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    private static Row measure(HeapKind kind, int rounds) throws IOException {
        List<Sample> samples =
                OwnJvm.output(Startup.class, kind.label(), Integer.toString(rounds)).stream()
                        .map(line -> line.split(" ", 2))
                        .map(it -> new Sample(parseDouble(it[0]), parseDouble(it[1])))
                        .toList();
        if (samples.size() < COSTS.size()) {
            throw new IOException("the process that measures " + kind.label() + " has ended");
        }
        return new Row(kind, samples);
    }

    /** The process that measures: an allocator's label, and a number of rounds. */
    public static void main(String[] args) throws IOException {
        OwnJvm.endWithParent();
        HeapKind kind = Strategy.named(args[0]).<HeapKind>map(it -> it).orElse(Variant.CALLOC);
        int rounds = Integer.parseInt(args[1]);
        var opening = new Work(1, () -> open(kind));
        List<Sample> samples = new ArrayList<>(List.of(opening.run(), opening.median(rounds)));
        try (Heap heap = kind.open(HEAP_BYTES)) {
            ThreadAllocator worker = heap.attach();
            for (int bytes : new int[] {SMALL_BYTES, WHOLE_BYTES}) {
                var pieces = new long[WHOLE_BYTES / bytes];
                var serving = new Work(REPETITIONS, () -> serve(heap, worker, pieces, bytes));
                samples.add(serving.median(rounds));
            }
        }
        try (var output = new PrintStream(new FileOutputStream(FileDescriptor.out))) {
            samples.forEach(sample -> output.println(sample.nanos + " " + sample.faults));
        }
    }

    /** Work that is done some times in a row, and says whether it could be done. */
    private record Work(int times, BooleanSupplier body) {
        Sample run() {
            ProcessUsage before = ProcessUsage.now();
            long start = System.nanoTime();
            double done = 1;
            for (int i = 0; i < times; i++) {
                done = body.getAsBoolean() ? done : Double.NaN;
            }
            double nanos = System.nanoTime() - start;
            double faults = ProcessUsage.now().minus(before).minorFaults();
            return new Sample(done * nanos / times, done * faults / times);
        }

        Sample median(int rounds) throws IOException {
            return new Rounds<>(Work::run, Sample::nanos)
                    .medians(List.of(this), rounds)
                    .values()
                    .iterator()
                    .next();
        }
    }

    /** Opens a heap, and is served once. */
    private static boolean open(HeapKind kind) {
        try (Heap heap = kind.open(HEAP_BYTES)) {
            return serve(heap, heap.attach(), new long[1], SMALL_BYTES);
        }
    }

    /** Allocates all pieces, writes to each of their pages, and frees them. */
    private static boolean serve(Heap heap, ThreadAllocator worker, long[] pieces, int bytes) {
        boolean served = true;
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = worker.allocate(bytes);
            served &= pieces[i] != HeapMemory.NULL;
            for (int at = 0; served && at < bytes; at += PAGE_BYTES) {
                heap.memory().set(pieces[i] + at, i);
            }
        }
        for (long piece : pieces) {
            if (piece != HeapMemory.NULL) {
                worker.free(piece);
            }
        }
        if (heap.isArena()) {
            heap.recycle();
        }
        return served;
    }
}
