package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the commands that read or write compressed files have in common. */
final class FileCommand {
    private FileCommand() {}

    /** What a command does. */
    @FunctionalInterface
    interface Body {
        /** Runs with these files; returns the exit code. */
        int run(List<String> files, Console console, StandardOutput output) throws IOException;
    }

    /** Adds the options of every such command, and its help. */
    static void complete(CommandSpec spec, String header, String... footer) {
        Console.addTo(spec);
        CommonOptions.addTo(spec);
        spec.addPositional(CommonOptions.inputs());
        spec.usageMessage()
                .width(100)
                .sortOptions(false)
                .optionListHeading("%n")
                .header(header)
                .customSynopsis("huffhash " + spec.name() + " [OPTIONS] [FILE...]")
                .footerHeading("%n")
                .footer(footer);
    }

    /** Runs a command; returns its exit code. */
    static int run(ParseResult result, Body body) {
        try (var output = new StandardOutput()) {
            List<String> files = result.matchedPositionalValue(0, List.of(Input.STANDARD_INPUT));
            if (files.contains(Input.STANDARD_INPUT) && Terminal.isStandardInput()) {
                System.err.println(Main.usage(result.commandSpec().commandLine()));
                return Console.FAILED;
            }
            return body.run(files, Console.of(result), output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Console.failed("", e, CommonOptions.verbosity(result) > 1);
        }
    }
}
