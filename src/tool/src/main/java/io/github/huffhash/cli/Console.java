package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.TemporaryFiles;
import io.github.huffhash.memory.HeapExhaustedException;
import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.report.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What is said on standard error, and the exit code of what has failed.
 *
 * @param program the words that call the command, such as huffhash compress
 * @param warnings whether to say what was not done, though nothing failed, and to ask
 * @param summaries whether to say what came out, a line for each file
 * @param progress whether to show how far the work is
 * @param besideOutput whether to do these two for content that goes to standard output as well
 * @param stackTraces whether failures come with theirs
 * @param lines takes what is said, a line at a time, or a failure with its stack trace
 */
record Console(
        String program,
        boolean warnings,
        boolean summaries,
        boolean progress,
        boolean besideOutput,
        boolean stackTraces,
        Consumer<String> lines) {
    static final int FAILED = 1;

    /** 128 + SIGPIPE, as of a program that the signal ended. */
    static final int PIPE_CLOSED = 141;

    private static final String UNITS = "kMGTPE";

    static Console of(ParseResult result) {
        boolean warnings = !result.hasMatchedOption(Command.QUIET);
        boolean terminal = Terminal.isStandardError();
        int verbosity = verbosity(result);
        return new Console(
                Command.program(result.commandSpec()),
                warnings,
                warnings && (terminal || verbosity > 0),
                result.matchedOptionValue(
                        Command.PROGRESS, warnings && terminal && !Terminal.isDumb()),
                !HzstdCommand.isOf(result) // as zstd does it
                        || verbosity > 0
                        || result.hasMatchedOption(Command.PROGRESS),
                verbosity > 1,
                Console::print);
    }

    /** Whether to show progress while standard output is written to: not in the midst of that. */
    boolean progressBesideOutput() {
        return progress && besideOutput && !Terminal.isStandardOutput();
    }

    /** One that says the same to another, and shows no progress. */
    Console to(Consumer<String> lines) {
        return new Console(program, warnings, summaries, false, besideOutput, stackTraces, lines);
    }

    /** How often -v was given. */
    static int verbosity(ParseResult result) {
        return result.matchedOptionValue(Command.VERBOSE, new boolean[0]).length;
    }

    /** For picocli: arguments it could not make sense of. */
    static int badArguments(ParameterException e, String[] args) {
        error(reason(e) + help(Command.program(e.getCommandLine().getCommandSpec())));
        return FAILED;
    }

    /** There is no such command, and no file of that name. */
    static int noCommand(String word, Optional<String> meant) {
        error(
                "there is no command or file '%s'%s"
                        .formatted(
                                word,
                                meant.map(name -> "; did you mean huffhash " + name + "?")
                                        .orElse(help(SignatureCommand.NAME))));
        return FAILED;
    }

    private static String help(String program) {
        return "; see " + program + " --help";
    }

    private static String reason(ParameterException e) {
        List<String> unknown = e.getCommandLine().getUnmatchedArguments();
        if (!unknown.isEmpty()) {
            String argument = unknown.getFirst();
            return (argument.startsWith("-") ? "unknown option " : "unexpected argument ")
                    + argument;
        }
        if (e instanceof MissingParameterException missing
                && missing.getMissing().getFirst() instanceof OptionSpec option) {
            return String.join("/", option.names()) + " needs a value: " + option.paramLabel();
        }
        return String.valueOf(e.getMessage());
    }

    /** One line on standard error, whatever the message contains. */
    static void error(String message) {
        print(line(message));
    }

    private static void print(String line) {
        TemporaryFiles.holdIfEnding();
        System.err.println(line);
    }

    private static String line(String message) {
        return "huffhash: " + printable(message);
    }

    void warn(String message) {
        if (warnings) {
            lines.accept(line(message));
        }
    }

    /** One line on what became of a file. */
    void summarize(String file, String result) {
        if (summaries) {
            lines.accept(printable(Input.label(file) + ": " + result));
        }
    }

    /**
     * Reports the failure of a command, or of one of its files.
     *
     * @param file the file's name, or an empty string
     * @return the exit code
     */
    int failed(String file, Throwable failure) {
        if (isClosedPipe(failure)) {
            return PIPE_CLOSED;
        }
        String prefix = file.isEmpty() ? "" : file + ": ";
        String message =
                switch (failure) {
                    case FileFailure named -> named.file() + ": " + named.reason();
                    case StandardOutput.OutputException output ->
                            "standard output: " + output.reason();
                    case UsageException usage -> usage.getMessage() + help(program);
                    case HeapTooSmallException small ->
                            prefix + small.getMessage() + "; see --heap-size";
                    case HeapExhaustedException exhausted ->
                            prefix + exhausted.getMessage() + "; without --unbounded, it waits";
                    case IOException io -> prefix + io.getMessage();
                    case OutOfMemoryError memory ->
                            prefix + "not enough memory: " + memory.getMessage();
                    case LinkageError broken ->
                            prefix + "the program is incomplete or damaged: " + broken;
                    default -> prefix + "this is a bug in huffhash: " + failure;
                };
        lines.accept(line(message) + (stackTraces ? "\n" + stackTrace(failure) : ""));
        return FAILED;
    }

    /** Whether the reader of an output has hung up, which is no error to report. */
    private static boolean isClosedPipe(Throwable failure) {
        String reason =
                switch (failure) {
                    case FileFailure named -> named.reason();
                    case StandardOutput.OutputException output -> output.reason();
                    default -> "";
                };
        return reason.equals("Broken pipe");
    }

    private static String stackTrace(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString()
                .lines()
                .map(line ->
                        line.startsWith("\t")
                                ? "\t" + printable(line.substring(1))
                                : printable(line))
                .collect(Collectors.joining("\n"));
    }

    /**
     * {@code text} with control characters written as \n, \t or \x1b, so that it stays one harmless
     * line.
     */
    static String printable(String text) {
        return text.codePoints().mapToObj(Console::printable).collect(Collectors.joining());
    }

    private static String printable(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> Character.isISOControl(c) ? "\\x%02x".formatted(c) : Character.toString(c);
        };
    }

    /** 999 bytes, 1.0 kB, 12.3 MB. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return Format.count(bytes, "byte");
        }
        double number = bytes / 1e3;
        int unit = 0;
        while (number >= 999.95) { // which would be written as 1000.0
            number /= 1e3;
            unit++;
        }
        return Format.line("%.1f %cB", number, UNITS.charAt(unit));
    }
}
