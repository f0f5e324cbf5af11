package io.github.huffhash.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The program. */
public final class Main {
    private static final Command SIGNATURE = new SignatureCommand();
    private static final List<Command> SUBCOMMANDS =
            List.of(
                    new CompressCommand(),
                    new DecompressCommand(),
                    new TestCommand(),
                    new ListCommand(),
                    new CompareCommand(),
                    new LabCommand());

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
        for (Command command : SUBCOMMANDS) {
            // a word is a subcommand only as the first argument; further on it is a file
            if (args.length > 0 && args[0].equals(command.name())) {
                return run(command, Arrays.copyOfRange(args, 1, args.length));
            }
        }
        return run(SIGNATURE, args);
    }

    private static int run(Command command, String[] args) {
        // no option is a date: without its converters, picocli starts in half the time
        System.setProperty("picocli.converters.excludes", "java[.].*");
        return new CommandLine(command.spec())
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Console::badArguments)
                .setExecutionStrategy(result -> execute(command, result))
                .execute(args);
    }

    private static int execute(Command command, ParseResult result) {
        Console console = Console.of(result);
        try (var output = new StandardOutput()) {
            if (result.isUsageHelpRequested()) {
                output.line(usage(command));
                return 0;
            }
            if (result.isVersionHelpRequested()) {
                output.line(version(Console.verbosity(result) > 0));
                return 0;
            }
            return command.run(result, console, output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed("", e);
        }
    }

    /** The usage of a command as text, without colours; of the signature: with all subcommands. */
    static String usage(Command command) {
        return (command.equals(SIGNATURE) ? wholeCommandLine() : new CommandLine(command.spec()))
                .getUsageMessage(Help.Ansi.OFF)
                .stripTrailing();
    }

    /** The command line with all subcommands. */
    static CommandLine wholeCommandLine() {
        CommandSpec spec = SIGNATURE.spec();
        for (Command command : SUBCOMMANDS) {
            spec.addSubcommand(command.name(), command.spec());
        }
        return new CommandLine(spec);
    }

    /** The version in the jar's manifest, and what it runs on. */
    private static String version(boolean withPlatform) {
        String version = Main.class.getPackage().getImplementationVersion();
        String program = "huffhash " + (version == null ? "(not from a jar)" : version);
        return withPlatform
                ? "%s%nJava %s (%s), %s %s, %s"
                        .formatted(
                                program,
                                System.getProperty("java.runtime.version"),
                                System.getProperty("java.vm.name"),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"))
                : program;
    }
}
