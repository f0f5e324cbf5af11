package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.TemporaryFiles;
import io.github.huffhash.memory.HeapTooSmallException;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Messages on standard error, one line each. Every failure becomes such a line and an exit code
 * here.
 *
 * @param warnings whether to print warnings
 * @param summaries whether to print one line for each finished file
 * @param progress whether to show progress
 * @param stackTraces whether to print the stack traces of failures
 */
record Console(boolean warnings, boolean summaries, boolean progress, boolean stackTraces) {
    /** The exit code of a failure. */
    static final int FAILED = 1;

    /** 128 + SIGPIPE, as of a program that the signal ended. */
    static final int PIPE_CLOSED = 141;

    private static final String QUIET = "--quiet";
    private static final String UNITS = "kMGTPE";

    static void addTo(CommandSpec spec) {
        spec.addOption(CommonOptions.flag("Print errors only; never prompt.", "-q", QUIET));
        spec.addOption(CommonOptions.progress());
    }

    /** The console that the options ask for; a command without {@link #QUIET} has warnings. */
    static Console of(ParseResult result) {
        boolean warnings = !result.hasMatchedOption(QUIET);
        boolean terminal = Terminal.isStandardError();
        int verbosity = CommonOptions.verbosity(result);
        return new Console(
                warnings,
                warnings && (terminal || verbosity > 0),
                result.matchedOptionValue(CommonOptions.PROGRESS, warnings && terminal),
                verbosity > 1);
    }

    void warn(String message) {
        if (warnings) {
            print(message);
        }
    }

    /** Prints one line about a finished file. */
    void summarize(String file, String result) {
        if (summaries) {
            System.err.println(printable(label(file) + ": " + result));
        }
    }

    /** Prints the failure of one file; returns the exit code. */
    int failed(String file, Throwable failure) {
        return failed(label(file), failure, stackTraces);
    }

    /**
     * Prints the failure of a command, or of one of its files.
     *
     * @param file the file's name as the user gave it, or an empty string
     * @param stackTrace whether to print the stack trace too
     * @return the exit code
     */
    static int failed(String file, Throwable e, boolean stackTrace) {
        if (e instanceof StandardOutput.OutputException output && output.isClosedPipe()) {
            return PIPE_CLOSED;
        }
        String prefix = file.isEmpty() ? "" : file + ": ";
        print(
                switch (e) {
                    case FileFailure failure -> failure.file() + ": " + failure.reason();
                    case StandardOutput.OutputException output ->
                            "standard output: " + output.reason();
                    case UsageException usage -> usage.getMessage() + "; see huffhash --help";
                    case HeapTooSmallException small ->
                            prefix + small.getMessage() + "; see --heap-size";
                    case IOException io -> prefix + io.getMessage();
                    case OutOfMemoryError memory ->
                            prefix + "not enough memory: " + memory.getMessage();
                    default -> prefix + "this is a bug in huffhash: " + e;
                });
        if (stackTrace) {
            e.printStackTrace();
        }
        return FAILED;
    }

    /** For picocli: prints what is wrong with the arguments. */
    static int badArguments(ParameterException e, String[] args) {
        print(reason(e) + "; see huffhash --help");
        return FAILED;
    }

    private static String reason(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String argument = unmatched.getUnmatched().getFirst();
            return (argument.startsWith("-") ? "unknown option " : "unexpected argument ")
                    + argument;
        }
        return String.valueOf(e.getMessage());
    }

    /** Prints one line, whatever the message contains. */
    static void print(String message) {
        TemporaryFiles.holdIfEnding();
        System.err.println("huffhash: " + printable(message));
    }

    /**
     * {@code text} with control characters written as \n, \t or \x1b, so that it stays one harmless
     * line.
     */
    static String printable(String text) {
        if (text.codePoints().noneMatch(Character::isISOControl)) {
            return text;
        }
        var printable = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> printable.append("\\n");
                        case '\t' -> printable.append("\\t");
                        case '\r' -> printable.append("\\r");
                        default -> {
                            if (Character.isISOControl(c)) {
                                printable.append("\\x%02x".formatted(c));
                            } else {
                                printable.appendCodePoint(c);
                            }
                        }
                    }
                });
        return printable.toString();
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
