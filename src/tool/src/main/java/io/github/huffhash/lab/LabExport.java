package io.github.huffhash.lab;

import io.github.huffhash.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports for other programs. */
public final class LabExport {
    private record Document(
            String workload,
            int operations,
            int minBytes,
            int maxBytes,
            long seed,
            int remotePercent,
            long heapBytes,
            int rounds,
            int cores,
            List<Map<String, Object>> measurements) {}

    private LabExport() {}

    /** One JSON object. */
    public static String json(LabReport report) {
        LabSettings settings = report.settings();
        return Json.of(
                new Document(
                        report.subject(),
                        settings.operations(),
                        settings.minBytes(),
                        settings.maxBytes(),
                        settings.seed(),
                        settings.remotePercent(),
                        settings.heapBytes(),
                        settings.rounds(),
                        Runtime.getRuntime().availableProcessors(),
                        LabRow.of(report)));
    }

    /** A line with the names, then a line for each part, number of workers and allocator. */
    public static List<String> csv(LabReport report) {
        List<Map<String, Object>> rows = LabRow.of(report);
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", rows.getFirst().keySet()));
        for (Map<String, Object> row : rows) {
            lines.add(
                    row.values().stream()
                            .map(value -> quoted(value.toString()))
                            .collect(Collectors.joining(",")));
        }
        return lines;
    }

    /** As RFC 4180 has it. */
    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"")
                ? "\"" + value.replace("\"", "\"\"") + "\""
                : value;
    }
}
