package io.github.huffhash.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The program. */
public final class Main {
    private static final Command SIGNATURE =
            new Command(SignatureCommand.NAME, SignatureCommand::spec, SignatureCommand::run);

    private static final List<Command> SUBCOMMANDS =
            List.of(
                    new Command(CompressCommand.NAME, CompressCommand::spec, CompressCommand::run),
                    new Command(
                            DecompressCommand.NAME,
                            DecompressCommand::spec,
                            DecompressCommand::run),
                    new Command(TestCommand.NAME, TestCommand::spec, TestCommand::run),
                    new Command(ListCommand.NAME, ListCommand::spec, ListCommand::run),
                    new Command(CompareCommand.NAME, CompareCommand::spec, CompareCommand::run),
                    new Command(LabCommand.NAME, LabCommand::spec, LabCommand::run));

    private Main() {}

    /**
     * A command.
     *
     * @param name its name
     * @param spec makes its options
     * @param run runs it; returns the exit code
     */
    private record Command(
            String name, Supplier<CommandSpec> spec, ToIntFunction<ParseResult> run) {}

    /**
     * Runs the program and ends the process: with 0 on success, else 1; with 141 if standard output
     * was closed.
     */
    public static void main(String[] args) {
        int exitCode = run(args);
        if (exitCode != 0) { // else the end of this thread, the last one, is that of the process
            System.exit(exitCode);
        }
    }

    /** One run of the program within this process; returns its exit code. */
    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file
        Optional<Command> subcommand =
                SUBCOMMANDS.stream()
                        .filter(command -> args.length > 0 && command.name().equals(args[0]))
                        .findFirst();
        return subcommand.isPresent()
                ? run(subcommand.get(), Arrays.copyOfRange(args, 1, args.length))
                : run(SIGNATURE, args);
    }

    /** The command line with all subcommands, for its usage: to make it takes time. */
    static CommandLine wholeCommandLine() {
        CommandSpec spec = SIGNATURE.spec().get();
        SUBCOMMANDS.forEach(command -> spec.addSubcommand(command.name(), command.spec().get()));
        return new CommandLine(spec);
    }

    private static int run(Command command, String[] args) {
        // no option is a date: without its converters, picocli starts in half the time
        System.setProperty("picocli.converters.excludes", "java[.].*");
        return new CommandLine(command.spec().get())
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Console::badArguments)
                .setExecutionStrategy(result -> execute(result, command))
                .execute(args);
    }

    private static int execute(ParseResult result, Command command) {
        if (result.isUsageHelpRequested()) {
            boolean whole = command.equals(SIGNATURE);
            return print(
                    result, usage(whole ? wholeCommandLine() : result.commandSpec().commandLine()));
        }
        return result.isVersionHelpRequested()
                ? print(result, version(CommonOptions.verbosity(result) > 0))
                : command.run().applyAsInt(result);
    }

    /** The usage as text, without colours. */
    static String usage(CommandLine commandLine) {
        return commandLine.getUsageMessage(Help.Ansi.OFF).stripTrailing();
    }

    /** The program's name and the version in its jar's manifest; also the JVM and the system. */
    private static String version(boolean platform) {
        String version = Main.class.getPackage().getImplementationVersion();
        String program = "huffhash " + (version == null ? "(not from a jar)" : version);
        return platform
                ? "%s\nJava %s (%s), %s %s, %s"
                        .formatted(
                                program,
                                System.getProperty("java.runtime.version"),
                                System.getProperty("java.vm.name"),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"))
                : program;
    }

    private static int print(ParseResult result, String text) {
        try (var output = new StandardOutput()) {
            output.line(text);
            output.flush();
            return 0;
        } catch (IOException e) {
            return Console.failed("", e, CommonOptions.verbosity(result) > 1);
        }
    }
}
