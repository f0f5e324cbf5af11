package io.github.huffhash.report;

import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.heap;
import static io.github.huffhash.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

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

/** All of a report in each of its renderings, character for character. */
class RenderingTest {
    private static RunReport processes() {
        return new RunReport(
                "a,b\"c",
                Mode.PROCESSES,
                1024,
                7,
                12_345 * MILLI,
                900 * MILLI,
                new RunStatistics(
                        2_000_000,
                        1954,
                        2,
                        heap(1_033_272, 103_327, 12_345_678),
                        55_328,
                        OptionalDouble.of(0.25),
                        Map.of(),
                        List.of(
                                worker(1000, 2000, 30, 4_500_000, 80),
                                worker(954, 1908, 3, 400_000, 70)),
                        300 * MILLI,
                        List.of()),
                new ProcessUsage(4321, 0, 2 << 20));
    }

    private static WorkerStatistics worker(
            long blocks, long acquisitions, long contended, long waitNanos, long cpuNanos) {
        var lock = new LockUse(acquisitions, acquisitions - 2, contended, waitNanos, 100_000);
        return new WorkerStatistics(blocks, lock, 100_000, 0, 10 * MILLI, cpuNanos);
    }

    private static Comparison comparison() {
        RunReport processes = processes();
        return new Comparison(
                "file.bin",
                List.of(),
                List.of(
                        new Runs(
                                Mode.SINGLE,
                                Map.of(),
                                List.of(
                                        run(
                                                Mode.SINGLE,
                                                674073439,
                                                90 * MILLI,
                                                heap(0, 0, 0),
                                                27664),
                                        run(
                                                Mode.SINGLE,
                                                674073439,
                                                30 * MILLI,
                                                heap(0, 0, 0),
                                                27664))),
                        new Runs(Mode.PROCESSES, Map.of(), List.of(processes, processes)),
                        new Runs(
                                Mode.THREADS,
                                Map.of(),
                                List.of(run(Mode.THREADS, 5, MILLI), run(Mode.THREADS, 6, MILLI))),
                        new Runs(
                                Mode.FAST,
                                Map.of(),
                                List.of(
                                        run(Mode.FAST, 674073439, 30 * MILLI),
                                        run(Mode.FAST, 674073439, 7)))),
                "#");
    }

    @Test
    void aComparisonIsATableWithBars() {
        assertThat(String.join("\n", comparison().text()))
                .isEqualTo(
                        """
                        file.bin: 2,000,000 bytes, 1,954 blocks of 1,024 bytes; median of 2 runs

                                          wall time   speed-up         waiting          lock heap peak
                        mode      workers        ms  vs single    MB/s       %  acquisitions       KiB signature
                        single          2      30.0     1.00 x    66.7       -             -      27.0 674073439
                        processes       2    12,345     0.00 x     0.2    25.5     1,033,272      54.0 7
                        threads         2       1.0    30.00 x 2,000.0       -             0       0.0 5
                        fast            2       0.0 4285714.29 x 285,714,286       -             -         - 674073439

                                           lock   contended lock wait mean wait  longest   held  steps a    page   growth
                        mode              holds       holds        ms        µs       ms      %  request  faults      KiB
                        processes     1,033,272     103,327      12.3       0.1      6.2   25.0        -   4,321    2,048
                        threads               0           0       0.0       0.0      0.0      -        -       0        0

                        single    # 30.0 ms
                        processes ############################################################ 12,345.0 ms
                        threads   # 1.0 ms
                        fast      # 0.0 ms

                        processes: 300.0 ms of 12,345.0 ms were the start of the workers\
                        """);
    }

    @Test
    void aComparisonIsOneObjectWithTheMedianRunOfEachMode() {
        List<Runs> modes = comparison().modes();

        assertThat(comparison().json())
                .startsWith(
                        "{\"file\":\"file.bin\",\"runs\":2,\"swept\":[],\"baseline\":\"vs single\","
                                + "\"agree\":false,\"modes\":[{\"median\":"
                                + modes.getFirst().median().json())
                .contains(
                        "},{\"median\":"
                                + processes().json()
                                + ",\"values\":{},\"speedup\":0.002430133657351154,"
                                + "\"megabytesPerSecond\":0.16200891049007696,"
                                + "\"wallNanos\":[12345000000,12345000000],\"phases\":{},"
                                + "\"heapUse\":[]},{\"median\":")
                .endsWith(
                        modes.getLast().median().json()
                                + ",\"values\":{},\"speedup\":4285714.285714285,"
                                + "\"megabytesPerSecond\":2.8571428571428573E8,"
                                + "\"wallNanos\":[30000000,7],\"phases\":{},\"heapUse\":[]}]}");
    }

    @Test
    void csvHasTheFiguresOfAMedianRunBehindTheSweptValues() {
        RunReport run = processes();
        var comparison =
                new Comparison(
                        "f",
                        List.of("pool-size", "batch-size"),
                        List.of(
                                new Runs(Mode.PROCESSES, Map.of("pool-size", "1K"), List.of(run)),
                                new Runs(Mode.PROCESSES, Map.of("pool-size", "2K"), List.of(run))),
                        "#");

        List<String> lines = comparison.csv();

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith("swept-pool-size,swept-batch-size,file,mode,workers,bytes,")
                .contains(",lockHeldShare,", ",stepsWalked,", ",minorFaults,")
                .endsWith(",speedup,megabytesPerSecond")
                .doesNotContain("perWorker");
        assertThat(lines.get(1)).startsWith("1K,-,\"a,b\"\"c\",processes,2,2000000,");
        assertThat(lines.get(2)).startsWith("2K,-,").contains(",0.25,", ",4321,");
    }

    @Test
    void csvQuotesWhatWouldEndAValueOrARow() {
        var names = new Table<String>().with("name", name -> name);
        assertThat(names.csv(List.of("a", "b\n", "c\r", "d,", "\"e")))
                .containsExactly("name", "a", "\"b\n\"", "\"c\r\"", "\"d,\"", "\"\"\"e\"");
    }

    @Test
    void twoListsAreAGridOfTimes() {
        List<Runs> cells =
                List.of(
                        cell("1K", "1", 10), cell("1K", "50", 20),
                        cell("16K", "1", 30), cell("16K", "50", 4));

        assertThat(new Comparison("f", List.of("pool-size", "batch-size"), cells, "#").text())
                .containsSequence(
                        "pools: wall time in ms; across: batch-size",
                        "pool-size             1         50",
                        "1K                 10.0       20.0",
                        "16K                30.0        4.0");
    }

    private static Runs cell(String poolSize, String batchSize, long millis) {
        return new Runs(
                Mode.POOLS,
                Map.of("pool-size", poolSize, "batch-size", batchSize),
                List.of(run(Mode.POOLS, 7, millis * MILLI)));
    }

    @Test
    void oneListHasAColumnAndEveryRowReferToTheFirst() {
        List<Runs> rows =
                List.of(
                        new Runs(
                                Mode.POOLS,
                                Map.of("pool-size", "1K"),
                                List.of(run(Mode.POOLS, 7, 10 * MILLI))),
                        new Runs(
                                Mode.POOLS,
                                Map.of("pool-size", "16K"),
                                List.of(run(Mode.POOLS, 7, 5 * MILLI))));

        assertThat(new Comparison("f", List.of("pool-size"), rows, "#").text())
                .anySatisfy(line -> assertThat(line).contains("mode", "size", "vs row 1"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("pools         16K").contains("2.00 x"))
                .contains("pools     16K   ############################## 5.0 ms");
    }

    @Test
    void aRunIsOneObjectWithItsWorkers() {
        assertThat(processes().json())
                .isEqualTo(
                        """
                        {"file":"a,b\\"c","mode":"processes","workers":2,"bytes":2000000,\
                        "blocks":1954,"blockSize":1024,"signature":7,"wallNanos":12345000000,\
                        "startNanos":300000000,"cpuNanos":900000000,"waitingShare":0.255,\
                        "lockAcquisitions":1033272,"lockHolds":1033272,\
                        "contendedAcquisitions":103327,"lockWaitNanos":12345678,\
                        "meanWaitNanos":119,"longestWaitNanos":6172839,"lockHeldShare":0.25,\
                        "heapPeakBytes":55328,"allocations":0,"stepsWalked":0,"poolAllocations":0,\
                        "poolFallbacks":0,"minorFaults":4321,"majorFaults":0,\
                        "residentGrowthBytes":2097152,"perWorker":[{"blocks":1000,\
                        "lockAcquisitions":2000,"lockHolds":1998,"contendedAcquisitions":30,\
                        "lockWaitNanos":4500000,"meanWaitNanos":150000,"longestWaitNanos":100000,\
                        "queueNanos":100000,"coreNanos":0,"lifetimeNanos":10000000,"cpuNanos":80},{"blocks":954,\
                        "lockAcquisitions":1908,"lockHolds":1906,"contendedAcquisitions":3,\
                        "lockWaitNanos":400000,"meanWaitNanos":133333,"longestWaitNanos":100000,\
                        "queueNanos":100000,"coreNanos":0,"lifetimeNanos":10000000,"cpuNanos":70}]}\
                        """);
    }

    @Test
    void theCostsOfARunHaveALineForEachWorker() {
        assertThat(String.join("\n", TimingTable.of(processes())))
                .isEqualTo(
                        """
                        mode                     processes  2 processes
                        bytes                    2,000,000
                        blocks                       1,954  of 1,024 bytes
                        wall time              12,345.0 ms  0.2 MB/s
                          start of workers        300.0 ms  2.4 %
                        CPU time                  900.0 ms
                        page faults                  4,321  0 from disk
                        resident growth              2,048  KiB
                        waiting                     25.5 %  of the time of 2 processes
                          for the lock              24.5 %
                          for a turn                 1.0 %
                        lock acquisitions        1,033,272
                          holds                  1,033,272
                          had to wait              103,327  10.0 %
                          total wait               12.3 ms
                          mean wait                 0.1 µs
                          longest wait              6.2 ms
                          held                      25.0 %  of the time
                        heap peak                   55,328  bytes
                        worker 1                     1,000  blocks, waited 30 times, 4.5 ms
                        worker 2                       954  blocks, waited 3 times, 0.4 ms\
                        """);
    }
}
