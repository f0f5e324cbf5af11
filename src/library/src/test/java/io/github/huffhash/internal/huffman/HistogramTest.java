package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the counting loop to a plain one. */
class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void shortStretchesAtEveryOffsetAreCounted() {
        byte[] bytes = randomBytes(Seeds.random(), 64);
        for (int from = 0; from < 20; from++) {
            for (int length = 0; length <= 20; length++) {
                assertCounted(bytes, from, length);
            }
        }
    }

    @Test
    void longStretchesAreCounted() {
        Random random = Seeds.random();
        byte[] bytes = randomBytes(random, 1 << 20);
        assertCounted(bytes, 0, bytes.length);
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(bytes.length);
            assertCounted(bytes, from, random.nextInt(bytes.length - from + 1));
        }
    }

    @Test
    void aLongRunOfOneByteIsCounted() {
        for (int value : new int[] {0, 1, 127, 128, 255}) {
            byte[] bytes = new byte[1 << 20];
            Arrays.fill(bytes, (byte) value);
            assertCounted(bytes, 0, bytes.length);
            assertCounted(bytes, 3, bytes.length - 5);
        }
    }

    @Test
    void everyByteValueHasItsOwnCount() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        int[] counts = new int[256];
        histogram.count(bytes, 0, 256, counts);
        assertThat(counts).containsOnly(1);
    }

    private void assertCounted(byte[] bytes, int from, int length) {
        int[] counts = new int[256];
        Arrays.fill(counts, -7); // old counts do not matter
        histogram.count(bytes, from, length, counts);
        assertThat(counts)
                .as("from %d, length %d", from, length)
                .isEqualTo(PlainTree.count(bytes, from, length));
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
