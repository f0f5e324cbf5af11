package io.github.huffhash.memory;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Pages at random places, in the order in which they were made: which of them is a pointer in? An
 * allocator with many pages asks that at every free.
 */
public final class PageRegistry {
    private static final int PAGE_SHIFT = 14;
    private static final int POINTERS = 1 << 12;

    /** Fibonacci hashing: 2⁶⁴ by the golden ratio; see Knuth, volume 3, section 6.4. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] pages;
    private final long[] keys;
    private final int[] values;
    private final int shift;

    /**
     * A registry of some pages of 16 KiB.
     *
     * @param number how many, a power of two
     */
    public PageRegistry(int number, long seed) {
        var random = new SplittableRandom(seed);
        pages = random.longs(1, 1L << 33).distinct().limit(number).toArray();
        keys = new long[4 * number];
        values = new int[keys.length];
        Arrays.fill(values, -1);
        shift = Long.SIZE - Integer.numberOfTrailingZeros(keys.length);
        for (int i = 0; i < number; i++) {
            int slot = slot(pages[i]);
            keys[slot] = pages[i];
            values[slot] = i;
        }
    }

    /**
     * Pointers into the pages, 4,096 at least.
     *
     * @param shuffled whether pages come at random, rather than in their order
     */
    public long[] pointers(boolean shuffled, long seed) {
        var random = new SplittableRandom(seed);
        long[] pointers = new long[Math.max(POINTERS, pages.length)];
        for (int i = 0; i < pointers.length; i++) {
            int page =
                    shuffled
                            ? random.nextInt(pages.length)
                            : (int) ((long) i * pages.length / pointers.length);
            pointers[i] = (pages[page] << PAGE_SHIFT) | random.nextInt(1 << PAGE_SHIFT);
        }
        return pointers;
    }

    /** The number of a pointer's page, by looking at one after another; −1 if it has none. */
    public int search(long pointer) {
        long page = pointer >>> PAGE_SHIFT;
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] == page) {
                return i;
            }
        }
        return -1;
    }

    /** The same by the hash table. */
    public int find(long pointer) {
        long page = pointer >>> PAGE_SHIFT;
        int slot = slot(page);
        return keys[slot] == page ? values[slot] : -1;
    }

    /** The slot of a page, or the first free one for it: linear probing. */
    private int slot(long page) {
        int slot = (int) ((page * MULTIPLIER) >>> shift);
        while (keys[slot] != 0 && keys[slot] != page) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }
}
