package io.github.huffhash.internal.huffman;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The least cost of a code of limited length: Larmore and Hirschberg, "A fast algorithm for optimal
 * length-limited Huffman codes", 1990.
 */
final class PackageMerge {
    private PackageMerge() {}

    /** Bits of all symbols together in the best code with no length above {@code limit}. */
    static long cost(int[] counts, int limit) {
        List<Long> coins =
                IntStream.of(counts).filter(c -> c > 0).mapToObj(Long::valueOf).sorted().toList();
        List<Long> level = coins;
        for (int length = 1; length < limit; length++) {
            List<Long> merged = new ArrayList<>(coins);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                merged.add(level.get(i) + level.get(i + 1));
            }
            merged.sort(Comparator.naturalOrder());
            level = merged;
        }
        return level.stream().limit(2L * coins.size() - 2).mapToLong(Long::longValue).sum();
    }
}
