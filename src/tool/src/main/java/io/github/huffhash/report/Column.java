package io.github.huffhash.report;

import com.google.gson.JsonElement;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A column of a {@link Table}.
 *
 * @param key its name in JSON and CSV
 * @param title the first line of its heading in text
 * @param unit the second line, below it
 * @param format how text shows a figure, such as {@code %,9.1f}
 * @param value the value for JSON and CSV
 * @param figure the figure for text
 */
record Column<R>(
        String key,
        String title,
        String unit,
        String format,
        Function<? super R, ?> value,
        Function<? super R, ?> figure) {
    private static final Pattern CONVERSION = Pattern.compile("%(-?),?([0-9]*)[^a-z]*[a-z]");

    /** The same with other functions. */
    <S> Column<S> with(Function<? super S, ?> newValue, Function<? super S, ?> newFigure) {
        return new Column<>(key, title, unit, format, newValue, newFigure);
    }

    /** A text, padded as the figures are. */
    String padded(String text) {
        return Format.line(CONVERSION.matcher(format).replaceFirst("%$1$2s"), text);
    }

    /** Whether text and pages have it. */
    boolean isShown() {
        return !(title + unit).isEmpty();
    }

    /** Whether it is aligned as text is. */
    boolean isText() {
        return format.contains("-");
    }

    String cell(R row) {
        return present(figure.apply(row))
                .map(it -> Format.line(format, it))
                .orElseGet(() -> padded("-"));
    }

    /** As JSON, unless it is absent. */
    Optional<JsonElement> element(R row) {
        return present(value.apply(row)).map(Table.Json.GSON::toJsonTree);
    }

    /** A value, unless it is an empty {@code Optional} or NaN. */
    static Optional<Object> present(Object value) {
        return switch (value) {
            case Optional<?> it -> it.flatMap(Column::present);
            case Double it when it.isNaN() -> Optional.empty();
            case OptionalDouble it -> it.stream().<Object>mapToObj(figure -> figure).findFirst();
            default -> Optional.of(value);
        };
    }
}
