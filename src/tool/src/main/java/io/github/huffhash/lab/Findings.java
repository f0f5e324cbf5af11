package io.github.huffhash.lab;

import com.google.gson.JsonNull;
import io.github.huffhash.html.Page.Section;
import io.github.huffhash.report.Report;
import io.github.huffhash.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment has found: one table as text, JSON or CSV.
 *
 * @param workload what was measured
 * @param subject the same in a sentence, for the first line
 * @param rounds of which the rows show the median, if they are numbers
 * @param columns the columns
 * @param rows the rows
 * @param remarks lines below the table
 * @param <R> what a row is made from
 */
public record Findings<R>(
        Workload workload,
        String subject,
        Optional<Integer> rounds,
        Table<R> columns,
        List<R> rows,
        List<String> remarks)
        implements Report {
    @Override
    public List<String> text() {
        List<String> lines = new ArrayList<>(List.of(heading(), ""));
        lines.addAll(columns.text(rows));
        lines.add("");
        lines.addAll(remarks);
        return lines;
    }

    @Override
    public String json() {
        return new Table<Findings<R>>()
                .with("workload", _ -> workload.label())
                .with("rounds", Findings::rounds)
                .with("cores", _ -> LabReport.CORES)
                .with("rows", _ -> columns.absentAs(JsonNull.INSTANCE).jsonArray(rows))
                .with("remarks", Findings::remarks)
                .json(this);
    }

    @Override
    public List<Section> sections() {
        return List.of(new Section(heading(), String.join("; ", remarks), columns.html(rows)));
    }

    private String heading() {
        return workload.label()
                + ": "
                + subject
                + rounds.map(count -> "; median of " + count).orElse("");
    }

    @Override
    public List<String> csv() {
        return columns.csv(rows);
    }
}
