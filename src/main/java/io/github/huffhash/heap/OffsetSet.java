package io.github.huffhash.heap;

/**
 * A set of the numbers from 0 to a limit that finds the predecessor of any number in a handful of steps.
 *
 * <p>Level 0 is a bitmap. Each further level is a bitmap of the non-empty words of the level below, up to a level of one
 * word: a 64-ary tree, three levels for the 2 MiB heap. The structure is van Emde Boas's ("Preserving order in a forest
 * in less than logarithmic time", 1975) with a word for a cluster.
 */
final class OffsetSet {
    private final HeapMemory words;
    /** Where each level begins in {@code words}, in bytes; level 0 first. */
    private final long[] levelStart;

    /**
     * @param words memory for the set, all zero for an empty one
     * @param start where in it the set begins, a multiple of 8
     * @param limit the set holds numbers below this
     */
    OffsetSet(HeapMemory words, long start, long limit) {
        this.words = words;
        long[] starts = new long[11];
        int levels = 0;
        long at = start;
        for (long n = limit; ; n = wordsFor(n)) {
            starts[levels++] = at;
            at += wordsFor(n) * Long.BYTES;
            if (wordsFor(n) == 1) {
                break;
            }
        }
        levelStart = java.util.Arrays.copyOf(starts, levels);
    }

    /** How many bytes a set of numbers below {@code limit} takes. */
    static long bytes(long limit) {
        long bytes = 0;
        long n = limit;
        do {
            n = wordsFor(n);
            bytes += n * Long.BYTES;
        } while (n > 1);
        return bytes;
    }

    private static long wordsFor(long bits) {
        return Math.max(1, (bits + Long.SIZE - 1) >>> 6);
    }

    boolean contains(long number) {
        return (words.get(levelStart[0] + (number >>> 6 << 3)) >>> number & 1) != 0;
    }

    void add(long number) {
        long n = number;
        for (long start : levelStart) {
            long at = start + (n >>> 6 << 3);
            long word = words.get(at);
            words.set(at, word | 1L << n);
            if (word != 0) {
                return;
            }
            n >>>= 6;
        }
    }

    void remove(long number) {
        long n = number;
        for (long start : levelStart) {
            long at = start + (n >>> 6 << 3);
            long word = words.get(at) & ~(1L << n);
            words.set(at, word);
            if (word != 0) {
                return;
            }
            n >>>= 6;
        }
    }

    /** The largest member below {@code number}, or −1. */
    long below(long number) {
        long n = number;
        for (int level = 0; level < levelStart.length; level++) {
            long word = words.get(levelStart[level] + (n >>> 6 << 3)) & ((1L << n) - 1);
            if (word != 0) {
                return descend(level, n & -Long.SIZE | highestBit(word));
            }
            n >>>= 6;
        }
        return -1;
    }

    /** The largest member under member {@code n} of {@code level}. */
    private long descend(int level, long n) {
        long number = n;
        for (int below = level - 1; below >= 0; below--) {
            number = number << 6 | highestBit(words.get(levelStart[below] + (number << 3)));
        }
        return number;
    }

    private static int highestBit(long word) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(word);
    }
}
