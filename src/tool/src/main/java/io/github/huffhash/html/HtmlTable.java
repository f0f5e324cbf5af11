package io.github.huffhash.html;

import java.util.List;

/** A table of a page, which the page's script sorts and filters. */
public final class HtmlTable {
    private HtmlTable() {}

    /**
     * What stands over a column.
     *
     * @param key its name in JSON
     * @param title if it ends in a colon, it is also that of the next columns without one
     * @param isText whether it is aligned as text is
     */
    public record Heading(String key, String title, String unit, boolean isText) {
        private String style() {
            return isText ? " class=\"word\"" : "";
        }
    }

    /**
     * A value.
     *
     * @param value to sort by; empty if there is none
     * @param text what is shown
     */
    public record Cell(String value, String text) {
        private String attribute() {
            return " data-value=\"%s\"".formatted(Page.escaped(value));
        }
    }

    /** The table, for {@link Page.Section#table}. */
    public static String of(List<Heading> headings, List<List<Cell>> rows) {
        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        String over = "";
        for (Heading heading : headings) {
            String title = heading.title.isEmpty() ? over : heading.title;
            over = title.endsWith(":") ? title : "";
            html.append("<th data-key=\"%s\"%s>".formatted(heading.key, heading.style()))
                    .append(Page.escaped(title))
                    .append(title.isEmpty() ? "" : " ")
                    .append("<small>" + Page.escaped(heading.unit) + "</small></th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (List<Cell> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < headings.size(); i++) {
                Cell cell = row.get(i);
                html.append("<td")
                        .append(cell.value.equals(cell.text) ? "" : cell.attribute())
                        .append(headings.get(i).style() + ">")
                        .append(Page.escaped(cell.text) + "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>").toString();
    }
}
