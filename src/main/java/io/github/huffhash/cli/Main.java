package io.github.huffhash.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The program. */
public final class Main {
    private static final List<String> HELP = List.of("-h", "--help");

    private Main() {}

    /**
     * Runs the program and ends the process: 0 if all went well, else 1; 141 if standard output was
     * closed.
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** One run of the program within this process; returns its exit code. */
    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file
        boolean whole =
                (args.length > 0 && args[0].equals(CompareCommand.NAME))
                        || Arrays.stream(args).anyMatch(HELP::contains);
        return commandLine(whole).execute(args);
    }

    /**
     * The command line.
     *
     * @param whole whether with subcommands
     */
    static CommandLine commandLine(boolean whole) {
        CommandSpec spec = SignatureCommand.spec();
        if (whole) {
            spec.addSubcommand(CompareCommand.NAME, CompareCommand.spec());
        }
        return new CommandLine(spec)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::badArguments)
                .setExecutionStrategy(Main::execute);
    }

    private static int execute(ParseResult result) {
        Integer helped = CommandLine.executeHelpRequest(result);
        if (helped != null) {
            return helped;
        }
        return Optional.ofNullable(result.subcommand())
                .map(compare -> new CompareCommand(compare).run())
                .orElseGet(() -> new SignatureCommand(result).run());
    }
}
