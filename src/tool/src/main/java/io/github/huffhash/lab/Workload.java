package io.github.huffhash.lab;

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

    /** Whether it is not about speed by allocator and threads, and has a table of its own. */
    public boolean isExperiment() {
        return !isReplay() && this != HUFFMAN;
    }

    /** The parts, each measured separately. */
    List<Part> parts(LabSettings settings) {
        return switch (this) {
            case LATENCY ->
                    List.of(
                            part(settings, "one at a time", Loop.ONE_AT_A_TIME),
                            part(settings, "in batches of 256", Loop.IN_BATCHES));
            case CONTENTION -> {
                String title = "tight loop, 16 pieces alive in each thread";
                yield List.of(part(settings, title, Loop.TIGHT_LOOP));
            }
            case LARSON -> List.of(part(settings, "random replacement", Loop.REPLACEMENT));
            case TIERS ->
                    List.of(
                            tier("all requests: 8 bytes to 1 MiB", 8, 1 << 20),
                            tier("small requests: 8 bytes to 1 KiB", 8, 1 << 10),
                            tier("medium requests: 1 to 32 KiB", (1 << 10) + 1, 32 << 10),
                            tier("large requests: 32 KiB to 1 MiB", (32 << 10) + 1, 1 << 20));
            default -> List.of();
        };
    }

    private static Part part(LabSettings settings, String title, Loop loop) {
        return new Part(title, loop, settings.minBytes(), settings.maxBytes(), false);
    }

    private static Part tier(String title, int least, int most) {
        return new Part(title, Loop.TIGHT_LOOP, least, most, true);
    }

    /**
     * A kind of loop over requests of {@code least} to {@code most} bytes.
     *
     * @param title for people
     * @param evenInPowers whether each power of two comes equally often, rather than each size
     */
    record Part(String title, Loop loop, int least, int most, boolean evenInPowers) {
        /** The operations of one worker, numbered from 0: the same in every run. */
        Trace trace(LabSettings settings, int worker, int operations) {
            var random = new SplittableRandom(settings.seed() * 31 + worker);
            var trace =
                    new Trace(new int[operations], new int[operations], new boolean[operations]);
            for (int i = 0; i < operations; i++) {
                trace.sizes[i] = size(random);
                trace.slots[i] = random.nextInt(settings.objects());
                trace.remote[i] = random.nextInt(100) < settings.remotePercent();
            }
            return trace;
        }

        /** The bytes of a request. */
        int size(RandomGenerator random) {
            return evenInPowers
                    ? (int) (least * Math.pow((double) most / least, random.nextDouble()))
                    : random.nextInt(least, most + 1);
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
    }
}
