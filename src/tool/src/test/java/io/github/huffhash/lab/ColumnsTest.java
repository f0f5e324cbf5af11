package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.report.Comparison;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void everyColumnOfEveryTableIsDefinedInTheDocsAndNoOther() throws IOException {
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
                                Map.of(),
                                List.of(WorkerStatistics.NONE),
                                0,
                                List.of()),
                        ProcessUsage.NONE);
        var runs = List.of(new Comparison.Runs(Mode.THREADS, Map.of(), List.of(run)));
        JsonObject json = new Gson().fromJson(run.json(), JsonObject.class);
        var keys = new TreeSet<>(json.keySet());
        keys.addAll(json.getAsJsonArray("perWorker").get(0).getAsJsonObject().keySet());
        keys.addAll(names(new Comparison("f", List.of(), runs).csv()));
        keys.addAll(names(LabReportTest.report(true).csv()));
        keys.addAll(names(Lookup.COLUMNS.csv(List.of())));
        keys.addAll(names(Startup.COLUMNS.csv(List.of())));
        keys.addAll(names(Channels.COLUMNS.csv(List.of())));

        assertThat(defined()).doesNotHaveDuplicates().hasSameElementsAs(keys);
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
