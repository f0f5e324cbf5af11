package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {
    private static final Counters ONE = new Counters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private static final Counters OTHER =
            new Counters(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100);
    private static final Counters BOTH =
            new Counters(101, 202, 303, 404, 505, 606, 707, 808, 909, 1010, 1111);

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
    void failuresThatAreNoneAreTakenOff() {
        assertThat(ONE.withoutFailures(2))
                .isEqualTo(new Counters(1, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    }
}
