package io.github.huffhash.lab;

import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.Optional;
import java.util.OptionalDouble;

/** A measurement and the part that it belongs to. */
record LabRow(LabReport.Part part, Measurement measurement) {
    Sample median() {
        return measurement.median();
    }

    Counters counts() {
        return measurement.counts();
    }

    AllocationProfile profile() {
        return measurement.profile().orElseThrow();
    }

    String label() {
        return measurement.kind().label();
    }

    Optional<Double> speedUp() {
        return part.speedUp(measurement);
    }

    /** How much longer or shorter than malloc an operation takes, in per cent, if both ran. */
    Optional<Double> toMalloc() {
        return part.measurements().stream()
                .filter(each -> each.kind() == Strategy.MALLOC)
                .filter(each -> each.workers() == measurement.workers())
                .findFirst()
                .filter(each -> !each.equals(measurement))
                .flatMap(Measurement::nanosPerOperation)
                .flatMap(its ->
                        measurement.nanosPerOperation().map(nanos -> 100 * (nanos - its) / its));
    }

    /** How much of the workers' time was waiting for locks. */
    double waitingShare() {
        double time = (double) median().nanos() * measurement.workers();
        return Math.min(1, counts().lockWaitNanos() / Math.max(1, time));
    }

    Optional<Double> heldShare() {
        OptionalDouble share = median().heldShare();
        return share.isPresent() ? nonZero(share.getAsDouble()) : Optional.empty();
    }

    double contendedShare() {
        return (double) counts().contendedAcquisitions() / Math.max(1, counts().lockAcquisitions());
    }

    Optional<Double> locks() {
        return perOperation(counts().lockAcquisitions(), 1);
    }

    Optional<Double> steps() {
        return perOperation(counts().stepsWalked(), 1);
    }

    Optional<Double> retries() {
        return perOperation(counts().casRetries(), 1e6);
    }

    /** A count for every so many operations. */
    private Optional<Double> perOperation(long count, double operations) {
        return median().operations() == 0
                ? Optional.empty()
                : nonZero(operations * count / median().operations());
    }

    /** A figure of the heap, for allocators that use it. */
    Optional<Number> ofHeap(Number figure) {
        return Optional.of(figure).filter(_ -> measurement.kind().hasHeap());
    }

    /** A figure, unless it is 0. */
    static Optional<Double> nonZero(double figure) {
        return figure == 0 ? Optional.empty() : Optional.of(figure);
    }

    /** The same for a count. */
    static Optional<Long> nonZero(long figure) {
        return figure == 0 ? Optional.empty() : Optional.of(figure);
    }
}
