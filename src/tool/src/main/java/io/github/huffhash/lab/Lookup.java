package io.github.huffhash.lab;

import io.github.huffhash.memory.PageRegistry;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToIntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Whose page is this pointer? An allocator that has many pages asks that at every free. Searching
 * the pages one after another is compared with a hash table of page numbers, for pointers that come
 * in the order of the pages and at random.
 */
final class Lookup {
    private static final int LEAST = 8;
    private static final int MOST = 4096;
    private static final int WARM_UPS = 60;

    private Lookup() {}

    /** Nanoseconds for one lookup among so many pages. */
    record Row(
            int pages,
            double searchOrdered,
            double hashOrdered,
            double searchRandom,
            double hashRandom) {}

    static final Table<Row> COLUMNS =
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
            var registry = new PageRegistry(pages, seed);
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
        return Rounds.median(times, time -> time);
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
}
