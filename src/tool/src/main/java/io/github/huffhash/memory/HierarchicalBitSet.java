package io.github.huffhash.memory;

import java.util.Arrays;

/**
 * A set of the numbers from 0 to a limit that finds the predecessor of any number in a handful of
 * steps.
 *
 * <p>Level 0 is a bitmap. Each further level is a bitmap of the non-empty words of the level below,
 * up to a level of one word: a 64-ary tree, three levels for the 2 MiB heap. The idea is van Emde
 * Boas's ("Preserving order in a forest in less than logarithmic time", 1975) with a machine word
 * for a cluster.
 */
final class HierarchicalBitSet {
    private static final int BIT_SHIFT = 6;

    private final HeapMemory memory;

    /** Where each level begins; level 0 first. */
    private final long[] levelStart;

    /**
     * @param memory memory for the set, all zero for an empty one
     * @param start where in it the set begins, a multiple of 8
     * @param limit the set holds numbers below this
     */
    HierarchicalBitSet(HeapMemory memory, long start, long limit) {
        this.memory = memory;
        long[] starts = new long[8];
        int levels = 0;
        long at = start;
        long numbers = limit;
        do {
            starts[levels++] = at;
            numbers = wordsFor(numbers);
            at += numbers * Long.BYTES;
        } while (numbers > 1);
        levelStart = Arrays.copyOf(starts, levels);
    }

    /** How many bytes a set of numbers below {@code limit} takes. */
    static long bytes(long limit) {
        long words = 0;
        long numbers = limit;
        do {
            numbers = wordsFor(numbers);
            words += numbers;
        } while (numbers > 1);
        return words * Long.BYTES;
    }

    private static long wordsFor(long bits) {
        return Math.max(1, Math.ceilDiv(bits, Long.SIZE));
    }

    /** Where the word of number {@code n} lies in a level. */
    private static long wordAt(long start, int n) {
        return start + ((long) (n >>> BIT_SHIFT) << HeapMemory.WORD_SHIFT);
    }

    /** Adds a number that is not a member. */
    void add(int number) {
        int n = number;
        for (long start : levelStart) {
            long at = wordAt(start, n);
            long word = memory.get(at);
            memory.set(at, word | 1L << n);
            if (word != 0) {
                return;
            }
            n >>>= BIT_SHIFT;
        }
    }

    /** Removes a number; false if it was not a member. */
    boolean remove(int number) {
        int n = number;
        for (long start : levelStart) {
            long at = wordAt(start, n);
            long word = memory.get(at);
            long rest = word & ~(1L << n);
            if (rest == word) {
                return false;
            }
            memory.set(at, rest);
            if (rest != 0) {
                return true;
            }
            n >>>= BIT_SHIFT;
        }
        return true;
    }

    /** Removes one number and adds another. */
    void move(int from, int to) {
        if (from >>> BIT_SHIFT == to >>> BIT_SHIFT) {
            long at = wordAt(levelStart[0], from);
            memory.set(at, (memory.get(at) & ~(1L << from)) | 1L << to);
        } else {
            remove(from);
            add(to);
        }
    }

    /** The largest member below {@code number}, or −1. */
    int below(int number) {
        int n = number;
        for (int level = 0; level < levelStart.length; level++) {
            long word = memory.get(wordAt(levelStart[level], n)) & ((1L << n) - 1);
            if (word != 0) {
                return descend(level, (n & -Long.SIZE) + highestBit(word));
            }
            n >>>= BIT_SHIFT;
        }
        return -1;
    }

    /** The largest member under number {@code n} of {@code level}. */
    private int descend(int level, int n) {
        int number = n;
        for (int below = level - 1; below >= 0; below--) {
            long word = memory.get(levelStart[below] + ((long) number << HeapMemory.WORD_SHIFT));
            number = (number << BIT_SHIFT) + highestBit(word);
        }
        return number;
    }

    private static int highestBit(long word) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
    }
}
