package io.github.huffhash.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToIntFunction;
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
        int exitCode = run(args);
        if (exitCode != 0) { // else the end of this thread, the last one, is that of the process
            System.exit(exitCode);
        }
    }

    /** One run of the program within this process; returns its exit code. */
    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file. No table of
        // functions, as it takes the JVM a millisecond to link them all
        return switch (args.length == 0 ? "" : args[0]) {
            case CompressCommand.NAME ->
                    runSubcommand(CompressCommand.spec(), CompressCommand::run, args);
            case DecompressCommand.NAME ->
                    runSubcommand(DecompressCommand.spec(), DecompressCommand::run, args);
            case TestCommand.NAME -> runSubcommand(TestCommand.spec(), TestCommand::run, args);
            case ListCommand.NAME -> runSubcommand(ListCommand.spec(), ListCommand::run, args);
            case CompareCommand.NAME ->
                    runSubcommand(
                            CompareCommand.spec(),
                            result -> new CompareCommand(result).run(),
                            args);
            case LabCommand.NAME ->
                    runSubcommand(LabCommand.spec(), result -> new LabCommand(result).run(), args);
            default ->
                    run(
                            SignatureCommand.spec(),
                            result -> new SignatureCommand(result).run(),
                            args);
        };
    }

    /** The command line with all subcommands, for its usage: to make it takes time. */
    static CommandLine wholeCommandLine() {
        return new CommandLine(
                SignatureCommand.spec()
                        .addSubcommand(CompressCommand.NAME, CompressCommand.spec())
                        .addSubcommand(DecompressCommand.NAME, DecompressCommand.spec())
                        .addSubcommand(TestCommand.NAME, TestCommand.spec())
                        .addSubcommand(ListCommand.NAME, ListCommand.spec())
                        .addSubcommand(CompareCommand.NAME, CompareCommand.spec())
                        .addSubcommand(LabCommand.NAME, LabCommand.spec()));
    }

    private static int runSubcommand(
            CommandSpec spec, ToIntFunction<ParseResult> command, String[] args) {
        return run(spec, command, Arrays.copyOfRange(args, 1, args.length));
    }

    private static int run(CommandSpec spec, ToIntFunction<ParseResult> command, String[] args) {
        // no option is a date: without its converters, picocli starts in half the time
        System.setProperty("picocli.converters.excludes", "java[.].*");
        return new CommandLine(spec)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::badArguments)
                .setExecutionStrategy(result -> execute(result, command))
                .execute(args);
    }

    private static int execute(ParseResult result, ToIntFunction<ParseResult> command) {
        if (result.isUsageHelpRequested()) {
            CommandLine commandLine = result.commandSpec().commandLine();
            boolean whole = commandLine.getCommandName().equals(SignatureCommand.NAME);
            return print(result, usage(whole ? wholeCommandLine() : commandLine));
        }
        return result.isVersionHelpRequested()
                ? print(result, version(result))
                : command.applyAsInt(result);
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
