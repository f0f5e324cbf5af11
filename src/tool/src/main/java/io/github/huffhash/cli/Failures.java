package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.TemporaryFiles;
import io.github.huffhash.memory.HeapTooSmallException;
import java.io.IOException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on standard error and an exit code. */
final class Failures {
    static final int FAILED = 1;

    /** 128 + SIGPIPE, as of a program that the signal ended. */
    static final int PIPE_CLOSED = 141;

    private Failures() {}

    /** For picocli: arguments it could not make sense of. */
    static int badArguments(ParameterException e, String[] args) {
        report(reason(e) + "; see huffhash --help");
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

    /**
     * Reports the failure of one command, or of one of its files.
     *
     * @param file the file's name as the user gave it, or an empty string
     * @param verbose whether to add the stack trace
     * @return the exit code
     */
    static int report(String file, Throwable e, boolean verbose) {
        if (e instanceof StandardOutput.OutputException output && output.isClosedPipe()) {
            return PIPE_CLOSED;
        }
        String prefix = file.isEmpty() ? "" : file + ": ";
        report(
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
        if (verbose) {
            e.printStackTrace();
        }
        return FAILED;
    }

    /** One line on standard error, whatever the message contains. */
    static void report(String message) {
        TemporaryFiles.holdIfEnding();
        System.err.println("huffhash: " + Names.printable(message));
    }
}
