package io.github.huffhash.report;

import static io.github.huffhash.report.Reports.MILLI;
import static io.github.huffhash.report.Reports.heap;
import static io.github.huffhash.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.report.Comparison.Runs;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.List;
import java.util.Map;
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
                        Map.of(),
                        List.of(
                                new WorkerStatistics(1000, 2000, 30, 4_500_000, 80),
                                new WorkerStatistics(954, 1908, 3, 400_000, 70))));
    }

    private static Comparison comparison() {
        RunReport processes = processes();
        return new Comparison(
                "file.bin",
                List.of(
                        new Runs(
                                Mode.SINGLE,
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
                        new Runs(Mode.PROCESSES, List.of(processes, processes)),
                        new Runs(
                                Mode.THREADS,
                                List.of(run(Mode.THREADS, 5, MILLI), run(Mode.THREADS, 6, MILLI))),
                        new Runs(
                                Mode.FAST,
                                List.of(
                                        run(Mode.FAST, 674073439, 30 * MILLI),
                                        run(Mode.FAST, 674073439, 7)))));
    }

    @Test
    void aComparisonIsATableWithBars() {
        assertThat(String.join("\n", comparison().text("#")))
                .isEqualTo(
                        """
                        file.bin: 2,000,000 bytes, 1,954 blocks of 1,024 bytes; median of 2 runs

                                  wall time speed-up                  lock   contended       lock wait heap peak
                        mode             ms             MB/s  acquisitions                 %        ms       KiB signature
                        single         30.0   1.00 x    66.7             -           -     -         -      27.0 674073439
                        processes    12,345   0.00 x     0.2     1,033,272     103,327  10.0      12.3      54.0 7
                        threads         1.0  30.00 x 2,000.0             0           0   0.0       0.0       0.0 5
                        fast            0.0 4285714.29 x 285,714,286             -           -     -         -         - 674073439

                        single    # 30.0 ms
                        processes ############################################################ 12,345.0 ms
                        threads   # 1.0 ms
                        fast      # 0.0 ms\
                        """);
    }

    @Test
    void aComparisonIsOneObject() {
        assertThat(comparison().json())
                .isEqualTo(
                        """
                        {"file":"file.bin","runs":2,"agree":false,"modes":[{"median":{"file":"file.bin",\
                        "mode":"single","bytes":2000000,"blocks":1954,"blockSize":1024,"signature":674073439,\
                        "wallNanos":30000000,"cpuNanos":15000000,"lockAcquisitions":0,"contendedAcquisitions":0,\
                        "lockWaitNanos":0,"heapPeakBytes":27664,"poolAllocations":0,"poolFallbacks":0,"workers":2,\
                        "perWorker":[]},"speedup":1.0,"megabytesPerSecond":66.66666666666667,\
                        "wallNanos":[90000000,30000000]},{"median":{"file":"a,b\\"c","mode":"processes",\
                        "bytes":2000000,"blocks":1954,"blockSize":1024,"signature":7,"wallNanos":12345000000,\
                        "cpuNanos":900000000,"lockAcquisitions":1033272,"contendedAcquisitions":103327,\
                        "lockWaitNanos":12345678,"heapPeakBytes":55328,"poolAllocations":0,"poolFallbacks":0,\
                        "workers":2,"perWorker":[{"blocks":1000,"lockAcquisitions":2000,\
                        "contendedAcquisitions":30,"lockWaitNanos":4500000,"cpuNanos":80},{"blocks":954,\
                        "lockAcquisitions":1908,"contendedAcquisitions":3,"lockWaitNanos":400000,"cpuNanos":70}]},\
                        "speedup":0.002430133657351154,"megabytesPerSecond":0.16200891049007696,\
                        "wallNanos":[12345000000,12345000000]},{"median":{"file":"file.bin","mode":"threads",\
                        "bytes":2000000,"blocks":1954,"blockSize":1024,"signature":5,"wallNanos":1000000,\
                        "cpuNanos":500000,"lockAcquisitions":0,"contendedAcquisitions":0,"lockWaitNanos":0,\
                        "heapPeakBytes":0,"poolAllocations":0,"poolFallbacks":0,"workers":2,"perWorker":[]},\
                        "speedup":30.0,"megabytesPerSecond":2000.0,"wallNanos":[1000000,1000000]},\
                        {"median":{"file":"file.bin","mode":"fast","bytes":2000000,"blocks":1954,"blockSize":1024,\
                        "signature":674073439,"wallNanos":7,"cpuNanos":3,"lockAcquisitions":0,\
                        "contendedAcquisitions":0,"lockWaitNanos":0,"heapPeakBytes":0,"poolAllocations":0,\
                        "poolFallbacks":0,"workers":2,"perWorker":[]},"speedup":4285714.285714285,\
                        "megabytesPerSecond":2.8571428571428573E8,"wallNanos":[30000000,7]}]}\
                        """);
    }

    @Test
    void aRunIsOneObjectWithItsWorkers() {
        assertThat(processes().json())
                .isEqualTo(
                        """
                        {"file":"a,b\\"c","mode":"processes","bytes":2000000,"blocks":1954,"blockSize":1024,\
                        "signature":7,"wallNanos":12345000000,"cpuNanos":900000000,"lockAcquisitions":1033272,\
                        "contendedAcquisitions":103327,"lockWaitNanos":12345678,"heapPeakBytes":55328,\
                        "poolAllocations":0,"poolFallbacks":0,"workers":2,"perWorker":[{"blocks":1000,\
                        "lockAcquisitions":2000,"contendedAcquisitions":30,"lockWaitNanos":4500000,"cpuNanos":80},\
                        {"blocks":954,"lockAcquisitions":1908,"contendedAcquisitions":3,"lockWaitNanos":400000,\
                        "cpuNanos":70}]}\
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
                        CPU time                  900.0 ms
                        lock acquisitions        1,033,272
                          had to wait              103,327  10.0 %
                          total wait               12.3 ms
                        heap peak                   55,328  bytes
                        worker 1                     1,000  blocks, waited 30 times, 4.5 ms
                        worker 2                       954  blocks, waited 3 times, 0.4 ms\
                        """);
    }
}
