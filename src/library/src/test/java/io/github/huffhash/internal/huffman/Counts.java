package io.github.huffhash.internal.huffman;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Symbol counts of many shapes. */
public final class Counts {
    private Counts() {}

    /** Calls {@code test} with counts over every number of symbols from 1 to 256. */
    public static void forEachAlphabet(Random random, Consumer<int[]> test) {
        for (int symbols = 1; symbols <= 256; symbols++) {
            test.accept(equal(random, symbols, 1));
            test.accept(equal(random, symbols, (1 << 20) / symbols));
            test.accept(small(random, symbols));
            test.accept(summingTo(random, symbols, symbols + random.nextInt(2000)));
            test.accept(summingTo(random, symbols, (1 << 20)));
        }
    }

    /** Counts of special shapes, by name. */
    public static Map<String, int[]> special(Random random) {
        var special = new LinkedHashMap<String, int[]>();
        for (int symbol : new int[] {0, 1, 65, 254, 255}) {
            special.put("one symbol, " + symbol, counts(List.of(symbol), 1));
            special.put("2^20 times " + symbol, counts(List.of(symbol), 1 << 20));
        }
        int[] fibonacci = new int[27]; // 1, 1, 2 ... 196418, together 514228
        int[] powers = new int[21]; // 1, 1, 2, 4 ... 2^19, together 2^20
        for (int i = 0; i < 27; i++) {
            fibonacci[i] = i < 2 ? 1 : fibonacci[i - 1] + fibonacci[i - 2];
        }
        for (int i = 0; i < 21; i++) {
            powers[i] = i < 2 ? 1 : powers[i - 1] * 2;
        }
        special.put(
                "Fibonacci, rising", counts(IntStream.range(0, 27).boxed().toList(), fibonacci));
        special.put("Fibonacci, falling", counts(falling(27), fibonacci));
        special.put("Fibonacci, shuffled", counts(shuffled(random, 27), fibonacci));
        special.put(
                "powers of two, rising", counts(IntStream.range(0, 21).boxed().toList(), powers));
        special.put("powers of two, falling", counts(falling(21), powers));
        special.put("powers of two, shuffled", counts(shuffled(random, 21), powers));
        special.put("256 symbols, rising", counts(falling(256), IntStream.range(1, 257).toArray()));
        special.put("all symbols, 4096 times each", equal(random, 256, 4096));
        return special;
    }

    /** {@code symbols} symbols that occur equally often. */
    public static int[] equal(Random random, int symbols, int count) {
        return counts(
                shuffled(random, symbols),
                IntStream.generate(() -> count).limit(symbols).toArray());
    }

    /** Few different counts, so that many are equal. */
    private static int[] small(Random random, int symbols) {
        int bound = 1 + random.nextInt(4);
        return counts(shuffled(random, symbols), random.ints(symbols, 1, bound + 1).toArray());
    }

    /** Random counts, some much larger than others. */
    public static int[] summingTo(Random random, int symbols, int sum) {
        int[] values = new int[symbols];
        int left = sum - symbols;
        for (int i = 0; i < symbols - 1; i++) {
            int more = random.nextInt(left + 1) >>> random.nextInt(10);
            values[i] = 1 + more;
            left -= more;
        }
        values[symbols - 1] = 1 + left;
        return counts(shuffled(random, symbols), values);
    }

    private static List<Integer> shuffled(Random random, int symbols) {
        var all = new ArrayList<>(falling(256));
        Collections.shuffle(all, random);
        return all.subList(0, symbols);
    }

    private static List<Integer> falling(int symbols) {
        return IntStream.range(0, symbols).mapToObj(i -> symbols - 1 - i).toList();
    }

    private static int[] counts(List<Integer> symbols, int... values) {
        int[] counts = new int[256];
        for (int i = 0; i < values.length; i++) {
            counts[symbols.get(i)] = values[i];
        }
        return counts;
    }
}
