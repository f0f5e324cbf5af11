package io.github.huffhash.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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

    private final List<Column<R>> columns;

    /** A table without columns. */
    public Table() {
        this(List.of());
    }

    private Table(List<Column<R>> columns) {
        this.columns = columns;
    }

    /**
     * Adds a column.
     *
     * @param key its name in JSON and CSV
     * @param value a number, a string, a record, a list of these, or an {@code Optional}: text
     *     shows a dash for an empty one and for NaN, JSON and CSV leave it out
     */
    public Table<R> with(String key, Function<? super R, ?> value) {
        return with(new Table<>(List.of(new Column<>(key, "", "", "%s", value, value))));
    }

    /**
     * Gives the last column a heading and a format for text and pages, which leave out columns
     * without a heading.
     *
     * @param title the first line of the heading
     * @param unit the second line of the heading
     * @param format how a value is shown, such as {@code %,9d}
     */
    public Table<R> shown(String title, String unit, String format) {
        return shown(title, unit, format, columns.getLast().value());
    }

    /** The same where text shows another figure than the value, perhaps in another unit. */
    public Table<R> shown(String title, String unit, String format, Function<? super R, ?> figure) {
        Column<R> last = columns.getLast();
        var shown = new Column<>(last.key(), title, unit, format, last.value(), figure);
        return new Table<>(columns.subList(0, columns.size() - 1))
                .with(new Table<>(List.of(shown)));
    }

    /**
     * The same where text shows the value in a larger or smaller unit; {@code %9s} shows it as
     * {@link Format#decimal} does.
     */
    public Table<R> shown(String title, String unit, String format, double factor) {
        Function<? super R, ?> value = columns.getLast().value();
        Function<Double, Object> rounded =
                switch (format.charAt(format.length() - 1)) {
                    case 'd' -> Double::longValue;
                    case 's' -> Format::decimal;
                    default -> figure -> figure;
                };
        return shown(
                title,
                unit,
                format,
                row ->
                        Column.present(value.apply(row))
                                .map(it -> factor * ((Number) it).doubleValue())
                                .map(rounded));
    }

    /** The same table whose text has figures only in rows to which they apply, else dashes. */
    public Table<R> shownIf(Predicate<? super R> applies) {
        return each(column -> column.with(column.value(), onlyIf(applies, column.figure())));
    }

    /** The same table, of numbers, whose text has dashes for zeros. */
    public Table<R> zerosAsDashes() {
        return each(column ->
                column.with(
                        column.value(),
                        row ->
                                Column.present(column.figure().apply(row))
                                        .filter(it -> ((Number) it).doubleValue() != 0)));
    }

    /** The same table whose values are absent from rows to which they do not apply. */
    public Table<R> presentIf(Predicate<? super R> applies) {
        return each(column ->
                column.with(onlyIf(applies, column.value()), onlyIf(applies, column.figure())));
    }

    private static <R> Function<R, Object> onlyIf(
            Predicate<? super R> applies, Function<? super R, ?> value) {
        return row -> applies.test(row) ? value.apply(row) : Optional.empty();
    }

    private <S> Table<S> each(Function<Column<R>, Column<S>> change) {
        return new Table<>(columns.stream().map(change).toList());
    }

    /** Adds the columns of another table. */
    public Table<R> with(Table<R> other) {
        return new Table<>(Stream.concat(columns.stream(), other.columns.stream()).toList());
    }

    /** Adds columns for each of some values. */
    public <V> Table<R> withEach(Iterable<V> values, BiFunction<Table<R>, V, Table<R>> with) {
        Table<R> table = this;
        for (V value : values) {
            table = with.apply(table, value);
        }
        return table;
    }

    /** These columns for rows that contain the rows of this table. */
    public <S> Table<S> on(Function<S, R> part) {
        return each(
                column -> column.with(column.value().compose(part), column.figure().compose(part)));
    }

    /** The same table with this value in JSON and CSV where a value is absent. */
    public Table<R> absentAs(Object substitute) {
        return each(column ->
                column.with(
                        row -> Column.present(column.value().apply(row)).orElse(substitute),
                        column.figure()));
    }

    /** The columns with these keys, in that order. */
    public Table<R> select(String... keys) {
        return new Table<>(Arrays.stream(keys).map(this::column).toList());
    }

    private Column<R> column(String key) {
        return columns.stream()
                .filter(column -> column.key().equals(key))
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
        String units = line(column -> column.padded(column.unit()));
        String titles = line(column -> column.padded(column.title()));
        return units.isEmpty() ? List.of(titles) : List.of(titles, units);
    }

    /** One row as text. */
    public String line(R row) {
        return line(column -> column.cell(row));
    }

    private String line(Function<Column<R>, String> cell) {
        return shown().map(cell).collect(Collectors.joining(" ")).stripTrailing();
    }

    private Stream<Column<R>> shown() {
        return columns.stream().filter(Column::isShown);
    }

    /** One row as a JSON object on one line. */
    public String json(R row) {
        return Json.GSON.toJson(jsonObject(row));
    }

    /** One row as a value of another table. */
    public JsonObject jsonObject(R row) {
        var object = new JsonObject();
        for (Column<R> column : columns) {
            column.element(row).ifPresent(value -> object.add(column.key(), value));
        }
        return object;
    }

    /** Some rows as a value of another table. */
    public JsonArray jsonArray(List<? extends R> rows) {
        var array = new JsonArray();
        rows.forEach(row -> array.add(jsonObject(row)));
        return array;
    }

    /** A line with the keys, and a line for each row, quoted as in RFC 4180. */
    public List<String> csv(List<? extends R> rows) {
        List<String> lines = new ArrayList<>(List.of(values(Column::key)));
        rows.forEach(row -> lines.add(values(column -> quoted(column.value().apply(row)))));
        return lines;
    }

    private String values(Function<Column<R>, String> value) {
        return columns.stream().map(value).collect(Collectors.joining(","));
    }

    private static String quoted(Object value) {
        String text =
                Column.present(value)
                        .filter(it -> !it.equals(JsonNull.INSTANCE))
                        .orElse("")
                        .toString();
        return NEEDS_QUOTES.matcher(text).find() ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    /** A table for a page: its figures as text shows them, with the values of JSON to sort by. */
    public String html(List<? extends R> rows) {
        return HtmlTable.of(shown().toList(), rows);
    }

    /** Apart from the rest, because most runs print no JSON. */
    static final class Json {
        static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    }
}
