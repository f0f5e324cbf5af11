package io.github.huffhash.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.commons.io.function.IOFunction;

/**
 * Runs several benchmarks, no two of which are equal, in turns, so that other load on the machine
 * affects all of them alike.
 *
 * @param benchmark what is done with each
 * @param time the time of a run, in nanoseconds or as a multiple of them
 * @param <M> what is measured
 * @param <S> what a run gives
 */
public record Rounds<M, S>(IOFunction<M, S> benchmark, ToDoubleFunction<S> time) {
    private static final int MOST_WARM_UPS = 10;
    private static final int WINDOW = 3;
    private static final double STEADY = 0.05;

    /**
     * Runs them, in turns, until two successive medians, each of three runs in a row, differ by 5 %
     * at most, for each of them, but no more than ten times.
     *
     * @param isColdAlways whether a run leaves nothing behind, such as compiled code, that makes
     *     the next faster: then there is only one
     */
    public void warmUp(List<M> all, Predicate<M> isColdAlways) throws IOException {
        Map<M, List<Double>> cold = new LinkedHashMap<>();
        all.forEach(one -> cold.put(one, new ArrayList<>()));
        while (!cold.isEmpty()) {
            for (var each : cold.entrySet()) {
                each.getValue().add(time.applyAsDouble(benchmark.apply(each.getKey())));
            }
            cold.entrySet().removeIf(it -> isColdAlways.test(it.getKey()) || isWarm(it.getValue()));
        }
    }

    private static boolean isWarm(List<Double> times) {
        int runs = times.size();
        return runs == MOST_WARM_UPS
                || (runs > WINDOW && isSteady(median(times, runs - 1), median(times, runs)));
    }

    private static boolean isSteady(double before, double now) {
        return Math.abs(now - before) <= STEADY * before;
    }

    /** Of the last times before this one. */
    private static double median(List<Double> times, int end) {
        return median(times.subList(end - WINDOW, end), time -> time);
    }

    /** The samples of each of them, in their order, after the rounds. */
    public Map<M, List<S>> measure(List<M> all, int rounds) throws IOException {
        Map<M, List<S>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (M one : all) {
                samples.computeIfAbsent(one, _ -> new ArrayList<>()).add(benchmark.apply(one));
            }
        }
        return samples;
    }

    /** The median of each by its time, after a warm-up and so many rounds. */
    public Map<M, S> medians(List<M> all, int rounds) throws IOException {
        warmUp(all, _ -> false);
        Map<M, S> medians = new LinkedHashMap<>();
        measure(all, rounds).forEach((one, samples) -> medians.put(one, median(samples, time)));
        return medians;
    }

    /** The sample in the middle by a figure; of an even number, the larger of the middle two. */
    public static <T> T median(List<T> samples, ToDoubleFunction<T> figure) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(figure))
                .toList()
                .get(samples.size() / 2);
    }
}
