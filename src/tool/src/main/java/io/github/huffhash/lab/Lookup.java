package io.github.huffhash.lab;

import io.github.huffhash.memory.PageRegistry;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** Nanoseconds for one lookup among so many pages, in the order of the columns. */
    record Row(int pages, List<Double> nanos) {}

    static final Table<Row> COLUMNS =
            new Table<Row>()
                    .with("pages", Row::pages)
                    .shown("pages", "", "%,6d")
                    .with("searchOrderedNanos", row -> row.nanos.get(0))
                    .shown("in order:", "search ns", "%,10.1f")
                    .with("hashOrderedNanos", row -> row.nanos.get(1))
                    .shown("", "hash ns", "%,8.1f")
                    .with("searchRandomNanos", row -> row.nanos.get(2))
                    .shown("at random:", "search ns", "%,11.1f")
                    .with("hashRandomNanos", row -> row.nanos.get(3))
                    .shown("", "hash ns", "%,8.1f");

    /** One way to look up all pointers, measured for a while. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Setup(int pages, PageRegistry registry, long[] pointers, boolean byHash) {
        double run() {
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
    }

    /** Measures all in turns; the median of so many rounds. */
    static Findings<Row> measure(long seed, int rounds) throws IOException {
        List<Setup> setups = new ArrayList<>();
        for (int pages = LEAST; pages <= MOST; pages *= 2) {
            var registry = new PageRegistry(pages, seed);
            for (boolean shuffled : new boolean[] {false, true}) {
                long[] pointers = registry.pointers(shuffled, seed);
                setups.add(new Setup(pages, registry, pointers, false));
                setups.add(new Setup(pages, registry, pointers, true));
            }
        }
        Map<Integer, List<Double>> nanos = new TreeMap<>();
        new Rounds<>(Setup::run, time -> time)
                .medians(setups, rounds)
                .forEach((it, median) ->
                        nanos.computeIfAbsent(it.pages, _ -> new ArrayList<>()).add(median));
        List<Row> rows =
                nanos.entrySet().stream().map(it -> new Row(it.getKey(), it.getValue())).toList();
        return new Findings<>(
                Workload.LOOKUP,
                "whose page is this pointer? pages of 16 KiB",
                Optional.of(rounds),
                COLUMNS,
                rows,
                List.of(crossing("in order", rows, 0), crossing("at random", rows, 2)));
    }

    /** From where on the hash table is faster than the search, whose column is given. */
    private static String crossing(String order, List<Row> rows, int search) {
        int from = rows.size();
        while (from > 0
                && rows.get(from - 1).nanos.get(search + 1)
                        < rows.get(from - 1).nanos.get(search)) {
            from--;
        }
        return from == rows.size()
                ? order + ", the hash table is never faster"
                : Format.line(
                        "%s, the hash table is faster from %,d pages", order, rows.get(from).pages);
    }
}
