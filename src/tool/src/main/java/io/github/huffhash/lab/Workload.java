package io.github.huffhash.lab;

import io.github.huffhash.lab.RunCoordinator.WorkerState;
import io.github.huffhash.memory.Allocator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The operations of the workers. */
public enum Workload {
    LATENCY("allocate and free one at a time, then in batches"),
    CONTENTION("a tight loop of allocate and free in every thread"),
    LARSON("threads replace objects at random in arrays that change hands"),
    TIERS("size classes with caches up to 1K, 32K, 1M: what each tier adds"),
    HUFFMAN("the signature of FILE"),
    LOOKUP("whose page is this pointer? search against a hash table"),
    STARTUP("opening a heap, and page faults of small and large pieces"),
    CHANNELS("one request channel behind locks against a ring for each client"),
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
        return this == LATENCY || this == CONTENTION || this == LARSON || this == TIERS;
    }

    /** Whether it has a table of its own, see {@link Lab#experiment}. */
    public boolean isExperiment() {
        return !isReplay() && this != HUFFMAN;
    }

    /** The parts, each measured separately. */
    List<Part> parts(LabSettings settings) {
        var sizes = new Sizes(settings.minBytes(), settings.maxBytes(), false);
        return switch (this) {
            case LATENCY ->
                    List.of(
                            new Part("one at a time", Loop.ONE_AT_A_TIME, sizes),
                            new Part("in batches of " + TraceReplay.BATCH, Loop.IN_BATCHES, sizes));
            case CONTENTION ->
                    List.of(
                            new Part(
                                    "tight loop, %d pieces alive in each thread"
                                            .formatted(TraceReplay.WINDOW),
                                    Loop.TIGHT_LOOP,
                                    sizes));
            case LARSON -> List.of(new Part("random replacement", Loop.REPLACEMENT, sizes));
            case TIERS ->
                    List.of(
                            tier("all requests: 8 bytes to 1 MiB", 8, 1 << 20),
                            tier("small requests: 8 bytes to 1 KiB", 8, 1 << 10),
                            tier("medium requests: 1 to 32 KiB", (1 << 10) + 1, 32 << 10),
                            tier("large requests: 32 KiB to 1 MiB", (32 << 10) + 1, 1 << 20));
            default -> List.of();
        };
    }

    private static Part tier(String title, int least, int most) {
        return new Part(title, Loop.TIGHT_LOOP, new Sizes(least, most, true));
    }

    /**
     * A kind of loop over operations of these sizes.
     *
     * @param title for people
     */
    record Part(String title, Loop loop, Sizes sizes) {
        /** The operations of one worker, numbered from 0: the same in every run. */
        Trace trace(LabSettings settings, int worker, int operations) {
            var random = new SplittableRandom(settings.seed() * 31 + worker);
            var trace =
                    new Trace(new int[operations], new int[operations], new boolean[operations]);
            for (int i = 0; i < operations; i++) {
                trace.sizes[i] = sizes.next(random);
                trace.slots[i] = random.nextInt(settings.objects());
                trace.remote[i] = random.nextInt(100) < settings.remotePercent();
            }
            return trace;
        }
    }

    /**
     * The operations of one worker.
     *
     * @param sizes the bytes of each request
     * @param slots which of the worker's objects each operation of the larson workload replaces
     * @param remote whether it replaces an object of the hand-off array instead
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Trace(int[] sizes, int[] slots, boolean[] remote) {}

    /**
     * The bytes of requests.
     *
     * @param evenInPowers whether each power of two comes equally often, rather than each size
     */
    record Sizes(int least, int most, boolean evenInPowers) {
        int next(RandomGenerator random) {
            return evenInPowers
                    ? (int) (least * Math.pow((double) most / least, random.nextDouble()))
                    : random.nextInt(least, most + 1);
        }
    }

    /** One kind of loop over a trace, see {@link TraceReplay}. */
    enum Loop {
        ONE_AT_A_TIME,
        IN_BATCHES,
        TIGHT_LOOP,
        REPLACEMENT;

        /** After so many operations a worker looks at the clock. */
        int stride() {
            return this == REPLACEMENT ? TraceReplay.BATCH / 8 : TraceReplay.BATCH;
        }

        /** Replays a part of the worker's trace, of at most a stride. */
        void replay(TraceReplay loop, Allocator allocator, WorkerState state, int from, int to) {
            switch (this) {
                case ONE_AT_A_TIME -> loop.oneAtATime(allocator, state, from, to);
                case IN_BATCHES -> loop.inBatches(allocator, state, from, to);
                case TIGHT_LOOP -> loop.tightLoop(allocator, state, from, to);
                case REPLACEMENT -> loop.replacement(allocator, state, from, to);
            }
        }
    }
}
