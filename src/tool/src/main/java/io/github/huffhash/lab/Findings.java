package io.github.huffhash.lab;

import com.google.gson.JsonNull;
import io.github.huffhash.html.Page.Section;
import io.github.huffhash.report.Report;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What an experiment has found: one table as text, JSON or CSV.
 *
 * @param subject what was measured, for the first line
 * @param columns the columns
 * @param rows the rows
 * @param remarks lines below the table
 * @param <R> what a row is made from
 */
public record Findings<R>(String subject, Table<R> columns, List<R> rows, List<String> remarks)
        implements Report {
    @Override
    public List<String> text() {
        List<String> lines = new ArrayList<>(List.of(subject, ""));
        lines.addAll(columns.text(rows));
        lines.add("");
        lines.addAll(remarks);
        return lines;
    }

    @Override
    public String json() {
        return new Table<Findings<R>>()
                .with("workload", Findings::subject)
                .with("rows", _ -> columns.absentAs(JsonNull.INSTANCE).jsonArray(rows))
                .with("remarks", Findings::remarks)
                .json(this);
    }

    @Override
    public List<Section> sections() {
        return List.of(new Section(subject, String.join("; ", remarks), columns.html(rows)));
    }

    @Override
    public List<String> csv() {
        return columns.csv(rows);
    }
}
