package io.github.huffhash.cli;

import picocli.CommandLine.Option;

/** What every command has. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(names = "-v", description = "Say more; -vv: stack traces of failures.")
    private boolean[] verbosity = {};

    /** How often -v was given. */
    int verbosity() {
        return verbosity.length;
    }
}
