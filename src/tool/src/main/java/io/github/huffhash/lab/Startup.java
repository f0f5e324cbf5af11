package io.github.huffhash.lab;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.memory.strategy.Variant;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.ProcessUsage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What is measured; each has a time and a number of page faults. */
    private enum Cost {
        FIRST_OPEN(0, "firstOpen", "open first:"),
        OPEN(2, "open", "open again:"),
        SMALL(4, "small", "1 MiB by 64:"),
        LARGE(6, "large", "1 MiB at once:");

        /** Where its figures are in a row. */
        private final int at;

        private final String key;
        private final String title;

        Cost(int at, String key, String title) {
            this.at = at;
            this.key = key;
            this.title = title;
        }

        private Table<Row> addTo(Table<Row> table) {
            return table.with(key + "Nanos", row -> row.figure(at))
                    .shown(title, "µs", "%,14.1f", 1e-3)
                    .with(key + "Faults", row -> row.figure(at + 1))
                    .shown("", "faults", "%,8.1f");
        }
    }

    /**
     * The costs of one allocator.
     *
     * @param figures nanoseconds and page faults of each cost, NaN for what cannot be served
     */
    record Row(HeapKind kind, List<Double> figures) {
        private Optional<Double> figure(int index) {
            return Optional.of(figures.get(index)).filter(Double::isFinite);
        }

        private double nanos(Cost cost) {
            return figures.get(cost.at);
        }

        private double faults(Cost cost) {
            return figures.get(cost.at + 1);
        }
    }

    static final Table<Row> COLUMNS =
            new Table<Row>()
                    .with("allocator", row -> row.kind().label())
                    .shown("", "allocator", "%-14s")
                    .withEach(List.of(Cost.values()), (table, cost) -> cost.addTo(table));

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
                "startup: heaps of 16 MiB, each in a process of its own; median of %d"
                        .formatted(settings.rounds()),
                COLUMNS,
                rows,
                Stream.of(Cost.SMALL, Cost.LARGE)
                        .flatMap(cost -> reason(cost, rows).stream())
                        .toList());
    }

    /** Why malloc is slower than the fastest heap, if both serve. */
    private static Optional<String> reason(Cost cost, List<Row> rows) {
        List<Row> serving =
                rows.stream()
                        .filter(row -> Double.isFinite(row.nanos(cost)))
                        .sorted(Comparator.comparingDouble(row -> row.nanos(cost)))
                        .toList();
        Optional<Row> fastest = serving.stream().filter(row -> row.kind.hasHeap()).findFirst();
        return serving.stream()
                .filter(row -> row.kind == Strategy.MALLOC)
                .findFirst()
                .flatMap(malloc -> fastest.map(best -> compared(cost, malloc, best)));
    }

    private static String compared(Cost cost, Row malloc, Row best) {
        return Format.line(
                "%s malloc takes %.1f times as long as %s, with %.1f page faults against %.1f",
                cost.title,
                malloc.nanos(cost) / best.nanos(cost),
                best.kind.label(),
                malloc.faults(cost),
                best.faults(cost));
    }

    private static Row measure(HeapKind kind, int rounds) throws IOException {
        Process process =
                LabMain.start(
                        Redirect.PIPE, LabMain.STARTUP, kind.label(), Integer.toString(rounds));
        try {
            String figures =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (figures.isEmpty()) {
                throw new IOException("the process that measures " + kind.label() + " has ended");
            }
            return new Row(kind, Stream.of(figures.split(" ", -1)).map(Double::valueOf).toList());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Measures in this process, by the allocator's label; returns the figures of a row. */
    static String measureHere(String label, int rounds) throws IOException {
        HeapKind kind = Strategy.named(label).<HeapKind>map(it -> it).orElse(Variant.CALLOC);
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
        return samples.stream()
                .map(sample -> sample.nanos + " " + sample.faults)
                .collect(Collectors.joining(" "));
    }

    private record Sample(double nanos, double faults) {}

    /** Work that is done some times in a row, and says whether it could be done. */
    private record Work(int times, BooleanSupplier body) implements Rounds.Measured<Sample> {
        @Override
        public Sample run() {
            ProcessUsage before = ProcessUsage.now();
            long start = System.nanoTime();
            boolean done = true;
            for (int i = 0; i < times; i++) {
                done &= body.getAsBoolean();
            }
            double nanos = done ? System.nanoTime() - start : Double.NaN;
            double faults = ProcessUsage.now().minus(before).minorFaults();
            return new Sample(nanos / times, done ? faults / times : Double.NaN);
        }

        @Override
        public double time(Sample sample) {
            return sample.nanos;
        }

        Sample median(int rounds) throws IOException {
            Rounds.warmUp(List.of(this));
            return Rounds.median(Rounds.measure(List.of(this), rounds).getFirst(), Sample::nanos);
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
