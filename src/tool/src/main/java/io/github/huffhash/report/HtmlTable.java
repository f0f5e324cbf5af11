package io.github.huffhash.report;

import com.google.gson.JsonElement;
import io.github.huffhash.html.Page;
import java.util.List;

/** A table of a page, which the page's script sorts and filters. */
final class HtmlTable {
    private HtmlTable() {}

    /** The table, for {@link Page.Section#table}, with these columns. */
    static <R> String of(List<Column<R>> columns, List<? extends R> rows) {
        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        String over = "";
        for (Column<R> column : columns) {
            String title = column.title().isEmpty() ? over : column.title();
            over = title.endsWith(":") ? title : ""; // also of the next columns without one
            html.append("<th data-key=\"%s\"%s>".formatted(column.key(), style(column)))
                    .append(Page.escaped(title))
                    .append(title.isEmpty() ? "" : " ")
                    .append("<small>" + Page.escaped(column.unit()) + "</small></th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (R row : rows) {
            html.append("<tr>");
            columns.forEach(column -> html.append(cell(column, row)));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>").toString();
    }

    /** A figure as text shows it, with the value of JSON to sort by. */
    private static <R> String cell(Column<R> column, R row) {
        String shown = column.cell(row);
        String text = column.isText() ? shown.stripTrailing() : shown.strip();
        String value = column.element(row).map(HtmlTable::withoutQuotes).orElse("");
        String attribute =
                value.equals(text) ? "" : " data-value=\"%s\"".formatted(Page.escaped(value));
        return "<td" + attribute + style(column) + ">" + Page.escaped(text) + "</td>";
    }

    private static String style(Column<?> column) {
        return column.isText() ? " class=\"word\"" : "";
    }

    private static String withoutQuotes(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
