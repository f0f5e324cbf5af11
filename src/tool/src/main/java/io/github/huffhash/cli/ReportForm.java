package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.io.Input;
import io.github.huffhash.report.Report;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** The form in which a report is printed. */
enum ReportForm {
    TEXT,
    JSON,
    CSV;

    static final String JSON_OPTION = "--json";
    static final String CSV_OPTION = "--csv";

    static ReportForm of(ParseResult result) {
        boolean csv = result.hasMatchedOption(CSV_OPTION);
        if (!result.hasMatchedOption(JSON_OPTION)) {
            return csv ? CSV : TEXT;
        }
        if (csv) {
            throw new UsageException("choose one of " + JSON_OPTION + " and " + CSV_OPTION);
        }
        return JSON;
    }

    /** Prints a report in this form. */
    void print(Report report, StandardOutput output) throws IOException {
        List<String> lines =
                switch (this) {
                    case TEXT -> report.text().stream().map(Console::printable).toList();
                    case JSON -> List.of(report.json());
                    case CSV -> report.csv();
                };
        for (String line : lines) {
            output.line(line);
        }
    }

    /**
     * The exit code of those that compare signatures.
     *
     * @param input what they are of
     * @param who disagrees, if any do
     */
    static int exitCode(boolean agree, Input input, String who, StandardOutput output)
            throws IOException {
        if (agree) {
            return 0;
        }
        output.flush();
        Console.error(
                input.hasChanged()
                        ? input.name() + ": changed while it was read: the signatures differ"
                        : "%s: the %s disagree about the signature; this is a bug in huffhash"
                                .formatted(input.name(), who));
        return Console.FAILED;
    }
}
