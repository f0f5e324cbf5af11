package io.github.huffhash.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapStatisticsTest {
    @Test
    void workIsAddedAndWhatIsInUseIsNot() {
        var one = new HeapStatistics(1, 2, 3, 4, 5, 60, 70, 8, 9);
        var other = new HeapStatistics(100, 200, 300, 400, 500, 600, 7, 800, 900);
        var sum = new HeapStatistics(101, 202, 303, 404, 505, 600, 70, 808, 909);
        assertThat(one.plus(other)).isEqualTo(sum);
        assertThat(other.plus(one)).isEqualTo(sum);
    }

    @Test
    void nothingAddedChangesNothing() {
        var some = new HeapStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(some.plus(HeapStatistics.NONE)).isEqualTo(some);
    }
}
