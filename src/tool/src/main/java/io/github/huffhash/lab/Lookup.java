package io.github.huffhash.lab;

import io.github.huffhash.memory.PageRegistry;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whose page is this pointer? An allocator that has many pages asks that at every free. Searching
 * the pages one after another is compared with a hash table of page numbers, for pointers that come
 * in the order of the pages and at random.
 */
final class Lookup {
    private static final int LEAST = 8;
    private static final int MOST = 4096;
    private static final long LEAST_NANOS = 1_000_000;

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

    /** One way to look up all pointers, measured for a while. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Setup(PageRegistry registry, long[] pointers, boolean byHash)
            implements Rounds.Measured<Double> {
        @Override
        public Double run() {
            long lookups = 0;
            long found = 0;
            long start = System.nanoTime();
            long nanos;
            do {
                found += byHash ? find() : search();
                lookups += pointers.length;
                nanos = System.nanoTime() - start;
            } while (nanos < LEAST_NANOS);
            if (found < 0) { // never, but the lookups must not be optimised away
                throw new IllegalStateException("a pointer without a page");
            }
            return (double) nanos / lookups;
        }

        private long find() {
            long found = 0;
            for (long pointer : pointers) {
                found += registry.find(pointer);
            }
            return found;
        }

        private long search() {
            long found = 0;
            for (long pointer : pointers) {
                found += registry.search(pointer);
            }
            return found;
        }

        @Override
        public double time(Double nanos) {
            return nanos;
        }
    }

    /** Measures all in turns; the median of so many rounds. */
    static Findings<Row> measure(long seed, int rounds) throws IOException {
        List<Setup> setups = new ArrayList<>();
        for (int pages = LEAST; pages <= MOST; pages *= 2) {
            var registry = new PageRegistry(pages, seed);
            for (boolean shuffled : new boolean[] {false, true}) {
                long[] pointers = registry.pointers(shuffled, seed);
                setups.add(new Setup(registry, pointers, false));
                setups.add(new Setup(registry, pointers, true));
            }
        }
        Rounds.warmUp(setups);
        List<Double> nanos =
                Rounds.measure(setups, rounds).stream()
                        .map(times -> Rounds.median(times, time -> time))
                        .toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < nanos.size(); i += 4) {
            int pages = LEAST << rows.size();
            rows.add(
                    new Row(
                            pages,
                            nanos.get(i),
                            nanos.get(i + 1),
                            nanos.get(i + 2),
                            nanos.get(i + 3)));
        }
        return new Findings<>(
                "lookup: whose page is this pointer? pages of 16 KiB, median of " + rounds,
                COLUMNS,
                rows,
                List.of(
                        crossing("in order", rows, Row::searchOrdered, Row::hashOrdered),
                        crossing("at random", rows, Row::searchRandom, Row::hashRandom)));
    }

    private static String crossing(
            String order,
            List<Row> rows,
            ToDoubleFunction<Row> search,
            ToDoubleFunction<Row> hash) {
        int from = rows.size();
        while (from > 0
                && hash.applyAsDouble(rows.get(from - 1))
                        < search.applyAsDouble(rows.get(from - 1))) {
            from--;
        }
        return from == rows.size()
                ? order + ", the hash table is never faster"
                : Format.line(
                        "%s, the hash table is faster from %,d pages", order, rows.get(from).pages);
    }
}
