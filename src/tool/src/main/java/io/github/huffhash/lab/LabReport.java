package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import java.util.List;

/**
 * What came of a workload.
 *
 * @param subject what was measured, for the first line
 * @param settings how
 * @param parts the parts of the workload
 */
public record LabReport(String subject, LabSettings settings, List<Part> parts) {
    /** Copies the list. */
    public LabReport {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param title its name
     * @param measurements by number of workers, then by strategy, in the order asked for
     */
    record Part(String title, List<Measurement> measurements) {
        Part {
            measurements = List.copyOf(measurements);
        }

        Measurement of(Strategy strategy, int workers) {
            return measurements.stream()
                    .filter(each -> each.strategy() == strategy && each.workers() == workers)
                    .findFirst()
                    .orElseThrow();
        }

        /** Speed with these workers, as a multiple of that with the fewest. */
        double speedUp(Measurement measurement) {
            int fewest = measurements.stream().mapToInt(Measurement::workers).min().orElseThrow();
            return of(measurement.strategy(), fewest).nanosPerOperation()
                    / measurement.nanosPerOperation();
        }
    }
}
