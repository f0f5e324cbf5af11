package io.github.huffhash.report;

import io.github.huffhash.html.Page.Section;
import java.util.List;

/** What a command has found out, in each of its forms. */
public interface Report {
    /** Tables for people. */
    List<String> text();

    /** One object. */
    String json();

    /** A line with the names, then a line for each row; nothing of what is not one table. */
    default List<String> csv() {
        return List.of();
    }

    /** The parts of a page. */
    List<Section> sections();
}
