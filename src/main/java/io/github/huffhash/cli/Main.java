package io.github.huffhash.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    /**
     * A subcommand.
     *
     * @param name the word it is called by
     * @param spec makes its command line, which takes time
     * @param run runs it and returns the exit code
     */
    private record Subcommand(
            String name, Supplier<CommandSpec> spec, ToIntFunction<ParseResult> run) {}

    private static final List<Subcommand> SUBCOMMANDS =
            List.of(
                    new Subcommand(
                            CompressCommand.NAME, CompressCommand::spec, CompressCommand::run),
                    new Subcommand(
                            DecompressCommand.NAME,
                            DecompressCommand::spec,
                            DecompressCommand::run),
                    new Subcommand(TestCommand.NAME, TestCommand::spec, TestCommand::run),
                    new Subcommand(ListCommand.NAME, ListCommand::spec, ListCommand::run),
                    new Subcommand(
                            CompareCommand.NAME,
                            CompareCommand::spec,
                            result -> new CompareCommand(result).run()),
                    new Subcommand(
                            LabCommand.NAME,
                            LabCommand::spec,
                            result -> new LabCommand(result).run()));

    /** One run of the program within this process; returns its exit code. */
    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file
        return commandLine(subcommand -> args.length > 0 && subcommand.name().equals(args[0]))
                .execute(args);
    }

    /** The command line with all subcommands. */
    static CommandLine wholeCommandLine() {
        return commandLine(_ -> true);
    }

    private static CommandLine commandLine(Predicate<Subcommand> with) {
        CommandSpec spec = SignatureCommand.spec();
        SUBCOMMANDS.stream()
                .filter(with)
                .forEach(subcommand ->
                        spec.addSubcommand(subcommand.name(), subcommand.spec().get()));
        return new CommandLine(spec)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::badArguments)
                .setExecutionStrategy(Main::execute);
    }

    private static int execute(ParseResult result) {
        return Optional.ofNullable(result.subcommand())
                .map(Main::executeSubcommand)
                .orElseGet(() -> executeSignature(result));
    }

    private static int executeSignature(ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return print(result, usage(wholeCommandLine()));
        }
        return result.isVersionHelpRequested()
                ? print(result, version(result))
                : new SignatureCommand(result).run();
    }

    private static int executeSubcommand(ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return print(result, usage(result.commandSpec().commandLine()));
        }
        if (result.isVersionHelpRequested()) {
            return print(result, version(result));
        }
        return SUBCOMMANDS.stream()
                .filter(subcommand -> subcommand.name().equals(result.commandSpec().name()))
                .findFirst()
                .orElseThrow()
                .run()
                .applyAsInt(result);
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
