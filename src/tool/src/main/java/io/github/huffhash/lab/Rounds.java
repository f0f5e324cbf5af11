package io.github.huffhash.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs several benchmarks in turns, so that other load on the machine affects all of them alike.
 */
public final class Rounds {
    private static final int MOST_WARM_UPS = 10;
    private static final int WINDOW = 3;
    private static final double STEADY = 0.05;

    private Rounds() {}

    /**
     * One thing to measure.
     *
     * @param <S> what a run gives
     */
    public interface Measured<S> {
        /** Runs once. */
        S run() throws IOException;

        /** The time of a run, in nanoseconds or as a multiple of them. */
        double time(S sample);

        /**
         * Whether a run leaves nothing behind, such as compiled code, that makes the next faster.
         */
        default boolean isColdAlways() {
            return false;
        }
    }

    /**
     * Runs them, in turns, until two successive medians, each of three runs in a row, differ by 5 %
     * at most, for each of them, but no more than ten times.
     */
    public static <S> void warmUp(List<? extends Measured<S>> all) throws IOException {
        List<WarmUp<S>> cold = new ArrayList<>();
        all.forEach(one -> cold.add(new WarmUp<>(one, new ArrayList<>())));
        while (!cold.isEmpty()) {
            for (WarmUp<S> each : cold) {
                each.times.add(each.one.time(each.one.run()));
            }
            cold.removeIf(WarmUp::isDone);
        }
    }

    /** The samples of each of them, no two of which are equal, in their order, after the rounds. */
    public static <S, M extends Measured<S>> Map<M, List<S>> measure(List<M> all, int rounds)
            throws IOException {
        Map<M, List<S>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (M one : all) {
                samples.computeIfAbsent(one, _ -> new ArrayList<>()).add(one.run());
            }
        }
        return samples;
    }

    /** The median of each by its time, after a warm-up and so many rounds. */
    static <S, M extends Measured<S>> Map<M, S> medians(List<M> all, int rounds)
            throws IOException {
        warmUp(all);
        Map<M, S> medians = new LinkedHashMap<>();
        measure(all, rounds)
                .forEach((one, samples) -> medians.put(one, median(samples, one::time)));
        return medians;
    }

    /** The sample in the middle by a figure; of an even number, the larger of the middle two. */
    static <S> S median(List<S> samples, ToDoubleFunction<S> figure) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(figure))
                .toList()
                .get(samples.size() / 2);
    }

    /** The runs of one that are not measured. */
    private record WarmUp<S>(Measured<S> one, List<Double> times) {
        boolean isDone() {
            int runs = times.size();
            return one.isColdAlways()
                    || runs == MOST_WARM_UPS
                    || (runs > WINDOW && isSteady(median(runs - 1), median(runs)));
        }

        private static boolean isSteady(double before, double now) {
            return Math.abs(now - before) <= STEADY * before;
        }

        /** Of the last runs before this one. */
        private double median(int end) {
            return Rounds.median(times.subList(end - WINDOW, end), time -> time);
        }
    }
}
