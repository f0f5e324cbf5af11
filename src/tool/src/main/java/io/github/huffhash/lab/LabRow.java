package io.github.huffhash.lab;

import io.github.huffhash.memory.Counters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A measurement for other programs: its values by name, in order. */
final class LabRow {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private LabRow() {}

    static Map<String, Object> of(LabReport.Part part, Measurement each) {
        var row = new LabRow();
        row.addSpeed(part, each);
        row.addCounts(each);
        each.diagnosis().ifPresent(seen -> row.addDiagnosis(seen, each.strategy().hasHeap()));
        return row.values;
    }

    private void addSpeed(LabReport.Part part, Measurement each) {
        values.put("part", part.title());
        values.put("allocator", each.strategy().label());
        values.put("workers", each.workers());
        values.put("oversubscribed", each.oversubscribed());
        values.put("operations", each.median().operations());
        values.put("nanosPerOperation", each.nanosPerOperation());
        values.put("operationsPerSecond", 1e9 / each.nanosPerOperation());
        values.put("speedUp", part.speedUp(each));
    }

    private void addCounts(Measurement each) {
        Counters counts = each.counts();
        values.put("lockAcquisitions", counts.lockAcquisitions());
        values.put(
                "contendedShare",
                (double) counts.contendedAcquisitions() / Math.max(1, counts.lockAcquisitions()));
        values.put("lockWaitNanos", counts.lockWaitNanos());
        values.put("casRetries", counts.casRetries());
        put("cacheHitRate", each.cacheHitRate());
        values.put("fallbacks", counts.fallbacks());
        values.put("remoteFrees", counts.remoteFrees());
        values.put("failures", counts.failures());
        values.put("resets", each.median().resets());
    }

    private void addDiagnosis(Diagnosis seen, boolean hasHeap) {
        values.put("p50Nanos", seen.p50Nanos());
        values.put("p99Nanos", seen.p99Nanos());
        values.put("maxNanos", seen.maxNanos());
        values.put("internalFragmentation", seen.internalFragmentation());
        values.put("peakLiveBytes", seen.peakLiveBytes());
        Optional<Diagnosis> inHeap = Optional.of(seen).filter(_ -> hasHeap);
        put("externalFragmentation", inHeap.map(Diagnosis::externalFragmentation));
        put("peakReservedBytes", inHeap.map(Diagnosis::peakReservedBytes));
        put("leakedBytes", inHeap.map(Diagnosis::leakedBytes));
    }

    /** What there is none of is 0 in JSON and in CSV, as it is in the other reports. */
    private void put(String name, Optional<? extends Number> value) {
        values.put(name, value.isPresent() ? value.get() : 0);
    }

    /** All rows of a report. */
    static List<Map<String, Object>> of(LabReport report) {
        return report.parts().stream()
                .flatMap(part -> part.measurements().stream().map(each -> of(part, each)))
                .toList();
    }
}
