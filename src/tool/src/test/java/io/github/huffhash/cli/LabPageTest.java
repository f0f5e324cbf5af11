package io.github.huffhash.cli;

import static io.github.huffhash.cli.Charts.assertCharts;
import static io.github.huffhash.cli.Charts.assertTable;
import static io.github.huffhash.cli.Charts.column;
import static io.github.huffhash.cli.Charts.marks;
import static io.github.huffhash.cli.Charts.number;
import static io.github.huffhash.cli.Charts.objects;
import static io.github.huffhash.cli.Charts.word;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.huffhash.cli.Charts.Mark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Pages of the laboratory, as a person sees them. */
@ExtendWith(Browser.class)
class LabPageTest {
    private static final String SMALL = "--rounds=1 --ops=2000 --workers=1,2 --allocators=";

    @TempDir private static Path folder;

    private static JsonObject opened(String arguments) throws Exception {
        return Browser.opened(folder, ("lab " + arguments).split(" ", -1));
    }

    private static void click(String key) {
        Browser.driver().findElement(By.cssSelector("th[data-key=" + key + "]")).click();
    }

    @Test
    void allocatorsAreComparedAndTheirTableIsSortedAndFiltered() throws Exception {
        assertAllocators(opened("larson " + SMALL + "first-fit,slab,malloc"));

        click("p99Nanos");
        assertThat(column(1, "p99Nanos").stream().map(Long::valueOf)).isSorted();
        for (int click = 0; click < 2; click++) {
            click("leakedBytes");
            assertThat(column(1, "leakedBytes")).endsWith("", "").startsWith("0");
        }
        WebElement filter = Browser.driver().findElement(By.cssSelector("input[type=search]"));
        filter.sendKeys("malloc");
        assertThat(
                        Browser.script(
                                "return document.querySelectorAll('tbody"
                                        + " tr:not([hidden])').length"))
                .as("of one table, and all of the other")
                .isEqualTo(2L + 6);
        Paper.assertReadableInTheDarkAndOnPaper();
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"latency", "contention", "tiers", "huffman"})
    void everyWorkloadHasItsCharts(String workload) throws Exception {
        String file = workload.equals("huffman") ? " " + TestFiles.path("uniform_100KB.bin") : "";
        String ops = workload.equals("huffman") ? SMALL.replace("--ops=2000 ", "") : SMALL;
        String tiers = workload.equals("tiers") ? ops.replaceAll(" --alloc.*", "") : "";
        assertAllocators(
                opened(workload + " " + (tiers.isEmpty() ? ops + "first-fit,slab" : tiers) + file));
    }

    /** The charts and tables of all parts of a workload. */
    private static void assertAllocators(JsonObject json) {
        Map<String, List<Mark>> charts = new HashMap<>();
        List<JsonObject> all = objects(json.get("measurements"));
        List<String> parts = all.stream().map(row -> word(row, "part")).distinct().toList();
        boolean isProfiled = all.getFirst().has("p50Nanos");
        int table = 0;
        for (int part = 0; part < parts.size(); part++) {
            String name = parts.get(part);
            List<JsonObject> rows =
                    all.stream().filter(row -> word(row, "part").equals(name)).toList();
            charts.put("throughput-" + part, throughput(rows, json.get("cores").getAsInt()));
            charts.put(
                    "waiting-" + part,
                    marks(
                                    byAllocator(rows),
                                    word("allocator"),
                                    word("workers"),
                                    "waitingShare",
                                    it -> 100 * it,
                                    "%")
                            .toList());
            List<String> workers = rows.stream().map(row -> word(row, "workers")).toList();
            List<JsonObject> most =
                    rows.stream()
                            .filter(row -> word(row, "workers").equals(workers.getLast()))
                            .toList();
            if (isProfiled) {
                charts.put(
                        "latency-" + part,
                        columns(
                                most,
                                word("allocator"),
                                1,
                                "ns",
                                "p50Nanos=p50",
                                "p99Nanos=p99",
                                "maxNanos=max"));
                charts.put(
                        "fragmentation-" + part,
                        columns(
                                most,
                                word("allocator"),
                                100,
                                "%",
                                "internalFragmentation=internal",
                                "externalFragmentation=external"));
                assertTable(table + 1, rows);
            }
            assertTable(table, rows);
            table += isProfiled ? 2 : 1;
        }
        assertCharts(charts);
    }

    private static List<Mark> throughput(List<JsonObject> rows, int cores) {
        List<Double> workers =
                rows.stream().flatMap(row -> number(row, "workers")).distinct().toList();
        double fewest = workers.getFirst();
        double best =
                rows.stream()
                        .filter(row -> number(row, "workers").anyMatch(it -> it == fewest))
                        .flatMap(row -> number(row, "operationsPerSecond"))
                        .mapToDouble(speed -> speed / 1e6)
                        .max()
                        .orElseThrow();
        return Stream.concat(
                        marks(
                                byAllocator(rows),
                                word("allocator"),
                                word("workers"),
                                "operationsPerSecond",
                                it -> it / 1e6,
                                "million a second"),
                        workers.stream()
                                .map(number ->
                                        Mark.of(
                                                "ideal",
                                                "" + number.intValue(),
                                                best
                                                        * Math.min(number, cores)
                                                        / Math.min(fewest, cores),
                                                "million a second")))
                .toList();
    }

    /** In the order of the curves. */
    private static List<JsonObject> byAllocator(List<JsonObject> rows) {
        return rows.stream()
                .map(word("allocator"))
                .distinct()
                .flatMap(name -> rows.stream().filter(row -> word(row, "allocator").equals(name)))
                .toList();
    }

    @Test
    void everyExperimentHasItsCharts() throws Exception {
        List<JsonObject> lookup = rows("lookup --rounds=1");
        assertCharts(
                Map.of(
                        "lookup",
                        columns(
                                lookup,
                                word("pages"),
                                1,
                                "ns",
                                "searchOrderedNanos=search, in order",
                                "hashOrderedNanos=hash, in order",
                                "searchRandomNanos=search, at random",
                                "hashRandomNanos=hash, at random")));

        List<JsonObject> startup = rows("startup --rounds=1 --allocators=first-fit,slab");
        Map<String, List<Mark>> charts = new HashMap<>();
        Map.of("startup", "Nanos", "faults", "Faults")
                .forEach((chart, suffix) ->
                        charts.put(
                                chart,
                                columns(
                                        startup,
                                        word("allocator"),
                                        1,
                                        suffix.equals("Nanos") ? "ns" : "",
                                        "firstOpen" + suffix + "=first open",
                                        "open" + suffix + "=open again",
                                        "small" + suffix + "=serve small",
                                        "large" + suffix + "=serve large")));
        assertCharts(charts);
    }

    @Test
    void faultsAreShownByTheirOutcome() throws Exception {
        List<JsonObject> rows = rows("faults --allocators=first-fit,slab");
        Map<String, List<Mark>> byOutcome = new LinkedHashMap<>();
        for (JsonObject row : rows) {
            String allocator = word(row, "allocator");
            row.asMap()
                    .forEach((kind, outcome) -> {
                        if (!kind.equals("allocator")) {
                            String series = outcome.getAsString();
                            byOutcome
                                    .computeIfAbsent(series, _ -> new ArrayList<>())
                                    .add(
                                            new Mark(
                                                    (series + kind + allocator)
                                                            .replaceAll("\\s", "")));
                        }
                    });
        }
        assertCharts(
                Map.of("outcomes", byOutcome.values().stream().flatMap(List::stream).toList()));
        Paper.assertReadableInTheDarkAndOnPaper();
    }

    @Test
    @Tag("soak")
    void channelsHaveTheirCharts() throws Exception {
        List<JsonObject> rows = rows("channels --rounds=1 --workers=1");
        List<JsonObject> shared =
                rows.stream().filter(row -> !word(row, "workers").equals("0")).toList();
        assertCharts(
                Map.of(
                        "requests",
                        marks(
                                        shared,
                                        words(
                                                "%s of %s, clients: %s",
                                                "design", "members", "clients"),
                                        word("workers"),
                                        "requestsPerSecond",
                                        it -> it,
                                        "")
                                .toList(),
                        "shares",
                        columns(
                                rows,
                                words("%s %.1s %s:%s", "design", "members", "clients", "workers"),
                                100,
                                "%",
                                "workShare=work",
                                "handOverShare=hand-over",
                                "waitingShare=waiting")));
    }

    private static Function<JsonObject, String> words(String format, String... keys) {
        return row -> format.formatted(Arrays.stream(keys).map(key -> word(row, key)).toArray());
    }

    /** The rows of an experiment, which the table of its page has, too. */
    private static List<JsonObject> rows(String arguments) throws Exception {
        List<JsonObject> rows = objects(opened(arguments).get("rows"));
        assertTable(0, rows);
        return rows;
    }

    /**
     * Marks of some columns.
     *
     * @param names the key of each, an equals sign, and the name of its series
     */
    private static List<Mark> columns(
            List<JsonObject> rows,
            Function<JsonObject, String> place,
            double factor,
            String unit,
            String... names) {
        return Arrays.stream(names)
                .map(name -> name.split("=", 2))
                .flatMap(name -> marks(rows, _ -> name[1], place, name[0], it -> factor * it, unit))
                .toList();
    }
}
