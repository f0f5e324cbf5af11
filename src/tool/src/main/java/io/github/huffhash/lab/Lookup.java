package io.github.huffhash.lab;

import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Whose page is this pointer? An allocator that has many pages asks that at every free. Searching
 * the pages one after another is compared with a hash table of page numbers, for pointers that come
 * in the order of the pages and at random.
 */
final class Lookup {
    private static final int PAGE_SHIFT = 14;
    private static final int LEAST = 8;
    private static final int MOST = 4096;
    private static final int POINTERS = 1 << 12;
    private static final int WARM_UPS = 60;

    /** Fibonacci hashing: 2⁶⁴ by the golden ratio; see Knuth, volume 3, section 6.4. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Lookup() {}

    /** Nanoseconds for one lookup among so many pages. */
    record Row(
            int pages,
            double searchOrdered,
            double hashOrdered,
            double searchRandom,
            double hashRandom) {}

    private static final Table<Row> COLUMNS =
            new Table<Row>()
                    .with("pages", Row::pages)
                    .shown("pages", "", "%,6d")
                    .with("searchOrderedNanos", Row::searchOrdered)
                    .shown("in order:", "search ns", "%,10.1f")
                    .with("hashOrderedNanos", Row::hashOrdered)
                    .shown("", "hash ns", "%,8.1f")
                    .with("searchRandomNanos", Row::searchRandom)
                    .shown("at random:", "search ns", "%,11.1f")
                    .with("hashRandomNanos", Row::hashRandom)
                    .shown("", "hash ns", "%,8.1f");

    /** Measures; the median of so many rounds. */
    static Findings<Row> measure(long seed, int rounds) {
        List<Row> rows = new ArrayList<>();
        for (int pages = LEAST; pages <= MOST; pages *= 2) {
            var registry = new Registry(pages, seed);
            long[] ordered = registry.pointers(false, seed);
            long[] random = registry.pointers(true, seed);
            rows.add(
                    new Row(
                            pages,
                            nanos(registry::search, ordered, rounds),
                            nanos(registry::find, ordered, rounds),
                            nanos(registry::search, random, rounds),
                            nanos(registry::find, random, rounds)));
        }
        return new Findings<>(
                "lookup: whose page is this pointer? pages of 16 KiB, median of " + rounds,
                COLUMNS,
                rows,
                List.of(
                        crossing("in order", rows, Row::searchOrdered, Row::hashOrdered),
                        crossing("at random", rows, Row::searchRandom, Row::hashRandom)));
    }

    private static double nanos(LongToIntFunction lookup, long[] pointers, int rounds) {
        List<Double> times = new ArrayList<>();
        long found = 0;
        for (int round = -WARM_UPS; round < rounds; round++) {
            long start = System.nanoTime();
            for (long pointer : pointers) {
                found += lookup.applyAsInt(pointer);
            }
            if (round >= 0) {
                times.add((double) (System.nanoTime() - start) / pointers.length);
            }
        }
        if (found < 0) { // never, but the lookups must not be optimised away
            throw new IllegalStateException("a pointer without a page");
        }
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static String crossing(
            String order,
            List<Row> rows,
            ToDoubleFunction<Row> search,
            ToDoubleFunction<Row> hash) {
        for (Row row : rows) {
            boolean ever = true;
            for (Row later : rows.subList(rows.indexOf(row), rows.size())) {
                ever &= hash.applyAsDouble(later) < search.applyAsDouble(later);
            }
            if (ever) {
                return String.format(
                        Locale.ROOT,
                        "%s, the hash table is faster from %,d pages",
                        order,
                        row.pages);
            }
        }
        return order + ", the hash table is never faster";
    }

    /** Pages at random places, in the order in which they were made. */
    static final class Registry {
        private final long[] pages;
        private final long[] keys;
        private final int[] values;
        private final int shift;

        Registry(int number, long seed) {
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

        /** Pointers into the pages. */
        long[] pointers(boolean shuffled, long seed) {
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
        int search(long pointer) {
            long page = pointer >>> PAGE_SHIFT;
            for (int i = 0; i < pages.length; i++) {
                if (pages[i] == page) {
                    return i;
                }
            }
            return -1;
        }

        /** The same by the hash table. */
        int find(long pointer) {
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
}
