package io.github.huffhash.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseClockTest {
    @Test
    void aClockThatIsOffMeasuresNothing() {
        var clock = new PhaseClock(false);
        clock.start();
        clock.lap(Phase.READ);
        var sums = PhaseClock.sums();
        clock.addTo(sums);
        assertThat(sums).isEmpty();
    }

    @Test
    void theLapsAddUpToTheTimeBetweenStartAndTheLastOfThem() {
        var clock = new PhaseClock(true);
        long before = System.nanoTime();
        clock.start();
        for (int i = 0; i < 1000; i++) {
            clock.lap(Phase.READ);
            clock.lap(Phase.TREE);
        }
        long elapsed = System.nanoTime() - before;
        var sums = PhaseClock.sums();
        clock.addTo(sums);
        assertThat(sums).containsOnlyKeys(Phase.READ, Phase.TREE);
        long sum = sums.values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum).isBetween(1L, elapsed);
    }

    @Test
    void theTimeOfSeveralWorkersIsAdded() {
        var clock = new PhaseClock(true);
        clock.start();
        clock.lap(Phase.HASH);
        var sums = PhaseClock.sums();
        sums.put(Phase.HASH, 1_000_000_000_000L);
        sums.put(Phase.COUNT, 5L);
        clock.addTo(sums);
        assertThat(sums.get(Phase.HASH)).isGreaterThanOrEqualTo(1_000_000_000_000L);
        assertThat(sums).containsEntry(Phase.COUNT, 5L);
    }
}
