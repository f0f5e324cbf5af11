package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the set to a {@link TreeSet}. */
class HierarchicalBitSetTest {
    /** Words before and behind the set, which it must leave alone. */
    private static final int MARGIN = 3 * Long.BYTES;

    private static final int LIMIT = 262_145;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 131_072, LIMIT})
    void itIsATreeSetOfNumbersBelowItsLimit(int limit) {
        Random random = Seeds.random();
        var memory = HeapMemory.ofBytes(HierarchicalBitSet.bytes(limit) + 2 * MARGIN);
        var set = new HierarchicalBitSet(memory, MARGIN, limit);
        var expected = new TreeSet<Integer>();
        for (int i = 0; i < 20_000; i++) {
            int number = randomNumber(random, limit);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (expected.add(number)) {
                        set.add(number);
                    }
                }
                case 1 -> assertThat(set.remove(number)).isEqualTo(expected.remove(number));
                case 2 -> move(set, expected, number, randomNumber(random, limit));
                default -> {
                    Integer below = expected.lower(number);
                    assertThat(set.below(number)).isEqualTo(below == null ? -1 : below);
                }
            }
        }
        for (int number : expected) {
            assertThat(set.remove(number)).isTrue();
        }
        assertThat(TestHeap.words(memory)).as("all of it, margins included").containsOnly(0);
    }

    /** Moves the member at or below {@code near}, if there is one, to {@code to}, if it is free. */
    private static void move(
            HierarchicalBitSet set, NavigableSet<Integer> expected, int near, int to) {
        Integer from = expected.floor(near);
        if (from != null && !expected.contains(to)) {
            set.move(from, to);
            expected.remove(from);
            expected.add(to);
        }
    }

    @Test
    void aMemberCanMoveFromEveryWordToEveryOther() {
        var set = newSet(LIMIT);
        for (int from = 1; from < LIMIT - 1; from *= 2) {
            for (int to = 1; to < LIMIT - 1; to *= 2) {
                if (from != to) {
                    set.add(from);
                    set.move(from, to);
                    assertThat(set.remove(from)).isFalse();
                    assertThat(set.below(LIMIT - 1)).isEqualTo(to);
                    assertThat(set.remove(to)).isTrue();
                }
            }
        }
    }

    /** Anywhere, but often at the borders of words and in one small place. */
    private static int randomNumber(Random random, int limit) {
        int number =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(limit);
                    case 1 -> random.nextInt(limit) / 64 * 64 - random.nextInt(2);
                    case 2 -> random.nextInt(limit) / 4096 * 4096 - random.nextInt(2);
                    default -> random.nextInt(Math.min(limit, 200));
                };
        return Math.max(0, number);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 4096, 4097, 131_072})
    void aFullSetFindsEveryPredecessor(int limit) {
        var set = newSet(limit);
        for (int number = 0; number < limit; number++) {
            set.add(number);
        }
        for (int number = 0; number < limit; number++) {
            assertThat(set.below(number)).isEqualTo(number - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4096, 4097, 131_072})
    void theFirstMemberIsFoundFromTheFarEnd(int limit) {
        var set = newSet(limit);
        assertThat(set.below(limit - 1)).isEqualTo(-1);
        set.add(0);
        assertThat(set.below(limit - 1)).isZero();
        assertThat(set.below(0)).isEqualTo(-1);
    }

    @Test
    void twoSetsSideBySideDoNotTouchEachOther() {
        long bytes = HierarchicalBitSet.bytes(5000);
        var memory = HeapMemory.ofBytes(2 * bytes);
        var first = new HierarchicalBitSet(memory, 0, 5000);
        var second = new HierarchicalBitSet(memory, bytes, 5000);
        for (int number = 0; number < 5000; number++) {
            first.add(number);
        }
        assertThat(second.below(4999)).isEqualTo(-1);
        second.add(17);
        for (int number = 0; number < 5000; number++) {
            assertThat(first.remove(number)).isTrue();
        }
        assertThat(second.below(4999)).isEqualTo(17);
    }

    private static HierarchicalBitSet newSet(int limit) {
        return new HierarchicalBitSet(
                HeapMemory.ofBytes(HierarchicalBitSet.bytes(limit)), 0, limit);
    }
}
