package io.github.huffhash.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.huffhash.html.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose columns are defined once and rendered as text for people, and as JSON or CSV for
 * programs. Tables do not change: each method that adds something returns another table.
 *
 * @param <R> what a row is made from
 */
public final class Table<R> {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,\"\r\n]");
    private static final Pattern CONVERSION = Pattern.compile("%(-?),?([0-9]*)[^a-z]*[a-z]");

    /**
     * A column.
     *
     * @param key its name in JSON and CSV
     * @param title the first line of its heading in text
     * @param unit the second line, below it
     * @param format how text shows a figure, such as {@code %,9.1f}
     * @param value the value for JSON and CSV
     * @param figure the figure for text
     */
    private record Column<R>(
            String key,
            String title,
            String unit,
            String format,
            Function<? super R, ?> value,
            Function<? super R, ?> figure) {
        <S> Column<S> on(Function<S, R> part) {
            return new Column<>(
                    key, title, unit, format, value.compose(part), figure.compose(part));
        }

        Column<R> absentAs(Object substitute) {
            return new Column<>(
                    key,
                    title,
                    unit,
                    format,
                    row ->
                            value.apply(row) instanceof Optional<?> it
                                    ? it.isPresent() ? it.get() : substitute
                                    : value.apply(row),
                    figure);
        }

        String heading() {
            return title + unit;
        }

        /** How a page shows it. */
        String align() {
            return format.contains("-") ? " class=\"word\"" : "";
        }

        /** A text, padded as the figures are. */
        String padded(String text) {
            String words = CONVERSION.matcher(format).replaceFirst("%$1$2s");
            return String.format(Locale.ROOT, words, text);
        }

        String cell(R row) {
            Object shown = figure.apply(row);
            Object present = shown instanceof Optional<?> it ? it.orElse(null) : shown;
            return present == null ? padded("-") : String.format(Locale.ROOT, format, present);
        }
    }

    private final List<Column<R>> columns;

    /** A table without columns. */
    public Table() {
        this(List.of());
    }

    private Table(List<Column<R>> columns) {
        this.columns = columns;
    }

    private Table<R> with(Column<R> column) {
        return new Table<>(Stream.concat(columns.stream(), Stream.of(column)).toList());
    }

    /**
     * Adds a column.
     *
     * @param key its name in JSON and CSV
     * @param value a number, a string, a record, a list of these, or an {@code Optional}: text
     *     shows a dash for an empty one, JSON and CSV leave it out
     */
    public Table<R> with(String key, Function<? super R, ?> value) {
        return with(new Column<>(key, "", "", "%s", value, value));
    }

    /**
     * Gives the last column a heading and a format for text.
     *
     * @param title the first line of the heading
     * @param unit the second line of the heading
     * @param format how a value is shown, such as {@code %,9d}
     */
    public Table<R> shown(String title, String unit, String format) {
        return shown(title, unit, format, columns.getLast().value);
    }

    /** The same where text shows another figure than the value, perhaps in another unit. */
    public Table<R> shown(String title, String unit, String format, Function<? super R, ?> figure) {
        Column<R> last = columns.getLast();
        return new Table<>(columns.subList(0, columns.size() - 1))
                .with(new Column<>(last.key, title, unit, format, last.value, figure));
    }

    /** The same where text shows the value in a larger or smaller unit. */
    public Table<R> shown(String title, String unit, String format, double factor) {
        Function<? super R, ?> value = columns.getLast().value;
        boolean whole = format.endsWith("d");
        return shown(title, unit, format, row -> scaled(value.apply(row), factor, whole));
    }

    private static Object scaled(Object value, double factor, boolean whole) {
        if (value instanceof Optional<?> optional) {
            return optional.map(present -> scaled(present, factor, whole));
        }
        double scaled = ((Number) value).doubleValue() * factor;
        return whole ? (Object) (long) scaled : (Object) scaled;
    }

    /** The same table whose text has figures only in rows to which they apply, else dashes. */
    public Table<R> shownIf(Predicate<? super R> applies) {
        return new Table<>(
                columns.stream()
                        .map(column ->
                                new Column<R>(
                                        column.key,
                                        column.title,
                                        column.unit,
                                        column.format,
                                        column.value,
                                        row ->
                                                applies.test(row)
                                                        ? column.figure.apply(row)
                                                        : Optional.empty()))
                        .toList());
    }

    /** Adds the columns of another table. */
    public Table<R> with(Table<R> other) {
        return new Table<>(Stream.concat(columns.stream(), other.columns.stream()).toList());
    }

    /** These columns for rows that contain the rows of this table. */
    public <S> Table<S> on(Function<S, R> part) {
        return new Table<>(columns.stream().map(column -> column.on(part)).toList());
    }

    /** The same table with this value in JSON and CSV where a value is absent. */
    public Table<R> absentAs(Object substitute) {
        return new Table<>(columns.stream().map(column -> column.absentAs(substitute)).toList());
    }

    /** The names of the columns in JSON and CSV. */
    public List<String> keys() {
        return columns.stream().map(Column::key).toList();
    }

    /** The columns with these keys, in that order. */
    public Table<R> select(String... keys) {
        return new Table<>(Arrays.stream(keys).map(this::column).toList());
    }

    private Column<R> column(String key) {
        return columns.stream()
                .filter(column -> column.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + key));
    }

    /** The heading, of one line or two, and a line for each row. */
    public List<String> text(List<? extends R> rows) {
        List<String> lines = new ArrayList<>(heading());
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    /** The titles, and below them the units if there are any. */
    public List<String> heading() {
        String units = joined(column -> column.padded(column.unit));
        String titles = joined(column -> column.padded(column.title));
        return units.isEmpty() ? List.of(titles) : List.of(titles, units);
    }

    /** One row as text. */
    public String line(R row) {
        return joined(column -> column.cell(row));
    }

    private String joined(Function<Column<R>, String> cell) {
        return columns.stream().map(cell).collect(Collectors.joining(" ")).stripTrailing();
    }

    /** One row as a JSON object on one line. */
    public String json(R row) {
        return Json.GSON.toJson(jsonObject(row));
    }

    /** One row as a value of another table. */
    public JsonObject jsonObject(R row) {
        var object = new JsonObject();
        for (Column<R> column : columns) {
            element(column.value.apply(row)).ifPresent(value -> object.add(column.key, value));
        }
        return object;
    }

    /** Some rows as a value of another table. */
    public JsonArray jsonArray(List<? extends R> rows) {
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
    public List<String> csv(List<? extends R> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::key).collect(Collectors.joining(",")));
        for (R row : rows) {
            lines.add(
                    columns.stream()
                            .map(column -> quoted(column.value.apply(row)))
                            .collect(Collectors.joining(",")));
        }
        return lines;
    }

    private static String quoted(Object value) {
        String text =
                value instanceof Optional<?> it
                        ? it.map(String::valueOf).orElse("")
                        : value instanceof JsonNull ? "" : String.valueOf(value);
        return NEEDS_QUOTES.matcher(text).find() ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    /**
     * A table for a page: its figures as text shows them, with the values of JSON to sort by.
     * Columns that text does not have are left out.
     */
    public String html(List<? extends R> rows) {
        List<Column<R>> shown =
                columns.stream().filter(column -> !column.heading().isEmpty()).toList();
        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (Column<R> column : shown) {
            html.append("<th data-key=\"%s\"%s>".formatted(column.key, column.align()))
                    .append(Page.escaped(column.title))
                    .append(column.title.isEmpty() ? "" : " ")
                    .append("<small>" + Page.escaped(column.unit) + "</small></th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (R row : rows) {
            html.append("<tr>");
            for (Column<R> column : shown) {
                String value = element(column.value.apply(row)).map(Json::text).orElse("");
                html.append("<td data-value=\"%s\"".formatted(Page.escaped(value)))
                        .append(column.align() + ">")
                        .append(Page.escaped(column.cell(row).stripTrailing()) + "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>").toString();
    }

    /** Apart from the rest, because most runs print no JSON. */
    private static final class Json {
        static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

        /** A value without quotes. */
        static String text(JsonElement value) {
            return value.isJsonPrimitive() ? value.getAsString() : value.toString();
        }
    }
}
