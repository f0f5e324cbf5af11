package io.github.huffhash.internal.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePlanesTest {
    private final Random random = Seeds.random();

    /** Lengths around those that go 8 bytes at a time, at any index. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void planesHaveTheBytesOfOneSignificanceAndJoinToTheElements(int planes) {
        for (int length = 0; length < 200; length++) {
            int from = random.nextInt(9);
            int to = random.nextInt(9);
            byte[] elements = new byte[from + length + 9];
            random.nextBytes(elements);
            byte[] split = new byte[to + length + 9];

            BytePlanes.split(elements, from, length, planes, split, to);

            byte[] expected = new byte[split.length];
            int count = length / planes;
            for (int i = 0; i < length; i++) {
                int place = i < planes * count ? i % planes * count + i / planes : i;
                expected[to + place] = elements[from + i];
            }
            assertThat(split).as("length %d", length).isEqualTo(expected);

            byte[] joined = new byte[elements.length];
            BytePlanes.join(split, to, length, planes, joined, from);
            byte[] whole = new byte[elements.length];
            System.arraycopy(elements, from, whole, from, length);
            assertThat(joined).as("length %d", length).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theLastPlaneEndsWithTheBytesThatAreLeft(int planes) {
        int length = 10 * planes + 1;
        int[] starts = new int[planes + 1];
        Arrays.setAll(starts, plane -> BytePlanes.start(length, planes, plane));
        for (int plane = 0; plane < planes; plane++) {
            assertThat(starts[plane]).isEqualTo(10 * plane);
        }
        assertThat(starts[planes]).isEqualTo(length);
    }
}
