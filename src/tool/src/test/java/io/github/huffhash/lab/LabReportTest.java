package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The three renderings of reports made by hand, character for character. */
class LabReportTest {
    private static final List<HeapKind> STRATEGIES = List.of(Strategy.FIRST_FIT, Strategy.MALLOC);

    private static final LabSettings SETTINGS =
            new LabSettings(
                    STRATEGIES,
                    List.of(1, 1024),
                    8,
                    1024,
                    20_000,
                    7,
                    50,
                    1000,
                    64 << 20,
                    3,
                    80_000_000);

    private static final AllocationProfile PROFILE =
            new AllocationProfile(
                    41, 1_015_807, 14_645_692, 0.0163, 0.939, 16_512_000, 17_408_000, 48);

    private static final Counters COUNTS =
            new Counters(
                    1_000_000,
                    20,
                    999_000,
                    new LockUse(1_999_000, 1_999_000, 9_995, 1_342_800_000, 20_000_000),
                    294_343,
                    630,
                    370,
                    36_203,
                    4_315_455,
                    2_000_000);

    static LabReport report(boolean profiled) {
        List<Measurement> rows = new ArrayList<>();
        for (String title : List.of("one at a time", "in batches, \"256\"")) {
            for (int workers : SETTINGS.workers()) {
                rows.add(measurement(title, Strategy.FIRST_FIT, workers, COUNTS, 12, profiled));
                rows.add(measurement(title, Strategy.MALLOC, workers, Counters.NONE, 0, profiled));
            }
        }
        return profiled
                ? new LabReport(Workload.LARSON, Optional.empty(), SETTINGS, rows)
                : new LabReport(Workload.HUFFMAN, Optional.of("file.bin"), SETTINGS, rows);
    }

    private static Measurement measurement(
            String part,
            HeapKind kind,
            int workers,
            Counters counts,
            int resets,
            boolean profiled) {
        return new Measurement(
                part,
                kind,
                workers,
                Rounds.median(
                        List.of(
                                sample(98_500_000L * workers, 1_000_000, counts, resets),
                                sample(90_000_000L, 900_000, counts, resets),
                                sample(12_345_678_900L, 1_000_000, counts, resets)),
                        Sample::nanosPerOperation),
                profiled ? Optional.of(PROFILE) : Optional.empty());
    }

    private static Sample sample(long nanos, long operations, Counters counts, int resets) {
        return new Sample(
                nanos,
                operations,
                counts,
                resets,
                resets > 0 ? OptionalDouble.of(0.987) : OptionalDouble.empty(),
                new ProcessUsage(1234, 5, 6 << 20));
    }

    /** The number of cores is the machine's. */
    private static String withCores(String expected) {
        return expected.replace(
                "CORES", Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void theTablesOfTracesHaveSpeedsCostsAndProfiles() {
        assertThat(String.join("\n", report(true).text())).isEqualTo(withCores(TABLES));
    }

    @Test
    void theTablesOfAFileHaveNoProfiles() {
        assertThat(String.join("\n", report(false).text())).isEqualTo(withCores(FILE_TABLES));
    }

    @Test
    void csvHasALineForEachMeasurement() {
        assertThat(String.join("\n", report(true).csv())).isEqualTo(CSV);
        assertThat(String.join("\n", report(false).csv())).isEqualTo(FILE_CSV);
    }

    @Test
    void settingsThatMeanNothingForAFileAreNull() {
        assertThat(report(false).json())
                .startsWith(
                        "{\"workload\":\"huffman\",\"file\":\"file.bin\","
                                + "\"operations\":null,\"minBytes\":null,\"maxBytes\":null,"
                                + "\"seed\":null,\"remotePercent\":null,\"objects\":null,"
                                + "\"heapBytes\":67108864,\"rounds\":3,");
    }

    @Test
    void jsonIsOneObject() {
        assertThat(report(true).json()).isEqualTo(withCores(JSON));
    }

    private static final String TABLES =
            """
            larson: 20,000 operations, requests of 8 to 1,024 bytes, seed 7
            heap of 65,536 KiB, median of 3 rounds, CORES cores

            one at a time
                          million operations (allocate and free) a second, and speed-up against its own 1 worker
            allocator              1 worker     1,024 workers*
            first-fit         10.00   1.00x      0.08   0.01x
            malloc            10.00   1.00x      0.08   0.01x
            * more threads than cores: they take turns

            with 1 worker        ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit         100.0        0   100.0  98.7    2.221      2.2  327,048  63.0   36,203 4,315,455     20     12   1,234
            malloc            100.0        -       -     -        -        -        -     -        -         -      -      -   1,234

            with 1,024 workers       ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit       12345.7        0     0.0  98.7    1.999      2.0  294,343  63.0   36,203 4,315,455     20     12   1,234
            malloc          12345.7        -       -     -        -        -        -     -        -         -      -      -   1,234

            each observed       p50      p99         max   internal   external  peak live   reserved   leaked
                                 ns       ns          ns    frag. %    frag. %        KiB        KiB    bytes
            first-fit            41 1,015,807  14,645,692        1.6       93.9     16,125     17,000       48
            malloc               41 1,015,807  14,645,692        1.6          -     16,125          -        -

            in batches, "256"
                          million operations (allocate and free) a second, and speed-up against its own 1 worker
            allocator              1 worker     1,024 workers*
            first-fit         10.00   1.00x      0.08   0.01x
            malloc            10.00   1.00x      0.08   0.01x
            * more threads than cores: they take turns

            with 1 worker        ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit         100.0        0   100.0  98.7    2.221      2.2  327,048  63.0   36,203 4,315,455     20     12   1,234
            malloc            100.0        -       -     -        -        -        -     -        -         -      -      -   1,234

            with 1,024 workers       ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit       12345.7        0     0.0  98.7    1.999      2.0  294,343  63.0   36,203 4,315,455     20     12   1,234
            malloc          12345.7        -       -     -        -        -        -     -        -         -      -      -   1,234

            each observed       p50      p99         max   internal   external  peak live   reserved   leaked
                                 ns       ns          ns    frag. %    frag. %        KiB        KiB    bytes
            first-fit            41 1,015,807  14,645,692        1.6       93.9     16,125     17,000       48
            malloc               41 1,015,807  14,645,692        1.6          -     16,125          -        -\
            """;

    private static final String FILE_TABLES =
            """
            huffman, file.bin
            heap of 65,536 KiB, median of 3 rounds, CORES cores

            one at a time
                          million operations (allocate and free) a second, and speed-up against its own 1 worker
            allocator              1 worker     1,024 workers*
            first-fit         10.00   1.00x      0.08   0.01x
            malloc            10.00   1.00x      0.08   0.01x
            * more threads than cores: they take turns

            with 1 worker        ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit         100.0        0   100.0  98.7    2.221      2.2  327,048  63.0   36,203 4,315,455     20     12   1,234
            malloc            100.0        -       -     -        -        -        -     -        -         -      -      -   1,234

            with 1,024 workers       ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit       12345.7        0     0.0  98.7    1.999      2.0  294,343  63.0   36,203 4,315,455     20     12   1,234
            malloc          12345.7        -       -     -        -        -        -     -        -         -      -      -   1,234

            in batches, "256"
                          million operations (allocate and free) a second, and speed-up against its own 1 worker
            allocator              1 worker     1,024 workers*
            first-fit         10.00   1.00x      0.08   0.01x
            malloc            10.00   1.00x      0.08   0.01x
            * more threads than cores: they take turns

            with 1 worker        ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit         100.0        0   100.0  98.7    2.221      2.2  327,048  63.0   36,203 4,315,455     20     12   1,234
            malloc            100.0        -       -     -        -        -        -     -        -         -      -      -   1,234

            with 1,024 workers       ns  against waiting  held    locks    steps  retries  hits    fall-    remote failed resets    page
                             per op malloc %       %     %   per op   per op  per Mop     %    backs     frees                faults
            first-fit       12345.7        0     0.0  98.7    1.999      2.0  294,343  63.0   36,203 4,315,455     20     12   1,234
            malloc          12345.7        -       -     -        -        -        -     -        -         -      -      -   1,234\
            """;

    private static final String CSV =
            """
            part,allocator,workers,oversubscribed,operations,nanosPerOperation,operationsPerSecond,\
            speedUp,percentToMalloc,waitingShare,lockAcquisitions,lockHolds,contendedAcquisitions,\
            lockWaitNanos,meanWaitNanos,longestWaitNanos,lockHeldShare,contendedShare,\
            locksPerOperation,stepsWalked,casRetries,cacheHitRate,fallbacks,remoteFrees,failures,\
            resets,minorFaults,majorFaults,residentGrowthBytes,p50Nanos,p99Nanos,maxNanos,\
            internalFragmentation,peakLiveBytes,externalFragmentation,peakReservedBytes,leakedBytes
            one at a time,first-fit,1,false,900000,100.0,1.0E7,1.0,0.0,1.0,1999000,1999000,9995,\
            1342800000,134347,20000000,0.987,0.005,2.221111111111111,2000000,294343,0.63,36203,\
            4315455,20,12,1234,5,6291456,41,1015807,14645692,0.0163,16512000,0.939,17408000,48
            one at a time,malloc,1,false,900000,100.0,1.0E7,1.0,,,,,,,,,,,,,,,,,0,0,1234,5,6291456,\
            41,1015807,14645692,0.0163,16512000,,,
            one at a time,first-fit,1024,true,1000000,12345.6789,81000.0007371,0.00810000007371,\
            0.0,1.0621757909157998E-4,1999000,1999000,9995,1342800000,134347,20000000,0.987,0.005,\
            1.999,2000000,294343,0.63,36203,4315455,20,12,1234,5,6291456,41,1015807,14645692,\
            0.0163,16512000,0.939,17408000,48
            one at a time,malloc,1024,true,1000000,12345.6789,81000.0007371,0.00810000007371,,,,,,,\
            ,,,,,,,,,,0,0,1234,5,6291456,41,1015807,14645692,0.0163,16512000,,,
            "in batches, ""256""\",first-fit,1,false,900000,100.0,1.0E7,1.0,0.0,1.0,1999000,\
            1999000,9995,1342800000,134347,20000000,0.987,0.005,2.221111111111111,2000000,294343,\
            0.63,36203,4315455,20,12,1234,5,6291456,41,1015807,14645692,0.0163,16512000,0.939,\
            17408000,48
            "in batches, ""256""\",malloc,1,false,900000,100.0,1.0E7,1.0,,,,,,,,,,,,,,,,,0,0,1234,\
            5,6291456,41,1015807,14645692,0.0163,16512000,,,
            "in batches, ""256""\",first-fit,1024,true,1000000,12345.6789,81000.0007371,\
            0.00810000007371,0.0,1.0621757909157998E-4,1999000,1999000,9995,1342800000,134347,\
            20000000,0.987,0.005,1.999,2000000,294343,0.63,36203,4315455,20,12,1234,5,6291456,41,\
            1015807,14645692,0.0163,16512000,0.939,17408000,48
            "in batches, ""256""\",malloc,1024,true,1000000,12345.6789,81000.0007371,\
            0.00810000007371,,,,,,,,,,,,,,,,,0,0,1234,5,6291456,41,1015807,14645692,0.0163,\
            16512000,,,\
            """;

    private static final String FILE_CSV =
            """
            part,allocator,workers,oversubscribed,operations,nanosPerOperation,operationsPerSecond,\
            speedUp,percentToMalloc,waitingShare,lockAcquisitions,lockHolds,contendedAcquisitions,\
            lockWaitNanos,meanWaitNanos,longestWaitNanos,lockHeldShare,contendedShare,\
            locksPerOperation,stepsWalked,casRetries,cacheHitRate,fallbacks,remoteFrees,failures,\
            resets,minorFaults,majorFaults,residentGrowthBytes
            one at a time,first-fit,1,false,900000,100.0,1.0E7,1.0,0.0,1.0,1999000,1999000,9995,\
            1342800000,134347,20000000,0.987,0.005,2.221111111111111,2000000,294343,0.63,36203,\
            4315455,20,12,1234,5,6291456
            one at a time,malloc,1,false,900000,100.0,1.0E7,1.0,,,,,,,,,,,,,,,,,0,0,1234,5,6291456
            one at a time,first-fit,1024,true,1000000,12345.6789,81000.0007371,0.00810000007371,\
            0.0,1.0621757909157998E-4,1999000,1999000,9995,1342800000,134347,20000000,0.987,0.005,\
            1.999,2000000,294343,0.63,36203,4315455,20,12,1234,5,6291456
            one at a time,malloc,1024,true,1000000,12345.6789,81000.0007371,0.00810000007371,,,,,,,\
            ,,,,,,,,,,0,0,1234,5,6291456
            "in batches, ""256""\",first-fit,1,false,900000,100.0,1.0E7,1.0,0.0,1.0,1999000,\
            1999000,9995,1342800000,134347,20000000,0.987,0.005,2.221111111111111,2000000,294343,\
            0.63,36203,4315455,20,12,1234,5,6291456
            "in batches, ""256""\",malloc,1,false,900000,100.0,1.0E7,1.0,,,,,,,,,,,,,,,,,0,0,1234,\
            5,6291456
            "in batches, ""256""\",first-fit,1024,true,1000000,12345.6789,81000.0007371,\
            0.00810000007371,0.0,1.0621757909157998E-4,1999000,1999000,9995,1342800000,134347,\
            20000000,0.987,0.005,1.999,2000000,294343,0.63,36203,4315455,20,12,1234,5,6291456
            "in batches, ""256""\",malloc,1024,true,1000000,12345.6789,81000.0007371,\
            0.00810000007371,,,,,,,,,,,,,,,,,0,0,1234,5,6291456\
            """;

    private static final String JSON =
            """
            {"workload":"larson","operations":20000,"minBytes":8,"maxBytes":1024,"seed":7,\
            "remotePercent":50,"objects":1000,"heapBytes":67108864,"rounds":3,"cores":CORES,\
            "measurements":[{"part":"one at a time","allocator":"first-fit","workers":1,\
            "oversubscribed":false,"operations":900000,"nanosPerOperation":100.0,\
            "operationsPerSecond":1.0E7,"speedUp":1.0,"percentToMalloc":0.0,"waitingShare":1.0,\
            "lockAcquisitions":1999000,"lockHolds":1999000,"contendedAcquisitions":9995,\
            "lockWaitNanos":1342800000,"meanWaitNanos":134347,"longestWaitNanos":20000000,\
            "lockHeldShare":0.987,"contendedShare":0.005,"locksPerOperation":2.221111111111111,\
            "stepsWalked":2000000,"casRetries":294343,"cacheHitRate":0.63,"fallbacks":36203,\
            "remoteFrees":4315455,"failures":20,"resets":12,"minorFaults":1234,"majorFaults":5,\
            "residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,"maxNanos":14645692,\
            "internalFragmentation":0.0163,"peakLiveBytes":16512000,"externalFragmentation":0.939,\
            "peakReservedBytes":17408000,"leakedBytes":48},{"part":"one at a time",\
            "allocator":"malloc","workers":1,"oversubscribed":false,"operations":900000,\
            "nanosPerOperation":100.0,"operationsPerSecond":1.0E7,"speedUp":1.0,\
            "percentToMalloc":null,"waitingShare":null,"lockAcquisitions":null,"lockHolds":null,\
            "contendedAcquisitions":null,"lockWaitNanos":null,"meanWaitNanos":null,\
            "longestWaitNanos":null,"lockHeldShare":null,"contendedShare":null,\
            "locksPerOperation":null,"stepsWalked":null,"casRetries":null,"cacheHitRate":null,\
            "fallbacks":null,"remoteFrees":null,"failures":0,"resets":0,"minorFaults":1234,\
            "majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,\
            "maxNanos":14645692,"internalFragmentation":0.0163,"peakLiveBytes":16512000,\
            "externalFragmentation":null,"peakReservedBytes":null,"leakedBytes":null},\
            {"part":"one at a time","allocator":"first-fit","workers":1024,"oversubscribed":true,\
            "operations":1000000,"nanosPerOperation":12345.6789,\
            "operationsPerSecond":81000.0007371,"speedUp":0.00810000007371,"percentToMalloc":0.0,\
            "waitingShare":1.0621757909157998E-4,"lockAcquisitions":1999000,"lockHolds":1999000,\
            "contendedAcquisitions":9995,"lockWaitNanos":1342800000,"meanWaitNanos":134347,\
            "longestWaitNanos":20000000,"lockHeldShare":0.987,"contendedShare":0.005,\
            "locksPerOperation":1.999,"stepsWalked":2000000,"casRetries":294343,\
            "cacheHitRate":0.63,"fallbacks":36203,"remoteFrees":4315455,"failures":20,"resets":12,\
            "minorFaults":1234,"majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,\
            "p99Nanos":1015807,"maxNanos":14645692,"internalFragmentation":0.0163,\
            "peakLiveBytes":16512000,"externalFragmentation":0.939,"peakReservedBytes":17408000,\
            "leakedBytes":48},{"part":"one at a time","allocator":"malloc","workers":1024,\
            "oversubscribed":true,"operations":1000000,"nanosPerOperation":12345.6789,\
            "operationsPerSecond":81000.0007371,"speedUp":0.00810000007371,"percentToMalloc":null,\
            "waitingShare":null,"lockAcquisitions":null,"lockHolds":null,\
            "contendedAcquisitions":null,"lockWaitNanos":null,"meanWaitNanos":null,\
            "longestWaitNanos":null,"lockHeldShare":null,"contendedShare":null,\
            "locksPerOperation":null,"stepsWalked":null,"casRetries":null,"cacheHitRate":null,\
            "fallbacks":null,"remoteFrees":null,"failures":0,"resets":0,"minorFaults":1234,\
            "majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,\
            "maxNanos":14645692,"internalFragmentation":0.0163,"peakLiveBytes":16512000,\
            "externalFragmentation":null,"peakReservedBytes":null,"leakedBytes":null},\
            {"part":"in batches, \\"256\\"","allocator":"first-fit","workers":1,\
            "oversubscribed":false,"operations":900000,"nanosPerOperation":100.0,\
            "operationsPerSecond":1.0E7,"speedUp":1.0,"percentToMalloc":0.0,"waitingShare":1.0,\
            "lockAcquisitions":1999000,"lockHolds":1999000,"contendedAcquisitions":9995,\
            "lockWaitNanos":1342800000,"meanWaitNanos":134347,"longestWaitNanos":20000000,\
            "lockHeldShare":0.987,"contendedShare":0.005,"locksPerOperation":2.221111111111111,\
            "stepsWalked":2000000,"casRetries":294343,"cacheHitRate":0.63,"fallbacks":36203,\
            "remoteFrees":4315455,"failures":20,"resets":12,"minorFaults":1234,"majorFaults":5,\
            "residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,"maxNanos":14645692,\
            "internalFragmentation":0.0163,"peakLiveBytes":16512000,"externalFragmentation":0.939,\
            "peakReservedBytes":17408000,"leakedBytes":48},{"part":"in batches, \\"256\\"",\
            "allocator":"malloc","workers":1,"oversubscribed":false,"operations":900000,\
            "nanosPerOperation":100.0,"operationsPerSecond":1.0E7,"speedUp":1.0,\
            "percentToMalloc":null,"waitingShare":null,"lockAcquisitions":null,"lockHolds":null,\
            "contendedAcquisitions":null,"lockWaitNanos":null,"meanWaitNanos":null,\
            "longestWaitNanos":null,"lockHeldShare":null,"contendedShare":null,\
            "locksPerOperation":null,"stepsWalked":null,"casRetries":null,"cacheHitRate":null,\
            "fallbacks":null,"remoteFrees":null,"failures":0,"resets":0,"minorFaults":1234,\
            "majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,\
            "maxNanos":14645692,"internalFragmentation":0.0163,"peakLiveBytes":16512000,\
            "externalFragmentation":null,"peakReservedBytes":null,"leakedBytes":null},\
            {"part":"in batches, \\"256\\"","allocator":"first-fit","workers":1024,\
            "oversubscribed":true,"operations":1000000,"nanosPerOperation":12345.6789,\
            "operationsPerSecond":81000.0007371,"speedUp":0.00810000007371,"percentToMalloc":0.0,\
            "waitingShare":1.0621757909157998E-4,"lockAcquisitions":1999000,"lockHolds":1999000,\
            "contendedAcquisitions":9995,"lockWaitNanos":1342800000,"meanWaitNanos":134347,\
            "longestWaitNanos":20000000,"lockHeldShare":0.987,"contendedShare":0.005,\
            "locksPerOperation":1.999,"stepsWalked":2000000,"casRetries":294343,\
            "cacheHitRate":0.63,"fallbacks":36203,"remoteFrees":4315455,"failures":20,"resets":12,\
            "minorFaults":1234,"majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,\
            "p99Nanos":1015807,"maxNanos":14645692,"internalFragmentation":0.0163,\
            "peakLiveBytes":16512000,"externalFragmentation":0.939,"peakReservedBytes":17408000,\
            "leakedBytes":48},{"part":"in batches, \\"256\\"","allocator":"malloc","workers":1024,\
            "oversubscribed":true,"operations":1000000,"nanosPerOperation":12345.6789,\
            "operationsPerSecond":81000.0007371,"speedUp":0.00810000007371,"percentToMalloc":null,\
            "waitingShare":null,"lockAcquisitions":null,"lockHolds":null,\
            "contendedAcquisitions":null,"lockWaitNanos":null,"meanWaitNanos":null,\
            "longestWaitNanos":null,"lockHeldShare":null,"contendedShare":null,\
            "locksPerOperation":null,"stepsWalked":null,"casRetries":null,"cacheHitRate":null,\
            "fallbacks":null,"remoteFrees":null,"failures":0,"resets":0,"minorFaults":1234,\
            "majorFaults":5,"residentGrowthBytes":6291456,"p50Nanos":41,"p99Nanos":1015807,\
            "maxNanos":14645692,"internalFragmentation":0.0163,"peakLiveBytes":16512000,\
            "externalFragmentation":null,"peakReservedBytes":null,"leakedBytes":null}]}\
            """;
}
