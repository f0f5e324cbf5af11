package io.github.huffhash.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private static final Set<String> SUBCOMMANDS = Set.of("compare");
    private static final List<String> HELP = List.of("-h", "--help");

    private Main() {}

    /**
     * Runs the program and ends the process: 0 if all went well, else 1; 141 if standard output was
     * closed.
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file
        boolean whole = args.length > 0 && SUBCOMMANDS.contains(args[0]);
        boolean help = Arrays.stream(args).anyMatch(HELP::contains);
        return new CommandLine(whole || help ? new HuffhashCommand() : new SignatureCommand())
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::badArguments)
                .execute(args);
    }
}
