package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.report.Comparison;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.HeapUse;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void everyColumnOfEveryTableAndEveryKeyIsDefinedInTheDocsAndNoOther() throws IOException {
        var run =
                new RunReport(
                        "f",
                        Mode.THREADS,
                        1024,
                        7,
                        1,
                        1,
                        new RunStatistics(
                                1,
                                1,
                                1,
                                Counters.NONE,
                                0,
                                OptionalDouble.empty(),
                                Arrays.stream(Phase.values())
                                        .collect(Collectors.toMap(phase -> phase, _ -> 1L)),
                                List.of(WorkerStatistics.NONE),
                                0,
                                List.of(new HeapUse(1, 1))),
                        ProcessUsage.NONE);
        var runs = List.of(new Comparison.Runs(Mode.THREADS, Map.of(), List.of(run)));
        var comparison = new Comparison("f", List.of(), runs, "#");
        var keys = new TreeSet<>(names(comparison.csv()));
        for (String json :
                List.of(
                        run.json(List.of(), true),
                        comparison.json(),
                        LabReportTest.report(true).json(),
                        Lookup.measure(1, 1).json())) {
            addKeys(JsonParser.parseString(json), keys);
        }
        keys.addAll(names(LabReportTest.report(true).csv()));
        keys.addAll(names(Lookup.COLUMNS.csv(List.of())));
        keys.addAll(names(Startup.COLUMNS.csv(List.of())));
        keys.addAll(names(Channels.COLUMNS.csv(List.of())));

        assertThat(defined()).doesNotHaveDuplicates().hasSameElementsAs(keys);
    }

    private static void addKeys(JsonElement json, Set<String> keys) {
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(each -> addKeys(each, keys));
        } else if (json.isJsonObject()) {
            keys.addAll(json.getAsJsonObject().keySet());
            json.getAsJsonObject().asMap().values().forEach(each -> addKeys(each, keys));
        }
    }

    private static List<String> names(List<String> csv) {
        return List.of(csv.getFirst().split(",", -1));
    }

    /** The names in the docs, in the section on columns. */
    private static List<String> defined() throws IOException {
        Path docs = Path.of("docs/allocators.md");
        String text = Files.readString(Files.exists(docs) ? docs : Path.of("../..").resolve(docs));
        String section = text.substring(text.indexOf("## The columns"));
        String table = section.substring(0, section.indexOf("\n## ", 1));
        return ROW.matcher(table).results().map(row -> row.group(1)).toList();
    }
}
