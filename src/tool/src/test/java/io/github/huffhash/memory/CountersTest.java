package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {
    private static final Counters ONE =
            new Counters(1, 2, 3, new LockUse(4, 5, 6, 7, 8), 9, 10, 11, 12, 13, 14);
    private static final Counters OTHER =
            new Counters(
                    100,
                    200,
                    300,
                    new LockUse(400, 500, 600, 700, 800),
                    900,
                    1000,
                    1100,
                    1200,
                    1300,
                    1400);

    /** The longest wait of both is the longer. */
    private static final Counters BOTH =
            new Counters(
                    101,
                    202,
                    303,
                    new LockUse(404, 505, 606, 707, 800),
                    909,
                    1010,
                    1111,
                    1212,
                    1313,
                    1414);

    @Test
    void theCountersOfTwoThreadsAreAdded() {
        assertThat(ONE.plus(OTHER)).isEqualTo(BOTH);
        assertThat(OTHER.plus(ONE)).isEqualTo(BOTH);
        assertThat(ONE.plus(Counters.NONE)).isEqualTo(ONE);
    }

    @Test
    void whatWasDoneSinceAMomentIsTheDifference() {
        assertThat(BOTH.minus(ONE)).isEqualTo(OTHER);
        assertThat(ONE.minus(Counters.NONE)).isEqualTo(ONE);
    }

    @Test
    void failuresThatAreNoneAreTakenOffAndStepsAreAdded() {
        LockUse lock = ONE.lock();
        assertThat(ONE.withoutFailures(2))
                .isEqualTo(new Counters(1, 0, 3, lock, 9, 10, 11, 12, 13, 14));
        assertThat(ONE.withSteps(86))
                .isEqualTo(new Counters(1, 2, 3, lock, 9, 10, 11, 12, 13, 100));
    }
}
