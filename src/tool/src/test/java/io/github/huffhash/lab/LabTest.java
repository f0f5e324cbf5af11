package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.lab.Workload.Trace;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.memory.strategy.Variant;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LabTest {
    private static final List<HeapKind> ALL = List.of(Strategy.values());

    private static LabSettings settings(
            List<HeapKind> kinds, long heapBytes, int operations, int remotePercent) {
        return new LabSettings(
                kinds, List.of(1, 3), 8, 1024, operations, 7, remotePercent, 1000, heapBytes, 1, 0);
    }

    private static final Map<Workload, LabReport> REPORTS = new EnumMap<>(Workload.class);

    private static LabReport measure(Workload workload) throws IOException {
        LabReport report = REPORTS.get(workload);
        if (report == null) {
            long heapBytes = workload == Workload.TIERS ? 48 << 20 : 16 << 20;
            report = new Lab(settings(kinds(workload), heapBytes, 6000, 50)).measure(workload);
            REPORTS.put(workload, report);
        }
        return report;
    }

    private static List<HeapKind> kinds(Workload workload) {
        return workload == Workload.TIERS ? Variant.TIERS : ALL;
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"LATENCY", "CONTENTION", "LARSON", "TIERS"})
    void everyAllocatorServesTheWholeTraceAndLeaksNothing(Workload workload) throws IOException {
        LabReport report = measure(workload);
        int parts = workload.parts(settings(ALL, 1, 1, 0)).size();
        assertThat(report.rows()).hasSize(parts * 2 * kinds(workload).size());
        for (Measurement each : report.rows()) {
            String what = each.part() + ", " + each.kind() + ", " + each.workers();
            assertThat(each.median().operations()).as(what).isEqualTo(6000);
            assertThat(each.counts().failures()).as(what).isZero();
            assertThat(each.counts().allocations()).as(what).isEqualTo(6000);
            AllocationProfile seen = each.profile();
            assertThat(seen.leakedBytes()).as(what).isZero();
            assertThat(seen.p50Nanos()).as(what).isBetween(1L, seen.p99Nanos());
            assertThat(seen.p99Nanos()).as(what).isLessThanOrEqualTo(seen.maxNanos());
            assertThat(seen.internalFragmentation()).as(what).isBetween(0.001, 0.6);
            assertThat(seen.peakLiveBytes()).as(what).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"LATENCY", "CONTENTION", "LARSON", "TIERS"})
    void theTablesHaveEveryAllocatorWithin120Columns(Workload workload) throws IOException {
        List<String> lines = measure(workload).text();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        for (HeapKind kind : kinds(workload)) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(kind.label() + " "))
                    .hasSize(4 * workload.parts(settings(ALL, 1, 1, 0)).size());
        }
        assertThat(lines.getFirst()).startsWith(workload.label() + ": 6,000 operations");
    }

    @Test
    void theCsvHasALineForEachMeasurementAndAValueForEachName() throws IOException {
        List<String> lines = measure(Workload.LATENCY).csv();
        assertThat(lines).hasSize(1 + 2 * 2 * ALL.size());
        assertThat(lines.getFirst())
                .startsWith("part,allocator,workers,oversubscribed,operations,");
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.split(",", -1))
                                .hasSameSizeAs(lines.getFirst().split(",", -1)));
    }

    @Test
    void theJsonIsOneObjectWithWhatItTakesToRepeatTheMeasurement() throws IOException {
        String json = measure(Workload.LARSON).json();
        JsonObject report = new Gson().fromJson(json, JsonObject.class);
        assertThat(report.get("workload").getAsString()).isEqualTo("larson");
        assertThat(report.get("seed").getAsLong()).isEqualTo(7);
        assertThat(report.get("remotePercent").getAsInt()).isEqualTo(50);
        var measurements = report.getAsJsonArray("measurements");
        assertThat(measurements).hasSize(2 * ALL.size());
        JsonObject first = measurements.get(0).getAsJsonObject();
        assertThat(first.get("allocator").getAsString()).isEqualTo("first-fit");
        assertThat(first.get("operations").getAsLong()).isEqualTo(6000);
        assertThat(first.get("lockAcquisitions").getAsLong()).isBetween(6000L, 12_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 90})
    void theCachesBySizeClassServeNineRequestsOfTenInTheLarsonWorkload(int remotePercent)
            throws IOException {
        var settings = settings(List.of(Strategy.SIZE_CLASS), 32 << 20, 60_000, remotePercent);
        LabReport report = new Lab(settings).measure(Workload.LARSON);
        for (Measurement each : report.rows()) {
            assertThat(each.cacheHitRate()).isGreaterThan(0.9);
            double remote = (double) each.counts().remoteFrees() / each.counts().frees();
            assertThat(remote)
                    .as("remote frees with %d workers", each.workers())
                    .isLessThanOrEqualTo(remotePercent / 100.0 + 0.06); // a trace ends anywhere
            if (each.workers() > 1 && remotePercent > 0) {
                assertThat(remote).isPositive();
            }
        }
    }

    @Test
    void aFullArenaIsFreedAsAWholeAndFailsNothing() throws IOException {
        var settings = settings(List.of(Strategy.ARENA), 256 << 10, 6000, 0);
        for (Workload workload : List.of(Workload.LATENCY, Workload.CONTENTION)) {
            for (Measurement each : new Lab(settings).measure(workload).rows()) {
                assertThat(each.counts().failures()).isZero();
                assertThat(each.median().resets()).isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    void whatFindsNoRoomIsCountedAsAFailureAndNotAsAnOperation() throws IOException {
        var settings = settings(List.of(Strategy.FIRST_FIT), 64 << 10, 6000, 0);
        List<Measurement> rows = new Lab(settings).measure(Workload.LATENCY).rows();
        for (Measurement each : rows.subList(rows.size() / 2, rows.size())) { // in batches
            assertThat(each.counts().failures()).isPositive();
            assertThat(each.median().operations() + each.counts().failures()).isEqualTo(6000);
        }
    }

    @Test
    void aTraceDependsOnTheSeedAndTheWorkerAlone() {
        var settings = settings(ALL, 1 << 20, 1000, 50);
        var part = new Part("", Loop.TIGHT_LOOP, 8, 1024, false);
        Trace trace = part.trace(settings, 1, 500);
        assertThat(part.trace(settings, 1, 500).sizes()).isEqualTo(trace.sizes());
        assertThat(part.trace(settings, 1, 500).slots()).isEqualTo(trace.slots());
        assertThat(part.trace(settings, 1, 500).remote()).isEqualTo(trace.remote());
        assertThat(part.trace(settings, 2, 500).sizes()).isNotEqualTo(trace.sizes());
        assertThat(IntStream.of(trace.sizes())).allMatch(size -> size >= 8 && size <= 1024);
    }

    @Test
    void eachTierOfCachesServesTheRequestsUpToItsSizeWithoutTheLock() throws IOException {
        LabReport report = measure(Workload.TIERS);
        int rowsOfPart = report.rows().size() / 4;
        for (int tier = 1; tier < 4; tier++) {
            for (Measurement each :
                    report.rows().subList(tier * rowsOfPart, (tier + 1) * rowsOfPart)) {
                String what = each.part() + ", " + each.kind() + ", " + each.workers();
                if (Variant.TIERS.indexOf(each.kind()) < tier) {
                    assertThat(each.cacheHitRate()).as(what).isZero();
                    assertThat(each.counts().lockAcquisitions())
                            .as(what)
                            .isBetween(11_900L, 12_000L);
                } else {
                    assertThat(each.cacheHitRate()).as(what).isGreaterThan(0.3);
                    assertThat(each.counts().lockAcquisitions()).as(what).isLessThan(11_000);
                }
            }
        }
    }

    @Test
    void evenInPowersEachPowerOfTwoComesAboutEquallyOften() {
        var random = new SplittableRandom(5);
        var part = new Part("", Loop.TIGHT_LOOP, 8, 1 << 20, true);
        int[] drawn = IntStream.range(0, 17_000).map(_ -> part.size(random)).toArray();
        assertThat(IntStream.of(drawn)).allMatch(size -> size >= 8 && size <= 1 << 20);
        for (int power = 8; power < 1 << 20; power *= 2) {
            int least = power;
            assertThat(IntStream.of(drawn).filter(it -> it >= least && it < 2 * least).count())
                    .as("%d", power)
                    .isBetween(800L, 1200L);
        }
    }

    @Test
    void numbersOfWorkersGoUpInWhateverOrderTheyWereAskedFor() throws IOException {
        var settings =
                new LabSettings(
                        List.of(Strategy.MALLOC),
                        List.of(2, 1),
                        8,
                        8,
                        100,
                        7,
                        0,
                        256,
                        1 << 20,
                        1,
                        0);
        LabReport report = new Lab(settings).measure(Workload.CONTENTION);
        assertThat(report.text())
                .anyMatch(line -> line.endsWith("its own 1 worker"))
                .anyMatch(line -> line.matches("allocator +1 worker +2 workers.*"));
    }

    @Test
    void aRunEndsAfterTwiceItsTimeThoughTheTraceGoesOn() throws IOException {
        var settings =
                new LabSettings(
                        List.of(Strategy.MALLOC),
                        List.of(2),
                        8,
                        1024,
                        2_000_000,
                        7,
                        50,
                        256,
                        1 << 20,
                        1,
                        1_000_000);
        Measurement each = new Lab(settings).measure(Workload.CONTENTION).rows().getFirst();
        assertThat(each.median().operations()).isLessThan(2_000_000);
        assertThat(each.median().nanos()).isGreaterThanOrEqualTo(1_000_000);
    }
}
