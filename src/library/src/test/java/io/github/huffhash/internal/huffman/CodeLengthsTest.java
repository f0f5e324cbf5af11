package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeLengthsTest {
    private final Random random = Seeds.random();
    private final CodeLengths codeLengths = new CodeLengths();

    private byte[] build(int[] counts) {
        byte[] lengths = new byte[256];
        codeLengths.build(counts, lengths);
        return lengths;
    }

    private static long cost(int[] counts, byte[] lengths) {
        long bits = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            bits += (long) counts[symbol] * lengths[symbol];
        }
        return bits;
    }

    private static void assertComplete(int[] counts, byte[] lengths) {
        int space = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            assertThat(lengths[symbol] > 0).isEqualTo(counts[symbol] > 0);
            assertThat((int) lengths[symbol]).isBetween(0, CodeLengths.MAX_LENGTH);
            space += lengths[symbol] == 0 ? 0 : 1 << (CodeLengths.MAX_LENGTH - lengths[symbol]);
        }
        assertThat(space).isEqualTo(1 << CodeLengths.MAX_LENGTH);
    }

    /** The best there is; where lengths have to be limited, at most 2 % worse. */
    private static void assertGood(int[] counts, byte[] lengths) {
        long best = PackageMerge.cost(counts, CodeLengths.MAX_LENGTH);
        boolean limited = PackageMerge.cost(counts, 30) < best;
        assertThat(cost(counts, lengths)).isBetween(best, limited ? best + best / 50 : best);
    }

    /** Counts over many orders of magnitude, so that the limit matters. */
    private int[] wideCounts(int symbols, int maxLog) {
        int[] counts = new int[256];
        for (int i = 0; i < symbols; i++) {
            counts[random.nextInt(256)] = 1 + (int) Math.pow(2, random.nextDouble() * maxLog);
        }
        counts[7] = 1;
        counts[250] = 1 << maxLog;
        return counts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 100, 250, 1000})
    void codesAreCompleteAndGood(int symbols) {
        for (int round = 0; round < 60; round++) {
            int[] counts = wideCounts(symbols, 1 + random.nextInt(17));
            byte[] lengths = build(counts);
            assertComplete(counts, lengths);
            assertGood(counts, lengths);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11, 12, 13, 18, 22, 26})
    void fibonacciCountsAreLimited(int symbols) {
        int[] counts = Samples.counts(Samples.fibonacci(symbols));
        byte[] lengths = build(counts);
        assertComplete(counts, lengths);
        assertGood(counts, lengths);
    }

    @Test
    void unlimitedCodesCostWhatHuffmansTreeDoes() {
        for (int round = 0; round < 100; round++) {
            int[] counts = wideCounts(1 + random.nextInt(200), 6);
            if (PackageMerge.cost(counts, 30) == PackageMerge.cost(counts, 11)) {
                assertThat(cost(counts, build(counts))).isEqualTo(PlainTree.cost(counts));
            }
        }
    }

    @Test
    void lengthsDependOnTheCountsAlone() {
        int[] counts = wideCounts(100, 15);
        byte[] before = build(counts);
        build(Samples.counts(Samples.fibonacci(20)));
        assertThat(build(counts)).isEqualTo(before);
    }

    @Test
    void ofEqualCountsTheGreaterSymbolGetsTheShorterCode() {
        int[] counts = new int[256];
        counts[10] = 5;
        counts[20] = 5;
        counts[30] = 5;
        byte[] lengths = build(counts);
        assertThat(new byte[] {lengths[10], lengths[20], lengths[30]}).containsExactly(2, 2, 1);
    }

    /** Each merge of the two rarest costs one bit for all that is below. */
    @Test
    void theCostWithoutALimitIsThatOfRepeatedMerging() {
        var random = Seeds.random();
        var codes = new CodeLengths();
        for (int symbols = 0; symbols <= 256; symbols += symbols < 5 ? 1 : 1 + random.nextInt(5)) {
            int[] counts = new int[256];
            var queue = new PriorityQueue<Long>();
            for (int symbol = 0; symbol < symbols; symbol++) {
                counts[symbol] = 1 + random.nextInt(random.nextBoolean() ? 3 : 10_000);
                queue.add((long) counts[symbol]);
            }
            long cost = 0;
            while (queue.size() > 1) {
                long merged = queue.remove() + queue.remove();
                cost += merged;
                queue.add(merged);
            }
            assertThat(codes.unlimitedCost(counts)).isEqualTo(cost);
        }
    }
}
