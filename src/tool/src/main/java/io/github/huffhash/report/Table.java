package io.github.huffhash.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table whose columns are defined once and rendered as text for people, and as JSON or CSV for
 * programs.
 *
 * @param columns from left to right
 * @param <R> what a row is made from
 */
public record Table<R>(List<Column<R>> columns) {
    /** Copies the list. */
    public Table {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param key its name in JSON and CSV
     * @param title the first line of its heading in text
     * @param unit the second line, below it
     * @param format how a cell of text is padded, such as {@code %9s}
     * @param value the value for JSON and CSV: a number, a string, a record or a list of these; an
     *     empty {@code Optional} is left out
     * @param text the text of a cell
     */
    public record Column<R>(
            String key,
            String title,
            String unit,
            String format,
            Function<R, ?> value,
            Function<R, String> text) {
        /** A column without a heading, whose text is its value. */
        public static <R> Column<R> of(String key, Function<R, ?> value) {
            return new Column<>(key, "", "", "%s", value, row -> String.valueOf(value.apply(row)));
        }

        /** A column of text tables alone. */
        public static <R> Column<R> ofText(Function<R, String> text) {
            return of("", text);
        }

        /** The same column with a heading, and a format for heading and cells. */
        public Column<R> headed(String title, String unit, String format) {
            return new Column<>(key, title, unit, format, value, text);
        }

        /** The same column with another text for each value. */
        public Column<R> shownAs(Function<R, String> text) {
            return new Column<>(key, title, unit, format, value, text);
        }

        /** The same column of a row that contains the row of this one. */
        public <S> Column<S> compose(Function<S, R> part) {
            return new Column<>(key, title, unit, format, value.compose(part), text.compose(part));
        }
    }

    /** Some columns of this table, in the order of the keys. */
    public Table<R> select(String... keys) {
        return new Table<>(Arrays.stream(keys).map(this::column).toList());
    }

    /** The column with this key. */
    public Column<R> column(String key) {
        return columns.stream()
                .filter(column -> column.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + key));
    }

    /** The heading, of one line or two, and a line for each row. */
    public List<String> text(List<R> rows) {
        List<String> lines = new ArrayList<>(heading());
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    /** The titles, and below them the units if there are any. */
    public List<String> heading() {
        String titles = line(Column::title);
        String units = line(Column::unit);
        return units.isEmpty() ? List.of(titles) : List.of(titles, units);
    }

    /** One row as text. */
    public String line(R row) {
        return line(column -> column.text().apply(row));
    }

    private String line(Function<Column<R>, String> cell) {
        return columns.stream()
                .map(column -> String.format(Locale.ROOT, column.format(), cell.apply(column)))
                .collect(Collectors.joining(" "))
                .stripTrailing();
    }

    /** One row as a JSON object on one line. */
    public String json(R row) {
        return Json.GSON.toJson(jsonObject(row));
    }

    /** One row as part of a larger JSON document. */
    public JsonObject jsonObject(R row) {
        var object = new JsonObject();
        for (Column<R> column : columns) {
            element(column.value().apply(row))
                    .ifPresent(element -> object.add(column.key(), element));
        }
        return object;
    }

    /** Some rows as part of a larger JSON document. */
    public JsonArray jsonArray(List<R> rows) {
        var array = new JsonArray();
        rows.forEach(row -> array.add(jsonObject(row)));
        return array;
    }

    private static Optional<JsonElement> element(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Json.GSON::toJsonTree)
                : Optional.of(Json.GSON.toJsonTree(value));
    }

    /** A line with the keys, and a line for each row, quoted as in RFC 4180. */
    public List<String> csv(List<R> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::key).collect(Collectors.joining(",")));
        for (R row : rows) {
            lines.add(
                    columns.stream()
                            .map(column -> quoted(String.valueOf(column.value().apply(row))))
                            .collect(Collectors.joining(",")));
        }
        return lines;
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"")
                ? "\"" + value.replace("\"", "\"\"") + "\""
                : value;
    }

    /** Loaded for JSON alone. */
    private static final class Json {
        static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    }
}
