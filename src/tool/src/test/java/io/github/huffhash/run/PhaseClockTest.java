package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.run.PhaseClock.Phase;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseClockTest {
    private final AtomicLong now = new AtomicLong(-5_000);
    private final PhaseClock clock = new PhaseClock(true, now::get);

    private void lap(long nanos, Phase phase) {
        now.addAndGet(nanos);
        clock.lap(phase);
    }

    @Test
    void aClockThatIsOffMeasuresNothing() {
        var off =
                new PhaseClock(
                        false,
                        () -> {
                            throw new AssertionError("the time was read");
                        });
        off.start();
        off.lap(Phase.READ);
        var sums = new EnumMap<Phase, Long>(Phase.class);
        off.addTo(sums);
        assertThat(sums).isEmpty();
    }

    @Test
    void eachLapIsTheTimeSinceTheOneBefore() {
        clock.start();
        lap(100, Phase.READ);
        lap(20, Phase.TREE);
        lap(3, Phase.READ);
        var sums = new EnumMap<Phase, Long>(Phase.class);
        clock.addTo(sums);
        assertThat(sums).containsOnlyKeys(Phase.READ, Phase.TREE);
        assertThat(sums).containsEntry(Phase.READ, 103L).containsEntry(Phase.TREE, 20L);
    }

    @Test
    void whatLiesBetweenALapAndTheNextStartIsNobodysTime() {
        clock.start();
        lap(100, Phase.READ);
        now.addAndGet(1_000_000);
        clock.start();
        lap(7, Phase.COUNT);
        var sums = new EnumMap<Phase, Long>(Phase.class);
        clock.addTo(sums);
        assertThat(sums).containsEntry(Phase.READ, 100L).containsEntry(Phase.COUNT, 7L);
    }

    @Test
    void theTimeOfSeveralWorkersIsAdded() {
        clock.start();
        lap(11, Phase.HASH);
        var sums = new EnumMap<Phase, Long>(Phase.class);
        sums.put(Phase.HASH, 1_000L);
        sums.put(Phase.COUNT, 5L);
        clock.addTo(sums);
        assertThat(sums).containsEntry(Phase.HASH, 1_011L).containsEntry(Phase.COUNT, 5L);
    }
}
