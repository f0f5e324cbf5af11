package io.github.huffhash.lab;

import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.memory.Allocator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operations of the workers. */
public enum Workload {
    /** One piece at a time, then many at once. */
    LATENCY("allocate and free one at a time, then in batches"),

    /** All threads in a tight loop. */
    CONTENTION("a tight loop of allocate and free in every thread"),

    /** A server's long-lived objects. */
    LARSON("threads replace objects at random in arrays that change hands"),

    /** The signature mode on a file. */
    HUFFMAN("the signature of FILE"),

    /** Finding the page of a pointer. */
    LOOKUP("whose page is this pointer? search against a hash table"),

    /** Mistakes with memory. */
    FAULTS("double free, overrun and other mistakes: who finds them");

    private final String summary;

    Workload(String summary) {
        this.summary = summary;
    }

    /** The name users know the workload by. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A short description. */
    public String summary() {
        return summary;
    }

    /** The workload of this name, if there is one. */
    public static Optional<Workload> named(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /** Whether it replays traces. */
    public boolean isReplay() {
        return !parts().isEmpty();
    }

    /** Whether it has a table of its own, see {@link Lab#experiment}. */
    public boolean isExperiment() {
        return this == LOOKUP || this == FAULTS;
    }

    /** The parts, each measured separately. */
    List<Part> parts() {
        return switch (this) {
            case LATENCY -> List.of(Part.ONE_AT_A_TIME, Part.IN_BATCHES);
            case CONTENTION -> List.of(Part.TIGHT_LOOP);
            case LARSON -> List.of(Part.REPLACEMENT);
            case HUFFMAN, LOOKUP, FAULTS -> List.of();
        };
    }

    /** One kind of loop over a trace of operations. */
    enum Part {
        /** Each piece is freed before the next is allocated. */
        ONE_AT_A_TIME("one at a time"),
        /** A batch is allocated, then freed in the same order. */
        IN_BATCHES("in batches of " + TraceReplay.BATCH),
        /** Each piece is freed when a few more have been allocated. */
        TIGHT_LOOP("tight loop, " + TraceReplay.WINDOW + " pieces alive in each thread"),
        /** Larson's. */
        REPLACEMENT("random replacement");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Replays the worker's trace once. */
        void replay(TraceReplay loop, Allocator allocator, WorkerState state) {
            switch (this) {
                case ONE_AT_A_TIME -> loop.oneAtATime(allocator, state);
                case IN_BATCHES -> loop.inBatches(allocator, state);
                case TIGHT_LOOP -> loop.tightLoop(allocator, state);
                case REPLACEMENT -> loop.replacement(allocator, state);
            }
        }
    }
}
