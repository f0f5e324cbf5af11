package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What is said on standard error, besides failures.
 *
 * @param warnings whether to say what was not done, though nothing failed
 * @param summaries whether to say what came out, a line for each file
 * @param progress whether to show how far the work is
 * @param stackTraces whether failures come with theirs
 */
record Reporting(boolean warnings, boolean summaries, boolean progress, boolean stackTraces) {
    private static final String QUIET = "--quiet";
    private static final String UNITS = "kMGTPE";

    static void addTo(CommandSpec spec) {
        spec.addOption(
                CommonOptions.flag("Say nothing but what has failed; do not ask.", "-q", QUIET));
        spec.addOption(CommonOptions.progress());
    }

    static Reporting of(ParseResult result) {
        boolean warnings = !result.hasMatchedOption(QUIET);
        boolean terminal = Terminal.isStandardError();
        int verbosity = CommonOptions.verbosity(result);
        return new Reporting(
                warnings,
                warnings && (terminal || verbosity > 0),
                result.matchedOptionValue(CommonOptions.PROGRESS, warnings && terminal),
                verbosity > 1);
    }

    void warn(String message) {
        if (warnings) {
            Failures.report(message);
        }
    }

    /** One line on what became of a file. */
    void summarize(String file, String result) {
        if (summaries) {
            System.err.println(Names.printable(label(file) + ": " + result));
        }
    }

    /** Reports the failure of one file; returns the exit code. */
    int failed(String file, Throwable failure) {
        return Failures.report(label(file), failure, stackTraces);
    }

    /** A file's name in messages. */
    static String label(String file) {
        return file.equals(Input.STANDARD_INPUT) ? "standard input" : file;
    }

    /** 999 bytes, 1.0 kB, 12.3 MB. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double number = bytes / 1e3;
        int unit = 0;
        while (number >= 999.95) { // which would be written as 1000.0
            number /= 1e3;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", number, UNITS.charAt(unit));
    }
}
