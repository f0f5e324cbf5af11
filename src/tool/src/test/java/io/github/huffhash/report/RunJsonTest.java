package io.github.huffhash.report;

import static io.github.huffhash.report.ComparisonTest.comparison;
import static io.github.huffhash.report.ComparisonTest.one;
import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    @Test
    void aRunIsOneLineWithEveryFigureUnderItsName() {
        var report =
                new RunReport(
                        "a \"b\"\n<\u00e9>",
                        Mode.POOLS,
                        1024,
                        2147483646,
                        9_000_000_000L,
                        17_000_000_000L,
                        new RunStatistics(
                                5L << 30,
                                5L << 20,
                                2,
                                new Counters(
                                        1, 20, 2, new LockUse(3, 2, 4, 8, 5), 30, 8, 9, 40, 50, 60),
                                7,
                                OptionalDouble.of(0.5),
                                Map.of(),
                                List.of(
                                        new WorkerStatistics(
                                                70, new LockUse(1, 1, 1, 8, 8), 12, 30, 100, 15)),
                                11,
                                List.of()),
                        new ProcessUsage(13, 14, -15));

        assertThat(report.json())
                .isEqualTo(
                        "{\"file\":\"a \\\"b\\\"\\n<\u00e9>\",\"mode\":\"pools\","
                                + "\"workers\":2,\"bytes\":5368709120,\"blocks\":5242880,"
                                + "\"blockSize\":1024,\"signature\":2147483646,"
                                + "\"wallNanos\":9000000000,\"startNanos\":11,"
                                + "\"cpuNanos\":17000000000,\"waitingShare\":0.5,"
                                + "\"lockAcquisitions\":3,\"lockHolds\":2,"
                                + "\"contendedAcquisitions\":4,\"lockWaitNanos\":8,"
                                + "\"meanWaitNanos\":2,\"longestWaitNanos\":5,"
                                + "\"lockHeldShare\":0.5,\"heapPeakBytes\":7,\"allocations\":1,"
                                + "\"stepsWalked\":60,\"poolAllocations\":8,\"poolFallbacks\":9,"
                                + "\"minorFaults\":13,\"majorFaults\":14,"
                                + "\"residentGrowthBytes\":-15,\"perWorker\":[{\"blocks\":70,"
                                + "\"lockAcquisitions\":1,\"lockHolds\":1,"
                                + "\"contendedAcquisitions\":1,\"lockWaitNanos\":8,"
                                + "\"meanWaitNanos\":8,\"longestWaitNanos\":8,\"queueNanos\":12,"
                                + "\"coreNanos\":30,\"lifetimeNanos\":100,\"cpuNanos\":15}]}");
    }

    @Test
    void aComparisonHasTheMedianTheSpeedUpAndAllTimesOfEachMode() {
        Runs fast =
                new Runs(
                        Mode.FAST,
                        Map.of(),
                        List.of(
                                run(Mode.FAST, 7, 5 * MILLI),
                                run(Mode.FAST, 7, 2 * MILLI),
                                run(Mode.FAST, 7, 4 * MILLI)));
        Runs single =
                new Runs(
                        Mode.SINGLE,
                        Map.of(),
                        List.of(
                                run(Mode.SINGLE, 7, 8 * MILLI),
                                run(Mode.SINGLE, 7, 8 * MILLI),
                                run(Mode.SINGLE, 7, 8 * MILLI)));

        assertThat(comparison(single, fast).json())
                .startsWith(
                        "{\"file\":\"file.bin\",\"runs\":3,\"swept\":[],\"baseline\":\"vs single\","
                                + "\"agree\":true,\"modes\":[")
                .endsWith(
                        "\"speedup\":2.0,\"megabytesPerSecond\":500.0,"
                                + "\"wallNanos\":[5000000,2000000,4000000],\"phases\":{},"
                                + "\"heapUse\":[]}]}")
                .contains("\"speedup\":1.0,\"megabytesPerSecond\":250.0,")
                .doesNotContain("\n");
    }

    @Test
    void modesThatDisagreeAreSaidToDoSo() {
        assertThat(comparison(one(Mode.SINGLE, 7, 1), one(Mode.FAST, 8, 1)).json())
                .contains("\"agree\":false")
                .contains("\"signature\":7")
                .contains("\"signature\":8");
    }
}
