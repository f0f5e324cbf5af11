package io.github.huffhash.report;

import io.github.huffhash.run.Mode;
import java.util.Comparator;
import java.util.List;

/**
 * Several modes on one file, each run equally often.
 *
 * @param file the file's name as the user gave it
 * @param modes at least one
 */
public record Comparison(String file, List<Runs> modes) {
    /** Copies the list. */
    public Comparison {
        modes = List.copyOf(modes);
    }

    /**
     * The runs of one mode.
     *
     * @param runs at least one
     */
    public record Runs(Mode mode, List<RunReport> runs) {
        /** Copies the list. */
        public Runs {
            runs = List.copyOf(runs);
        }

        /**
         * The run whose wall time is the median; of an even number the faster of the middle two.
         */
        public RunReport median() {
            return runs.stream()
                    .sorted(Comparator.comparingLong(RunReport::wallNanos))
                    .toList()
                    .get((runs.size() - 1) / 2);
        }
    }

    /** Whether every run gave the same signature. */
    public boolean agrees() {
        return modes.stream()
                        .flatMap(mode -> mode.runs().stream())
                        .map(RunReport::signature)
                        .distinct()
                        .count()
                == 1;
    }

    /** What all speed-ups are against: single, or the first mode where single was left out. */
    public Runs baseline() {
        return modes.stream()
                .filter(runs -> runs.mode() == Mode.SINGLE)
                .findFirst()
                .orElse(modes.getFirst());
    }

    /** How many times as fast as the baseline a mode is, by median wall time. */
    public double speedUp(Runs runs) {
        return (double) baseline().median().wallNanos() / runs.median().wallNanos();
    }
}
