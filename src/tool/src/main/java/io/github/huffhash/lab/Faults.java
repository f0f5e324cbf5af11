package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.process.OwnJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The mistakes that programs make with memory, and whether an allocator finds them. */
enum Faults {
    /** The same piece twice. */
    DOUBLE_FREE,
    /** A pointer that was never handed out. */
    FOREIGN_POINTER,
    /** A pointer into a piece. */
    INTERIOR_POINTER,
    /** A pointer that is not a multiple of 16. */
    MISALIGNED_POINTER,
    /** A word written into a piece that was freed; then it is used again. */
    WRITE_AFTER_FREE,
    /** A word written behind the end; then both pieces are freed. */
    OVERRUN;

    private static final int UNDETECTED = 0;
    private static final int DETECTED = 10;
    private static final int ENDLESS = 11;

    /** The process could not try. */
    private static final int FAILED = 12;

    /**
     * A JVM that crashes and writes no core ends so; one that a signal ends, with more than 128.
     */
    private static final int CRASHED = 1;

    private static final int SIGNAL = 128;

    private static final long HEAP_BYTES = 1 << 20;

    /** A mistake can leave an allocator in a loop. */
    private static final long LONGEST_SECONDS = 20;

    /** What each of the mistakes leads to. */
    record Row(String allocator, Map<Faults, String> outcomes) {}

    private void commit(Allocator allocator, HeapMemory memory) {
        boolean isInside = this == INTERIOR_POINTER || this == MISALIGNED_POINTER;
        long piece = allocator.allocate(isInside ? 256 : 64);
        long next = allocator.allocate(64);
        switch (this) {
            case DOUBLE_FREE -> {
                allocator.free(piece);
                allocator.free(piece);
            }
            case FOREIGN_POINTER -> allocator.free(piece + (1 << 16));
            case INTERIOR_POINTER -> allocator.free(piece + 64);
            case MISALIGNED_POINTER -> allocator.free(piece + 8);
            case WRITE_AFTER_FREE -> {
                allocator.free(piece);
                memory.set(piece, 8);
                allocator.free(allocator.allocate(64));
            }
            case OVERRUN -> {
                memory.set(piece + 64, 8);
                allocator.free(next);
                allocator.free(piece);
            }
        }
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A process that makes a mistake, and may not survive it: the allocator's name and its own. */
    public static void main(String[] args) {
        OwnJvm.endWithParent();
        int exitCode = FAILED;
        try {
            exitCode = valueOf(args[1]).commitHere(Strategy.valueOf(args[0]));
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Makes the mistake in this JVM, which may not survive it; returns an exit code. */
    int commitHere(Strategy strategy) {
        try (Heap heap = strategy.open(HEAP_BYTES)) {
            commit(heap.attach(), heap.memory());
            return UNDETECTED;
        } catch (InvalidFreeException | IndexOutOfBoundsException _) { // the latter by the JVM
            return DETECTED;
        }
    }

    /** What each of these allocators makes of each mistake, a row for each. */
    static Findings<Row> measure(List<? extends HeapKind> kinds) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (HeapKind kind : kinds) {
            var row = new Row(kind.label(), new EnumMap<>(Faults.class));
            for (Faults fault : values()) {
                row.outcomes.put(fault, fault.outcome((Strategy) kind));
            }
            rows.add(row);
        }
        return new Findings<>(
                Workload.FAULTS,
                "who finds the mistakes of a program?",
                Optional.empty(),
                new Table<Row>()
                        .with("allocator", Row::allocator)
                        .shown("allocator", "", "%-14s")
                        .withEach(List.of(values()), Faults::withColumn),
                rows,
                List.of("malloc is tried in processes of their own"));
    }

    private static Table<Row> withColumn(Table<Row> table, Faults fault) {
        String[] words = fault.label().split("-", 2);
        return table.with(fault.label(), row -> row.outcomes.getOrDefault(fault, ""))
                .shown(words[0], words.length > 1 ? words[1] : "", "%-13s");
    }

    private String outcome(Strategy strategy) throws IOException {
        int exitCode = exitCode(strategy, strategy == Strategy.MALLOC);
        return switch (exitCode) {
            case DETECTED -> "detected";
            case UNDETECTED -> "undetected";
            case ENDLESS -> "does not end";
            default -> {
                if (exitCode == CRASHED || exitCode > SIGNAL) {
                    yield "ends the JVM";
                }
                throw new IOException(
                        "the process for %s of %s has ended with status %d"
                                .formatted(label(), strategy.label(), exitCode));
            }
        };
    }

    /** Makes the mistake in a process, or in a thread, since a mistake can lead to a loop. */
    int exitCode(Strategy strategy, boolean ownProcess) throws IOException {
        if (!ownProcess) {
            return await(CompletableFuture.supplyAsync(() -> commitHere(strategy), Faults::start));
        }
        Process process = OwnJvm.start(Redirect.DISCARD, Faults.class, strategy.name(), name());
        try {
            return await(process.onExit().thenApply(Process::exitValue));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int await(CompletableFuture<Integer> exitCode) {
        return exitCode.completeOnTimeout(ENDLESS, LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Starts a thread that ends with the program. */
    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().name("huffhash-fault").start(work);
    }
}
