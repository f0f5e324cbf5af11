package io.github.huffhash.run;

import io.github.huffhash.recording.Recording;
import io.github.huffhash.recording.Recording.BlockPhase;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Adds up the time one worker spends in each phase, and records the phases. A clock that is off
 * reads no time and costs nothing.
 */
public final class PhaseClock {
    /** The phases of the work on a block. */
    public enum Phase {
        /** Waiting for the turn to read, for room in the heap, and for slower threads. */
        WAIT,
        /** Getting the bytes from the input, and putting them into the heap. */
        READ,
        /** Counting the symbols. */
        COUNT,
        /** Building the tree. */
        TREE,
        /** Hashing the tree and freeing it. */
        HASH
    }

    private final boolean on;
    private final boolean recorded = Recording.isOn();
    private final LongSupplier nanoTime;
    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private long last;

    /** What is recorded: the block, and the phase that goes on. */
    private long block;

    private Optional<BlockPhase> phase = Optional.empty();

    /** A clock that runs, or one that does nothing. */
    public PhaseClock(boolean on) {
        this(on, System::nanoTime);
    }

    PhaseClock(boolean on, LongSupplier nanoTime) {
        this.on = on;
        this.nanoTime = nanoTime;
    }

    /** Begins to measure: the next {@link #lap} counts from here. */
    public void start() {
        if (on) {
            last = nanoTime.getAsLong();
        }
        if (recorded) {
            phase = Optional.of(Recording.phase());
        }
    }

    /** Says of which block the next phases are, the present one included; for recordings. */
    void setBlock(long number) {
        block = number;
    }

    /** Books the time since the last call of either method to {@code ended}. */
    public void lap(Phase ended) {
        if (on) {
            long now = nanoTime.getAsLong();
            nanos.merge(ended, now - last, Long::sum);
            last = now;
        }
        if (recorded) {
            phase.ifPresent(event -> event.end(block, ended.name().toLowerCase(Locale.ROOT)));
            phase = Optional.of(Recording.phase());
        }
    }

    /** The time in a phase so far. */
    long nanos(Phase phase) {
        return nanos.getOrDefault(phase, 0L);
    }

    /** Adds the time of this clock to {@code sums}. */
    public void addTo(Map<Phase, Long> sums) {
        nanos.forEach((phase, time) -> sums.merge(phase, time, Long::sum));
    }

    /** The time in each phase since this was called last. */
    public Map<Phase, Long> take() {
        Map<Phase, Long> taken = new EnumMap<>(nanos);
        nanos.clear();
        return taken;
    }
}
