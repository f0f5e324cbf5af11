package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where outputs go, and what happens to the files that are there.
 *
 * @param output the name of the only output
 * @param standardOutput whether all go to standard output
 * @param directory where they go, if not beside the inputs
 * @param recursive whether directories stand for the files in them
 * @param force whether files that are there are overwritten, and terminals written to
 * @param remove whether inputs are removed
 * @param sync whether outputs are to be on disk
 * @param sparse whether outputs have holes where their content is zeros
 */
record FileOptions(
        Optional<String> output,
        boolean standardOutput,
        Optional<String> directory,
        boolean recursive,
        boolean force,
        boolean remove,
        boolean sync,
        boolean sparse) {
    static final String OUTPUT = "-o";
    private static final String STDOUT = "--stdout";

    private static final String RECURSIVE = "-r";
    private static final String KEEP = "--keep";
    private static final String REMOVE = "--rm";
    private static final String FORCE = "--force";
    private static final String SYNC = "--sync";
    private static final String SPARSE = "--sparse";
    private static final String DIRECTORY = "--output-dir-flat";
    private static final List<String> STANDARD_OUTPUTS = List.of("-", "/dev/stdout");

    static void addTo(CommandSpec spec) {
        spec.addOption(
                Command.text("FILE", "Write to FILE; there is only one input then.", OUTPUT));
        spec.addOption(Command.flag("Write to standard output; keep the inputs.", "-c", STDOUT));
        spec.addOption(Command.flag("Keep the inputs (default).", "-k", KEEP));
        spec.addOption(
                Command.flag(
                        "Remove each input once its output is on disk; the last of -k and --rm"
                                + " counts.",
                        REMOVE));
        spec.addOption(
                Command.flag("Overwrite files that are there; write to a terminal.", "-f", FORCE));
        spec.addOption(Command.flag("Return only when outputs are on disk.", SYNC));
        addRecursive(spec);
        spec.addOption(Command.text("DIR", "Write all outputs into DIR.", DIRECTORY));
    }

    static void addRecursive(CommandSpec spec) {
        spec.addOption(Command.flag("Take the files in directories.", RECURSIVE));
    }

    static void addSparse(CommandSpec spec) {
        spec.addOption(
                Command.negatable(
                        "Leave holes in files for runs of zeros (default), or write them.",
                        SPARSE));
    }

    static boolean isRecursive(ParseResult result) {
        return result.hasMatchedOption(RECURSIVE);
    }

    static FileOptions of(ParseResult result) {
        Optional<String> output = value(result, OUTPUT);
        Optional<String> directory = value(result, DIRECTORY);
        boolean standardOutput = result.hasMatchedOption(STDOUT);
        if ((output.isPresent() ? 1 : 0)
                        + (directory.isPresent() ? 1 : 0)
                        + (standardOutput ? 1 : 0)
                > 1) {
            throw new UsageException("choose one of -o, -c and " + DIRECTORY);
        }
        return new FileOptions(
                output,
                standardOutput || output.filter(STANDARD_OUTPUTS::contains).isPresent(),
                directory,
                isRecursive(result),
                result.hasMatchedOption(FORCE),
                removes(result),
                result.hasMatchedOption(SYNC),
                result.matchedOptionValue(SPARSE, true));
    }

    private static Optional<String> value(ParseResult result, String option) {
        Optional<String> value = Optional.ofNullable(result.matchedOptionValue(option, null));
        if (value.filter(String::isEmpty).isPresent()) {
            throw new UsageException(option + " needs a name");
        }
        return value;
    }

    private static boolean removes(ParseResult result) {
        if (!result.hasMatchedOption(KEEP)) {
            return result.hasMatchedOption(REMOVE);
        }
        boolean removes = false;
        for (String argument : result.originalArgs()) {
            if (argument.equals("--")) {
                break;
            }
            if (argument.equals(REMOVE)) {
                removes = true;
            } else if (argument.equals(KEEP) || mayBeKeep(argument)) {
                removes = false;
            }
        }
        return removes;
    }

    /** Whether there is a k among letters that may be options. */
    private static boolean mayBeKeep(String argument) {
        int end = argument.indexOf('-', 1);
        String letters = argument.substring(0, end < 0 ? argument.length() : end);
        return letters.startsWith("-") && letters.contains("k");
    }
}
