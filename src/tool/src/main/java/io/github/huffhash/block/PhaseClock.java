package io.github.huffhash.block;

import java.util.HashMap;
import java.util.Map;

/**
 * Adds up the time one worker spends in each phase. A clock that is off reads no time and costs
 * nothing.
 */
public final class PhaseClock {
    private final boolean on;
    private final Map<Phase, Long> nanos = sums();
    private long last;

    /** A clock that runs, or one that does nothing. */
    public PhaseClock(boolean on) {
        this.on = on;
    }

    /** Begins to measure: the next {@link #lap} counts from here. */
    public void start() {
        if (on) {
            last = System.nanoTime();
        }
    }

    /** Books the time since the last call of either method to {@code phase}. */
    public void lap(Phase phase) {
        if (on) {
            long now = System.nanoTime();
            nanos.merge(phase, now - last, Long::sum);
            last = now;
        }
    }

    /** Adds the time of this clock to {@code sums}. */
    public void addTo(Map<Phase, Long> sums) {
        nanos.forEach((phase, time) -> sums.merge(phase, time, Long::sum));
    }

    /** An empty map for {@link #addTo}. */
    public static Map<Phase, Long> sums() {
        return new HashMap<>(); // an EnumMap looks for its keys by reflection, in every run
    }
}
