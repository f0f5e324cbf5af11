package io.github.huffhash.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The program. */
public final class Main {
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
        return commandLine(args.length > 0 && args[0].equals(CompareCommand.NAME)).execute(args);
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
        return Optional.ofNullable(result.subcommand())
                .map(Main::executeCompare)
                .orElseGet(() -> executeSignature(result));
    }

    private static int executeSignature(ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return print(result, usage(commandLine(true)));
        }
        return result.isVersionHelpRequested()
                ? print(result, version(result))
                : new SignatureCommand(result).run();
    }

    private static int executeCompare(ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return print(result, usage(result.commandSpec().commandLine()));
        }
        return result.isVersionHelpRequested()
                ? print(result, version(result))
                : new CompareCommand(result).run();
    }

    /** The usage as text, without colours. */
    static String usage(CommandLine commandLine) {
        return commandLine.getUsageMessage(Help.Ansi.OFF).stripTrailing();
    }

    private static String version(ParseResult result) {
        return Version.program()
                + (CommonOptions.verbosity(result) > 0 ? "\n" + Version.platform() : "");
    }

    private static int print(ParseResult result, String text) {
        try (var output = new StandardOutput()) {
            output.line(text);
            output.flush();
            return 0;
        } catch (IOException e) {
            return Failures.report("", e, CommonOptions.verbosity(result) > 1);
        }
    }
}
