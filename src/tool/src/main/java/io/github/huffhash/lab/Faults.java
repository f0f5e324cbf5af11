package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Table;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The mistakes that programs make with memory, and whether an allocator finds them. */
enum Faults {
    /** The same piece twice. */
    DOUBLE_FREE {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            long piece = allocator.allocate(64);
            allocator.allocate(64);
            allocator.free(piece);
            allocator.free(piece);
        }
    },
    /** A pointer that was never handed out. */
    FOREIGN_POINTER {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            allocator.free(allocator.allocate(64) + (1 << 16));
        }
    },
    /** A pointer into a piece. */
    INTERIOR_POINTER {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            allocator.free(allocator.allocate(256) + 64);
        }
    },
    /** A pointer that is not a multiple of 16. */
    MISALIGNED_POINTER {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            allocator.free(allocator.allocate(256) + 8);
        }
    },
    /** A word written into a piece that was freed; then it is used again. */
    WRITE_AFTER_FREE {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            long piece = allocator.allocate(64);
            allocator.allocate(64);
            allocator.free(piece);
            memory.set(piece, 8);
            allocator.free(allocator.allocate(64));
        }
    },
    /** A word written behind the end; then both pieces are freed. */
    OVERRUN {
        @Override
        void commit(Allocator allocator, HeapMemory memory) {
            long piece = allocator.allocate(64);
            long next = allocator.allocate(64);
            memory.set(piece + 64, 8);
            allocator.free(next);
            allocator.free(piece);
        }
    };

    static final int UNDETECTED = 0;
    static final int DETECTED = 10;

    private static final long HEAP_BYTES = 1 << 20;

    /** A mistake can leave an allocator in a loop. */
    private static final long LONGEST_SECONDS = 20;

    /** Makes the mistake. */
    abstract void commit(Allocator allocator, HeapMemory memory);

    /** Its name. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether an allocator finds the mistake; the JVM may not survive it. */
    boolean isDetected(Strategy strategy) {
        try (Heap heap = strategy.open(HEAP_BYTES)) {
            commit(heap.attach(), heap.memory());
            return false;
        } catch (InvalidFreeException | IndexOutOfBoundsException _) { // the latter by the JVM
            return true;
        }
    }

    /** What each of these allocators makes of each mistake, a row for each. */
    static Findings<Strategy> measure(List<? extends HeapKind> kinds) throws IOException {
        List<Strategy> strategies = kinds.stream().map(Strategy.class::cast).toList();
        Map<Strategy, Map<Faults, String>> outcomes = new EnumMap<>(Strategy.class);
        for (Strategy strategy : strategies) {
            Map<Faults, String> row = new EnumMap<>(Faults.class);
            for (Faults fault : values()) {
                row.put(fault, fault.outcome(strategy));
            }
            outcomes.put(strategy, row);
        }
        Table<Strategy> table =
                new Table<Strategy>()
                        .with("allocator", Strategy::label)
                        .shown("allocator", "", "%-14s");
        for (Faults fault : values()) {
            String[] words = fault.label().split("-", 2);
            table =
                    table.with(
                                    fault.label(),
                                    row ->
                                            Optional.ofNullable(outcomes.get(row))
                                                    .map(of -> of.get(fault)))
                            .shown(words[0], words.length > 1 ? words[1] : "", "%-13s");
        }
        return new Findings<>(
                "faults: who finds the mistakes of a program?",
                table,
                strategies,
                List.of("malloc is tried in processes of their own"));
    }

    static int exitCodeOf(boolean detected) {
        return detected ? DETECTED : UNDETECTED;
    }

    /** Makes the mistake in a process; returns its exit code, or that of its end by a signal. */
    int exitCode(Strategy strategy) throws IOException {
        Process process =
                LabMain.start(Redirect.DISCARD, LabMain.Task.FAULT, strategy.name(), name());
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private String outcome(Strategy strategy) throws IOException {
        int exitCode =
                strategy == Strategy.MALLOC ? exitCode(strategy) : exitCodeOf(isDetected(strategy));
        return switch (exitCode) {
            case DETECTED -> "detected";
            case UNDETECTED -> "undetected";
            default -> "ends the JVM";
        };
    }
}
