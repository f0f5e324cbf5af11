package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void smallTimesAreExact() {
        var histogram = new LatencyHistogram();
        for (long nanos = 0; nanos < 16; nanos++) {
            histogram.add(nanos);
        }
        assertThat(histogram.percentile(50)).isEqualTo(7);
        assertThat(histogram.percentile(100)).isEqualTo(15);
        assertThat(histogram.max()).isEqualTo(15);
    }

    @Test
    void percentilesAreAtMostSevenPercentTooHighAndNeverTooLow() {
        var random = Seeds.random();
        long[] times =
                random.longs(10_000, 0, 40).map(bits -> random.nextLong(1L << bits)).toArray();
        var histogram = new LatencyHistogram();
        var half = new LatencyHistogram();
        for (int i = 0; i < times.length; i++) {
            (i % 2 == 0 ? histogram : half).add(times[i]);
        }
        histogram.addAll(half);
        Arrays.sort(times);
        for (int percent : new int[] {1, 10, 50, 90, 99, 100}) {
            long exact = times[(times.length * percent / 100) - 1];
            assertThat(histogram.percentile(percent))
                    .as("percentile %d", percent)
                    .isBetween(exact, exact + (exact / 15) + 1);
        }
        assertThat(histogram.max()).isEqualTo(times[times.length - 1]);
    }

    @Test
    void nothingTakesNoTime() {
        assertThat(new LatencyHistogram().percentile(50)).isZero();
    }
}
