package io.github.huffhash.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of every command.
 *
 * <p>Here and in the other commands picocli's model is made by hand: to read it from annotations
 * takes picocli longer than most runs of this program take altogether.
 */
final class CommonOptions {
    private static final String HELP = "--help";
    private static final String VERBOSE = "-v";

    static final String PROGRESS = "--progress";

    private CommonOptions() {}

    /** A command without options. Its texts have no variables: looking for them takes time. */
    static CommandSpec command(String name) {
        return CommandSpec.create().name(name).interpolateVariables(false);
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-h", HELP)
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
                OptionSpec.builder(VERBOSE)
                        .type(boolean[].class)
                        .arity("0")
                        .description("Say more; -vv: stack traces of failures.")
                        .build());
    }

    /** An option without a value. */
    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).description(description).build();
    }

    /** An option whose value is a number. */
    static OptionSpec number(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(int.class)
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
                .description("What to read; - or none: standard input.")
                .build();
    }

    /** How often -v was given. */
    static int verbosity(ParseResult result) {
        return result.matchedOptionValue(VERBOSE, new boolean[0]).length;
    }
}
