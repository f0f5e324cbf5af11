package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the commands that read compressed files, or write them, have in common. */
final class FileCommand {
    private FileCommand() {}

    /**
     * What a command does.
     *
     * @see #run
     */
    @FunctionalInterface
    interface Body {
        /** Does it with these files; returns the exit code. */
        int run(List<String> files, Reporting reporting, StandardOutput output) throws IOException;
    }

    /** Adds what every such command has, and its help. */
    static void complete(CommandSpec spec, String header, String... footer) {
        Reporting.addTo(spec);
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
                return Failures.FAILED;
            }
            return body.run(files, Reporting.of(result), output);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Failures.report("", e, CommonOptions.verbosity(result) > 1);
        }
    }
}
