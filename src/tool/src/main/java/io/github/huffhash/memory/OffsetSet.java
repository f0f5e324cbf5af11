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
final class OffsetSet {
    private final ControlWords words;

    /** The index of each level's first word; level 0 first. */
    private final int[] levelStart;

    /**
     * @param words memory for the set, all zero for an empty one
     * @param start where in it the set begins
     * @param limit the set holds numbers below this
     */
    OffsetSet(ControlWords words, int start, long limit) {
        this.words = words;
        int[] starts = new int[8];
        int levels = 0;
        int at = start;
        long numbers = limit;
        do {
            starts[levels++] = at;
            numbers = wordsFor(numbers);
            at += (int) numbers;
        } while (numbers > 1);
        levelStart = Arrays.copyOf(starts, levels);
    }

    /** How many words a set of numbers below {@code limit} takes. */
    static int words(long limit) {
        long words = 0;
        long numbers = limit;
        do {
            numbers = wordsFor(numbers);
            words += numbers;
        } while (numbers > 1);
        return Math.toIntExact(words);
    }

    private static long wordsFor(long bits) {
        return Math.max(1, Math.ceilDiv(bits, Long.SIZE));
    }

    /** Adds a number that is not a member. */
    void add(int number) {
        int n = number;
        for (int start : levelStart) {
            int at = start + (n >>> 6);
            long word = words.get(at);
            words.set(at, word | 1L << n);
            if (word != 0) {
                return;
            }
            n >>>= 6;
        }
    }

    /** Removes a number; false if it was not a member. */
    boolean remove(int number) {
        int n = number;
        for (int start : levelStart) {
            int at = start + (n >>> 6);
            long word = words.get(at);
            long rest = word & ~(1L << n);
            if (rest == word) {
                return false;
            }
            words.set(at, rest);
            if (rest != 0) {
                return true;
            }
            n >>>= 6;
        }
        return true;
    }

    /** Removes one number and adds another. */
    void move(int from, int to) {
        if (from >>> 6 == to >>> 6) {
            int at = levelStart[0] + (from >>> 6);
            words.set(at, (words.get(at) & ~(1L << from)) | 1L << to);
        } else {
            remove(from);
            add(to);
        }
    }

    /** The largest member below {@code number}, or −1. */
    int below(int number) {
        int n = number;
        for (int level = 0; level < levelStart.length; level++) {
            long word = words.get(levelStart[level] + (n >>> 6)) & ((1L << n) - 1);
            if (word != 0) {
                return descend(level, (n & -Long.SIZE) + highestBit(word));
            }
            n >>>= 6;
        }
        return -1;
    }

    /** The largest member under number {@code n} of {@code level}. */
    private int descend(int level, int n) {
        int number = n;
        for (int below = level - 1; below >= 0; below--) {
            number = (number << 6) + highestBit(words.get(levelStart[below] + number));
        }
        return number;
    }

    private static int highestBit(long word) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
    }
}
