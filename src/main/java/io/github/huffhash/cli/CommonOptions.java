package io.github.huffhash.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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

    private CommonOptions() {}

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

    /** How often -v was given. */
    static int verbosity(ParseResult result) {
        return result.matchedOptionValue(VERBOSE, new boolean[0]).length;
    }
}
