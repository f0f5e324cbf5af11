package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command: its options, its help, and what it does.
 *
 * <p>picocli's model is made by hand: to read it from annotations takes picocli longer than most
 * runs of this program take altogether.
 */
abstract class Command {
    static final String PROGRESS = "--progress";
    static final String QUIET = "--quiet";
    static final String VERBOSE = "-v";

    /** Arguments that do not go together, or make no sense. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** The word that calls it. */
    abstract String name();

    /** Its options and its help. */
    abstract CommandSpec spec();

    /**
     * Does it; returns the exit code.
     *
     * @throws IOException if it fails for more than one of several inputs
     */
    abstract int run(ParseResult result, Console console, StandardOutput output) throws IOException;

    /** A command without options. Its texts have no variables: looking for them takes time. */
    CommandSpec newSpec() {
        return CommandSpec.create().name(name()).interpolateVariables(false);
    }

    /** The words that call it. */
    static String program(CommandSpec spec) {
        return switch (spec.name()) {
            case SignatureCommand.NAME, HzstdCommand.NAME -> spec.name();
            default -> SignatureCommand.NAME + " " + spec.name();
        };
    }

    /** Adds what zstd's users and tar type: -d, -z and a level. */
    static void addHabits(CommandSpec spec) {
        addLevels(spec);
        addHidden(spec, "-d");
        addHidden(spec, "-z");
    }

    /** Adds zstd's levels, all as one option: -19 is -1 and -9. */
    static void addLevels(CommandSpec spec) {
        addHidden(spec, IntStream.rangeClosed(0, 9).mapToObj(n -> "-" + n).toArray(String[]::new));
    }

    /** Adds an option without a value that the help does not show. */
    static void addHidden(CommandSpec spec, String... names) {
        spec.addOption(OptionSpec.builder(names).type(boolean.class).hidden(true).build());
    }

    /** Says that there is one level, to those who ask. */
    static void remarkOnLevel(ParseResult result) {
        if (result.hasMatchedOption("-1") && Console.verbosity(result) > 0) {
            Console.error("there is one level, which -1 to -19 all mean");
        }
    }

    /** Adds the options of every command, and the help. */
    static void complete(CommandSpec spec, String header, List<String> synopsis, String... footer) {
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("Show this help and exit.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description(
                                "Print the version and exit; with -v also the JVM and the system.")
                        .build());
        spec.addOption(
                OptionSpec.builder(VERBOSE, "--verbose")
                        .type(boolean[].class)
                        .arity("0")
                        .description("Say more; -vv: stack traces of failures.")
                        .build());
        spec.usageMessage()
                .width(100)
                .sortOptions(false)
                .optionListHeading("%n")
                .header(header)
                .customSynopsis(synopsis.toArray(String[]::new))
                .footerHeading("%n")
                .footer(footer);
    }

    /** The same for a command that reads compressed files, or writes them. */
    static void completeForFiles(CommandSpec spec, String header, String... footer) {
        spec.addOption(flag("Print errors only; never prompt.", "-q", QUIET));
        spec.addOption(progress());
        spec.addPositional(inputs());
        complete(spec, header, List.of(program(spec) + " [OPTIONS] [FILE...]"), footer);
    }

    /**
     * An option that may have a value, if it is attached by {@code =}: what follows is a file.
     *
     * @param otherwise the value that it has without one
     */
    static OptionSpec.Builder attached(String otherwise, String... names) {
        return OptionSpec.builder(names)
                .arity("0..1")
                .preprocessor((arguments, _, _, details) -> {
                    if (!"=".equals(details.get("separator"))) {
                        arguments.push(otherwise);
                    }
                    return false;
                });
    }

    /** An option without a value. */
    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).description(description).build();
    }

    /** An option whose value is a number. */
    static OptionSpec number(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(int.class)
                .converters(value -> (int) Numbers.parse(value, Integer.MAX_VALUE))
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option whose value is a text. */
    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option whose value is a number of bytes. */
    static OptionSpec size(String description, String... names) {
        return OptionSpec.builder(names)
                .type(Long.class)
                .converters(Numbers::parseSize)
                .paramLabel("SIZE")
                .description(description)
                .build();
    }

    /** An option without a value that can be taken back with "no-" before its name. */
    static OptionSpec negatable(String description, String name) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .negatable(true)
                .description(description)
                .build();
    }

    /** Whether progress is shown. */
    static OptionSpec progress() {
        return negatable("Show progress, or never; by default on a terminal.", PROGRESS);
    }

    /** The files that are read. */
    static PositionalParamSpec inputs() {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("What to read; -: standard input.")
                .build();
    }

    /** The one file that is read. */
    static PositionalParamSpec input(String description) {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description(description)
                .build();
    }

    /** The files to read; if none is named, standard input, unless that is a terminal. */
    List<String> files(ParseResult result) throws FileFailure {
        return files(result, List.of(Input.STANDARD_INPUT));
    }

    /**
     * The files to read.
     *
     * @param otherwise what they are if none is named
     */
    List<String> files(ParseResult result, List<String> otherwise) throws FileFailure {
        Optional<List<String>> listed = FileOptions.listed(result);
        List<String> files = new ArrayList<>(listed.orElse(List.of()));
        files.addAll(result.matchedPositionalValue(0, listed.isPresent() ? List.of() : otherwise));
        if (files.isEmpty() && listed.isEmpty()) {
            throw new UsageException(
                    "no FILE; usage: " + synopsis(result) + ", - is standard input");
        }
        if (files.contains(Input.STANDARD_INPUT) && Terminal.isStandardInput()) {
            throw new UsageException("standard input is a terminal; usage: " + synopsis(result));
        }
        return files;
    }

    private static String synopsis(ParseResult result) {
        return result.commandSpec().usageMessage().customSynopsis()[0].replaceFirst("  .*", "");
    }

    /**
     * Which of these options is the last, by shortest names; the first of them if there is none.
     */
    static String last(ParseResult result, String... options) {
        return result.matchedOptions().stream()
                .map(OptionSpec::shortestName)
                .filter(List.of(options)::contains)
                .reduce(options[0], (_, last) -> last);
    }

    /** The value of an option that is a number or a size, which must be within bounds. */
    static long bounded(ParseResult result, String option, long usual, long least, long most) {
        long value = result.<Number>matchedOptionValue(option, usual).longValue();
        if (value < least || value > most) {
            throw new UsageException(
                    "%s must be from %d to %d, not %d".formatted(option, least, most, value));
        }
        return value;
    }

    /** The values of an option that is a list, each of them once. */
    static <T> List<T> list(
            ParseResult result, String option, String usual, Function<String, T> parser) {
        return Arrays.stream(result.matchedOptionValue(option, usual).split(",", -1))
                .map(parser)
                .distinct()
                .toList();
    }
}
