package io.github.huffhash.cli;

import static io.github.huffhash.cli.Charts.assertCharts;
import static io.github.huffhash.cli.Charts.assertTable;
import static io.github.huffhash.cli.Charts.column;
import static io.github.huffhash.cli.Charts.marks;
import static io.github.huffhash.cli.Charts.number;
import static io.github.huffhash.cli.Charts.objects;
import static io.github.huffhash.cli.Charts.word;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.huffhash.cli.Charts.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Pages of compare, as a person sees them. */
@ExtendWith(Browser.class)
class ComparePageTest {
    private static final String FILE = TestFiles.path("uniform_100KB.bin");

    @TempDir private static Path folder;

    @Test
    void modesAreComparedByBarsDotsAndTables() throws Exception {
        String file = Browser.harmful(folder, Files.readAllBytes(Path.of(FILE)));
        JsonObject json = Browser.opened(folder, "compare", "--runs=2", "-T2", file);

        assertThat(Browser.driver().findElement(By.tagName("body")).getText())
                .contains(Browser.HARMFUL);

        List<JsonObject> modes = objects(json.get("modes"));
        assertThat(modes.stream().map(mode -> word(mode, "mode")))
                .containsExactly("single", "threads", "processes", "pools", "fast");
        assertPage(modes, mode -> "median", _ -> "a run", mode -> word(mode, "mode"), "");
        assertThat(modes.stream().mapToInt(mode -> mode.getAsJsonObject("phases").size()).sum())
                .as("single waits for no other, fast is not measured")
                .isEqualTo(4 + 3 * 5);
        for (JsonObject mode : modes) {
            double peak = number(mode, "heapPeakBytes").findFirst().orElseThrow();
            assertThat(objects(mode.get("heapUse")))
                    .allSatisfy(look ->
                            assertThat(look.get("bytes").getAsDouble()).isBetween(0.0, peak));
        }
        Paper.assertReadableInTheDarkAndOnPaper();
    }

    @Test
    void aSweepIsDrawnAsCurves() throws Exception {
        JsonObject json =
                Browser.opened(
                        folder,
                        "compare",
                        "--runs=2",
                        "--modes=threads,pools",
                        "--workers=1,2,4",
                        FILE);

        List<JsonObject> modes = objects(json.get("modes"));
        Function<JsonObject, String> line = mode -> word(mode, "mode");
        Function<JsonObject, String> workers =
                mode -> mode.getAsJsonObject("values").get("workers").getAsString();
        assertPage(modes, line, line, workers, " ");
        assertThat(column(0, "lockAcquisitions")).contains("101004", "11204");
        assertThat(Browser.driver().findElement(By.tagName("code")).getText())
                .contains("compare --runs=2 --modes=threads,pools --workers=1,2,4");
        Paper.assertReadableInTheDarkAndOnPaper();
    }

    /**
     * @param line the name of a row's bar or curve
     * @param dot that of its runs' dots
     * @param place where it stands
     * @param joint what is between mode and place in a row's full name; empty if they are the same
     */
    private static void assertPage(
            List<JsonObject> modes,
            Function<JsonObject, String> line,
            Function<JsonObject, String> dot,
            Function<JsonObject, String> place,
            String joint) {
        Function<JsonObject, String> label =
                joint.isEmpty() ? place : mode -> line.apply(mode) + joint + place.apply(mode);
        Map<String, List<Mark>> charts = new HashMap<>();
        List<Mark> medians =
                marks(modes, line, place, "wallNanos", ComparePageTest::millis, "ms").toList();
        List<Mark> dots = modes.stream().flatMap(mode -> runs(mode, dot, place)).toList();
        List<Mark> times = new ArrayList<>(joint.isEmpty() ? medians : dots);
        times.addAll(joint.isEmpty() ? dots : medians); // dots lie over bars and under curves
        charts.put("times", times);
        charts.put("speedup", marks(modes, line, place, "speedup", it -> it, "x").toList());
        charts.put("phases", phases(modes, label));
        List<JsonObject> locked =
                modes.stream()
                        .filter(mode -> !List.of("single", "fast").contains(word(mode, "mode")))
                        .toList();
        charts.put("locks", marks(locked, line, place, "lockAcquisitions", it -> it, "").toList());
        charts.put(
                "waits",
                marks(locked, line, place, "lockWaitNanos", ComparePageTest::millis, "ms")
                        .toList());
        charts.put(
                "heap",
                marks(
                                modes.stream()
                                        .filter(mode -> !word(mode, "mode").equals("fast"))
                                        .toList(),
                                line,
                                place,
                                "heapPeakBytes",
                                it -> it / 1024,
                                "KiB")
                        .toList());
        charts.put(
                "heap-use",
                modes.stream()
                        .flatMap(mode ->
                                marks(
                                        objects(mode.get("heapUse")),
                                        _ -> label.apply(mode),
                                        _ -> "",
                                        "bytes",
                                        it -> it / 1024,
                                        "KiB"))
                        .toList());
        assertCharts(charts);
        for (int table = 0; table < 3; table++) {
            assertTable(table, modes);
        }
        assertTable(3, modes.stream().flatMap(ComparePageTest::looks).toList());
    }

    private static double millis(double nanos) {
        return nanos / 1e6;
    }

    private static Stream<Mark> runs(
            JsonObject mode, Function<JsonObject, String> dot, Function<JsonObject, String> place) {
        return mode.getAsJsonArray("wallNanos").asList().stream()
                .map(JsonElement::getAsDouble)
                .map(nanos -> Mark.of(dot.apply(mode), place.apply(mode), millis(nanos), "ms"));
    }

    private static List<Mark> phases(List<JsonObject> modes, Function<JsonObject, String> label) {
        return modes.stream()
                .flatMap(mode -> mode.getAsJsonObject("phases").keySet().stream())
                .distinct()
                .flatMap(phase ->
                        marks(
                                modes,
                                _ -> phase.replace("Nanos", ""),
                                label,
                                phase,
                                ComparePageTest::millis,
                                "ms"))
                .toList();
    }

    /** The looks at the heap, with the names of their row. */
    private static Stream<JsonObject> looks(JsonObject mode) {
        return objects(mode.get("heapUse")).stream()
                .map(look -> {
                    JsonObject row = mode.getAsJsonObject("median").deepCopy();
                    look.asMap().forEach(row::add);
                    return row;
                });
    }
}
