package io.github.huffhash.report;

import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    @ParameterizedTest
    @CsvSource({"5,5", "3 1 2,2", "9 1 5 7 3,5", "4 1 3 2,2", "8 6,6", "1 1 1 9,1"})
    void theMedianIsTheMiddleOrTheFasterOfTheMiddleTwo(String millis, long median) {
        Runs runs =
                new Runs(
                        Mode.FAST,
                        Map.of(),
                        Arrays.stream(millis.split(" ", -1))
                                .map(time -> run(Mode.FAST, 7, Long.parseLong(time) * MILLI))
                                .toList());

        assertThat(runs.median().wallNanos()).isEqualTo(median * MILLI);
    }

    @Test
    void theMedianIsAllOfThatRun() {
        RunReport slow = run(Mode.POOLS, 1, 9 * MILLI);
        RunReport middle = run(Mode.POOLS, 2, 5 * MILLI);
        RunReport quick = run(Mode.POOLS, 3, MILLI);

        assertThat(new Runs(Mode.POOLS, Map.of(), List.of(slow, middle, quick)).median())
                .isSameAs(middle);
    }

    @Test
    void modesAgreeIfAllSignaturesAreEqual() {
        assertThat(comparison(one(Mode.SINGLE, 7, 1), one(Mode.FAST, 7, 2)).agrees()).isTrue();
    }

    @Test
    void modesDisagreeIfTwoSignaturesDiffer() {
        assertThat(comparison(one(Mode.SINGLE, 7, 1), one(Mode.FAST, 8, 2)).agrees()).isFalse();
    }

    @Test
    void oneRunThatIsNotTheMedianIsEnoughToDisagree() {
        Runs wavering =
                new Runs(
                        Mode.THREADS,
                        Map.of(),
                        List.of(
                                run(Mode.THREADS, 7, 1),
                                run(Mode.THREADS, 7, 2),
                                run(Mode.THREADS, 8, 3)));

        assertThat(wavering.median().signature()).isEqualTo(7);
        assertThat(comparison(wavering).agrees()).isFalse();
        assertThat(comparison(one(Mode.SINGLE, 7, 1), wavering).agrees()).isFalse();
    }

    @Test
    void speedUpsAreAgainstSingleWhereverItStands() {
        Runs fast = one(Mode.FAST, 7, 100);
        Runs single = one(Mode.SINGLE, 7, 400);
        Runs threads = one(Mode.THREADS, 7, 800);
        Comparison comparison = comparison(fast, threads, single);

        assertThat(comparison.baseline()).isSameAs(single);
        assertThat(comparison.speedUp(single)).isEqualTo(1.0);
        assertThat(comparison.speedUp(fast)).isEqualTo(4.0);
        assertThat(comparison.speedUp(threads)).isEqualTo(0.5);
    }

    @Test
    void speedUpsAreAgainstTheFirstModeWhereSingleIsMissing() {
        Runs threads = one(Mode.THREADS, 7, 300);
        Runs fast = one(Mode.FAST, 7, 100);
        Comparison comparison = comparison(threads, fast);

        assertThat(comparison.baseline()).isSameAs(threads);
        assertThat(comparison.speedUp(threads)).isEqualTo(1.0);
        assertThat(comparison.speedUp(fast)).isEqualTo(3.0);
    }

    @Test
    void theBaselineIsNamedByItsRowWhereItsModeHasSeveral() {
        Runs fast = one(Mode.FAST, 7, 100);
        Runs single = one(Mode.SINGLE, 7, 400);
        assertThat(comparison(fast, single).json()).contains("\"baseline\":\"vs single\"");
        assertThat(comparison(fast, single, single).json()).contains("\"baseline\":\"vs row 2\"");
    }

    @Test
    void laterChangesOfTheListsDoNotReachIt() {
        List<RunReport> runs = new ArrayList<>(List.of(run(Mode.FAST, 7, 1)));
        List<Runs> modes = new ArrayList<>(List.of(new Runs(Mode.FAST, Map.of(), runs)));
        var comparison = new Comparison("file.bin", List.of(), modes, "#");

        runs.clear();
        modes.clear();

        assertThat(comparison.modes()).hasSize(1);
        assertThat(comparison.modes().getFirst().runs()).hasSize(1);
    }

    static Comparison comparison(Runs... modes) {
        return new Comparison("file.bin", List.of(), List.of(modes), "#");
    }

    static Runs one(Mode mode, long signature, long millis) {
        return new Runs(mode, Map.of(), List.of(run(mode, signature, millis * MILLI)));
    }
}
