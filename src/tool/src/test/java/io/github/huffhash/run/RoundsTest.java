package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule of warm-up, with times made by hand instead of measured. */
class RoundsTest {
    /** Takes the time that a formula gives for each run. */
    private static final class Scripted {
        private final String name;
        private final IntToDoubleFunction timeOfRun;
        private final List<String> log;
        private int runs;

        Scripted(String name, List<String> log, IntToDoubleFunction timeOfRun) {
            this.name = name;
            this.log = log;
            this.timeOfRun = timeOfRun;
        }

        double run() {
            log.add(name);
            return timeOfRun.applyAsDouble(++runs);
        }
    }

    private static final Rounds<Scripted, Double> ROUNDS =
            new Rounds<>(Scripted::run, time -> time);

    private static int warmUps(double... times) throws IOException {
        var log = new ArrayList<String>();
        ROUNDS.warmUp(
                List.of(new Scripted("a", log, run -> times[Math.min(run, times.length) - 1])),
                _ -> false);
        return log.size();
    }

    @Test
    void steadyTimesEndAfterTwoMediansOfThree() throws IOException {
        assertThat(warmUps(100)).isEqualTo(4);
        assertThat(warmUps(1e12)).as("however long a run takes").isEqualTo(4);
    }

    @Test
    void aSingleOutlierDoesNotProlongIt() throws IOException {
        assertThat(warmUps(100, 900, 100, 100)).isEqualTo(4);
    }

    @Test
    void itGoesOnUntilTwoSuccessiveMediansDifferByLessThanFivePerCent() throws IOException {
        // medians: 800, 600, 400, 200, 104, 100, 100
        assertThat(warmUps(1000, 800, 600, 400, 200, 104, 100, 100)).isEqualTo(8);
        assertThat(warmUps(100, 100, 106, 106, 106)).as("6 % is too much").isEqualTo(5);
        assertThat(warmUps(100, 100, 104, 104, 104)).as("4 % is not").isEqualTo(4);
    }

    @Test
    void itEndsAfterTenRunsHoweverTimesChange() throws IOException {
        var log = new ArrayList<String>();
        ROUNDS.warmUp(List.of(new Scripted("a", log, run -> Math.pow(2, run))), _ -> false);
        assertThat(log).hasSize(10);
    }

    @Test
    void whatIsColdAlwaysRunsOnceWhileOthersGoOn() throws IOException {
        var log = new ArrayList<String>();
        var cold = new Scripted("a", log, run -> 1000.0 / run);
        var steady = new Scripted("b", log, _ -> 7);
        ROUNDS.warmUp(List.of(cold, steady), one -> one == cold);
        assertThat(log).containsExactly("a", "b", "b", "b", "b");
    }

    @Test
    void whatIsSteadyWaitsForTheOthersAndAllTakeTurns() throws IOException {
        var log = new ArrayList<String>();
        var steady = new Scripted("a", log, _ -> 7);
        var slow = new Scripted("b", log, run -> run < 5 ? 1000.0 / run : 100);
        ROUNDS.warmUp(List.of(steady, slow), _ -> false);
        assertThat(log.subList(0, 8)).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(log.subList(8, log.size())).containsOnly("b").hasSize(3);

        log.clear();
        Map<Scripted, List<Double>> samples = ROUNDS.measure(List.of(steady, slow), 3);
        assertThat(log).isEqualTo(Stream.of("a", "b", "a", "b", "a", "b").toList());
        assertThat(samples)
                .containsExactly(
                        Map.entry(steady, List.of(7.0, 7.0, 7.0)),
                        Map.entry(slow, List.of(100.0, 100.0, 100.0)));
    }
}
