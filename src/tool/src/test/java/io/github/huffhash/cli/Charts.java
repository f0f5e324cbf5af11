package io.github.huffhash.cli;

import static io.github.huffhash.cli.Browser.listed;
import static io.github.huffhash.cli.Browser.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.huffhash.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Charts and tables of the open page, against what they should show. */
final class Charts {
    /** So many marks of a chart are pointed at, evenly spread. */
    private static final int MOST = 8;

    /**
     * Notes what stands for a value: bars, dots, and the knots of a tree; not those of the legend.
     */
    private static final String MARKS =
            """
            const chart = document.getElementById(arguments[0]);
            const grid = echarts.getInstanceByDom(chart).getOption().grid;
            const top = chart.getBoundingClientRect().top + (grid ? grid[0].top - 6 : 20);
            window.marks = [...chart.querySelectorAll('svg path')].filter(path =>
                path.getBoundingClientRect().bottom > top && (path.getAttribute('d').startsWith('M1 0A')
                    || COLORS.includes(path.getAttribute('fill')) && /Z$/i.test(path.getAttribute('d'))));
            return marks.length;
            """;

    /**
     * The middle of a mark, and those that are or may be seen there; empty for a bar of nearly
     * nothing.
     */
    private static final String MIDDLE =
            """
            const mark = marks[arguments[0]];
            mark.scrollIntoView({block: 'center'});
            const box = mark.getBoundingClientRect();
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const isThere = each => Math.max(each.left - x, x - each.right, each.top - y, y - each.bottom) <= 3;
            return [x, y, ...Math.min(box.width, box.height) >= 1
                ? [...marks.keys()].filter(each => isThere(marks[each].getBoundingClientRect())) : []];
            """;

    private static final String TOOLTIP =
            "return document.getElementById(arguments[0]).lastElementChild.innerText";

    private static final String COLUMN =
            """
            const table = document.querySelectorAll('table')[arguments[0]];
            const at = [...table.querySelectorAll('th')].findIndex(th => th.dataset.key === arguments[1]);
            return [...table.tBodies[0].rows].map(({cells}) => cells[at].dataset.value ?? cells[at].textContent);
            """;

    private Charts() {}

    /** What the tooltip of a mark shows, without white space: series, place, value and unit. */
    record Mark(String text) {
        static Mark of(String series, String place, double value, String unit) {
            return new Mark((series + place + shown(value) + unit).replaceAll("\\s", ""));
        }

        /** A value as a page rounds it. */
        private static String shown(double value) {
            String fixed = String.format(Locale.ROOT, "%,.3f", value);
            return fixed.replaceFirst("[.]?0+$", "");
        }
    }

    /**
     * Marks of the rows that have a value.
     *
     * @param series the name of a row's series
     * @param place where its mark stands
     * @param scale from the value to what is shown
     */
    static Stream<Mark> marks(
            List<JsonObject> rows,
            Function<JsonObject, String> series,
            Function<JsonObject, String> place,
            String key,
            DoubleUnaryOperator scale,
            String unit) {
        return rows.stream()
                .flatMap(row ->
                        number(row, key)
                                .map(scale::applyAsDouble)
                                .map(it -> Mark.of(series.apply(row), place.apply(row), it, unit)));
    }

    /**
     * The page has these charts and no other, and each has these marks, in the order of drawing.
     */
    static void assertCharts(Map<String, List<Mark>> expected) {
        List<?> charts =
                listed(
                        "return [...document.querySelectorAll('.chart svg[width]')]"
                                + ".map(each => each.closest('.chart').id)");
        assertThat(charts.stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        new TreeMap<>(expected).forEach(Charts::assertMarks);
    }

    private static void assertMarks(String chart, List<Mark> expected) {
        assertThat(script(MARKS, chart)).as(chart).isEqualTo((long) expected.size());
        int pointedAt = 0;
        for (int i = 0; i < expected.size(); i += Math.ceilDiv(expected.size(), MOST)) {
            List<?> middle = listed(MIDDLE, i);
            List<String> seen =
                    middle.stream()
                            .skip(2)
                            .map(each -> expected.get(((Number) each).intValue()).text)
                            .toList();
            if (!seen.isEmpty()) {
                Waiting.until(
                        "%s, mark %d has a tooltip of %s".formatted(chart, i, seen),
                        () -> {
                            pointAt(middle.get(0), middle.get(1));
                            return seen.contains(tooltip(chart));
                        });
                pointedAt++;
            }
        }
        assertThat(pointedAt).as(chart).isPositive();
    }

    private static void pointAt(Object x, Object y) {
        Browser.command("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** Without white space. */
    private static String tooltip(String chart) {
        return script(TOOLTIP, chart).toString().replaceAll("\\s", "");
    }

    /** The values of a column of one of the page's tables. */
    static List<String> column(int table, String key) {
        return listed(COLUMN, table, key).stream().map(String::valueOf).toList();
    }

    /** Each column of a table has the values of these objects. */
    static void assertTable(int table, List<JsonObject> rows) {
        List<?> keys =
                listed(
                        "return [...document.querySelectorAll('table')[arguments[0]]"
                                + ".querySelectorAll('th')].map(each => each.dataset.key)",
                        table);
        assertThat(keys).isNotEmpty();
        for (Object key : keys) {
            List<String> values =
                    rows.stream()
                            .map(row -> found(row, key.toString()))
                            .map(it -> it.map(JsonElement::getAsString).orElse(""))
                            .toList();
            assertThat(rows.toString()).as("JSON").contains("\"" + key + "\":");
            assertThat(column(table, key.toString()))
                    .as("table %d, column %s", table, key)
                    .isEqualTo(values);
        }
    }

    /** A value of the object or of one inside it. */
    private static Optional<JsonElement> found(JsonObject object, String key) {
        if (object.has(key) && object.get(key).isJsonPrimitive()) {
            return Optional.of(object.get(key));
        }
        return object.asMap().values().stream()
                .filter(JsonElement::isJsonObject)
                .flatMap(inner -> found(inner.getAsJsonObject(), key).stream())
                .findFirst();
    }

    static List<JsonObject> objects(JsonElement array) {
        List<JsonObject> objects = new ArrayList<>();
        array.getAsJsonArray().forEach(each -> objects.add(each.getAsJsonObject()));
        return objects;
    }

    /** A number, unless it is absent. */
    static Stream<Double> number(JsonObject object, String key) {
        return found(object, key).map(JsonElement::getAsDouble).stream();
    }

    static String word(JsonObject object, String key) {
        return found(object, key).orElseThrow().getAsString();
    }

    /** Its value, of any row. */
    static Function<JsonObject, String> word(String key) {
        return row -> word(row, key);
    }
}
