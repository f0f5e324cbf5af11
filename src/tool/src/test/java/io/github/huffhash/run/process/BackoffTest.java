package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long the naps of a process are that waits for another. */
class BackoffTest {
    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 10_000_000;

    private final Backoff backoff = new Backoff(LONGEST_NANOS);

    @Test
    void aNapIsNeverLongerThanAnEighthOfTheWaitBeforeIt() {
        long waited = 0;
        for (int i = 0; i < 1000; i++) {
            long nap = backoff.nextNapNanos();
            assertThat(nap)
                    .isBetween(SHORTEST_NANOS, LONGEST_NANOS)
                    .isLessThanOrEqualTo(Math.max(SHORTEST_NANOS, waited / 8));
            waited += nap;
        }
    }

    @Test
    void whoeverWaitsForATenthOfASecondTakesTheLongestNaps() {
        long waited = 0;
        int naps = 0;
        while (waited < 100_000_000) {
            waited += backoff.nextNapNanos();
            naps++;
        }

        assertThat(backoff.nextNapNanos()).isEqualTo(LONGEST_NANOS);
        assertThat(naps).isLessThan(100);
    }

    @Test
    void onceSomethingHasComeNapsAreShortAgain() {
        for (int i = 0; i < 1000; i++) {
            backoff.nextNapNanos();
        }

        backoff.reset();

        assertThat(backoff.nextNapNanos()).isEqualTo(SHORTEST_NANOS);
    }
}
