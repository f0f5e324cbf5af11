package io.github.huffhash.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs several trials in turns, so that other load on the machine affects all of them alike. */
public final class Rounds {
    private static final int MOST_WARM_UPS = 10;
    private static final int WINDOW = 3;
    private static final double STEADY = 0.05;

    /** Longer runs than this, together, have been compiled meanwhile. */
    private static final double LONG_NANOS = 2e9;

    private Rounds() {}

    /**
     * One thing to measure.
     *
     * @param <S> what a run gives
     */
    public interface Trial<S> {
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
     * Runs trials, in turns, until the medians of the last three runs and of the three before
     * differ by less than 5 %, for each of them, but at most ten times.
     */
    public static <S> void warmUp(List<? extends Trial<S>> trials) throws IOException {
        List<WarmUp<S>> cold = new ArrayList<>();
        for (Trial<S> trial : trials) {
            cold.add(new WarmUp<>(trial, new ArrayList<>()));
        }
        while (!cold.isEmpty()) {
            for (WarmUp<S> each : cold) {
                each.times.add(each.trial.time(each.trial.run()));
            }
            cold.removeIf(WarmUp::isDone);
        }
    }

    /** The samples of each trial, after so many rounds. */
    public static <S> List<List<S>> measure(List<? extends Trial<S>> trials, int rounds)
            throws IOException {
        List<List<S>> samples = new ArrayList<>();
        trials.forEach(_ -> samples.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < trials.size(); i++) {
                samples.get(i).add(trials.get(i).run());
            }
        }
        return samples;
    }

    /** The runs of a trial that are not measured. */
    private record WarmUp<S>(Trial<S> trial, List<Double> times) {
        boolean isDone() {
            int runs = times.size();
            return trial.isColdAlways()
                    || runs == MOST_WARM_UPS
                    || times.stream().mapToDouble(Double::doubleValue).sum() > LONG_NANOS
                    || (runs > WINDOW && isSteady(median(runs - 1), median(runs)));
        }

        private static boolean isSteady(double before, double now) {
            return Math.abs(now - before) <= STEADY * before;
        }

        /** Of the last runs before this one. */
        private double median(int end) {
            return times.subList(end - WINDOW, end).stream().sorted().toList().get(WINDOW / 2);
        }
    }
}
