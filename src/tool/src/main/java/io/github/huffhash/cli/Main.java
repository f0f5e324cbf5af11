package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.Signals;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program. */
public final class Main {
    static final Command SIGNATURE = new SignatureCommand();
    private static final Command COMPRESS = new CompressCommand();
    private static final Command DECOMPRESS = new DecompressCommand();
    static final List<Command> SUBCOMMANDS =
            List.of(
                    COMPRESS,
                    DECOMPRESS,
                    new TestCommand(),
                    new ListCommand(),
                    new CompareCommand(),
                    new ExplainCommand(),
                    new LabCommand(),
                    new HzstdCommand(),
                    new HelpCommand());

    /** Options of one letter that have a value. */
    private static final String LETTERS_WITH_VALUE = "oBTpM";

    private Main() {}

    /**
     * Runs the program and ends the process: 0 if all went well, else 1; by SIGPIPE if the reader
     * of standard output hung up.
     */
    public static void main(String[] args) {
        Signals.endAtOnce();
        int exitCode = run(args);
        if (exitCode == Console.PIPE_CLOSED) {
            Signals.dieByClosedPipe();
        }
        if (exitCode != 0) { // else the end of this thread, the last one, is that of the process
            System.exit(exitCode);
        }
    }

    /** One run of the program within this process; returns its exit code. */
    static int run(String... args) {
        // a word is a subcommand only as the first argument; further on it is a file
        Optional<Command> named = args.length == 0 ? Optional.empty() : named(args[0]);
        if (named.isEmpty() && args.length > 0) {
            Optional<String> meant = HelpCommand.similar(args[0]);
            if (meant.isPresent() && !new File(args[0]).exists()) {
                return Console.noCommand(args[0], meant);
            }
        }
        String[] rest = named.isPresent() ? Arrays.copyOfRange(args, 1, args.length) : args;
        Command command = named.orElse(SIGNATURE);
        Command chosen =
                List.of(SIGNATURE, COMPRESS, DECOMPRESS).contains(command)
                        ? chosen(command, rest)
                        : command;
        CommandSpec spec = chosen.spec();
        if (command.equals(COMPRESS) && chosen.equals(DECOMPRESS)) {
            addIgnored(spec, command.spec());
        }
        return run(chosen, spec, rest);
    }

    /** The subcommand of this name. */
    static Optional<Command> named(String name) {
        return SUBCOMMANDS.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    /** Adds options that mean nothing: tar appends -d to the words that compress. */
    private static void addIgnored(CommandSpec spec, CommandSpec other) {
        for (OptionSpec option : other.options()) {
            if (Stream.of(option.names()).noneMatch(spec.optionsMap()::containsKey)) {
                spec.addOption(OptionSpec.builder(option).hidden(true).build());
            }
        }
    }

    /** What the last -d or -z says, which may stand among other letters. */
    private static Command chosen(Command otherwise, String[] args) {
        Command chosen = otherwise;
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            boolean letters = args[i].startsWith("-") && !args[i].startsWith("--");
            for (int at = 1; letters && at < args[i].length(); at++) {
                char letter = args[i].charAt(at);
                if (letter == 'd') {
                    chosen = DECOMPRESS;
                } else if (letter == 'z') {
                    chosen = COMPRESS;
                } else if (LETTERS_WITH_VALUE.indexOf(letter) >= 0) {
                    break;
                }
            }
        }
        return chosen;
    }

    private static int run(Command command, CommandSpec spec, String[] args) {
        // no option is a date: without its converters, picocli starts in half the time
        System.setProperty("picocli.converters.excludes", "java[.].*");
        return new CommandLine(spec)
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
            refuseOptionsAmongFiles(result);
            return command.run(result, console, output);
        } catch (IOException | RuntimeException | Error e) {
            return console.failed("", e);
        }
    }

    /** Refuses what looks like an option, but which picocli takes for a number, and so a file. */
    private static void refuseOptionsAmongFiles(ParseResult result) {
        List<String> words =
                result.matchedPositionals().stream()
                        .distinct()
                        .flatMap(each -> each.stringValues().stream())
                        .toList();
        List<String> all = result.originalArgs();
        int end = all.indexOf("--");
        int after = end < 0 ? 0 : all.size() - end - 1;
        for (String word : words.subList(0, Math.max(0, words.size() - after))) {
            if (word.startsWith("-") && !word.equals(Input.STANDARD_INPUT)) {
                throw new UsageException("unknown option " + word);
            }
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

    /** The version in the jar's manifest. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "huffhash " + (version == null ? "(not from a jar)" : version);
    }

    /** The same, and what it runs on. */
    private static String version(boolean withPlatform) {
        String program = version();
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
