package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Decodes files and checks them, without writing anything. */
final class TestCommand {
    static final String NAME = "test";

    private TestCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        EngineOptions.addWorkersTo(spec);
        FileOptions.addRecursive(spec);
        FileCommand.complete(
                spec,
                "Decodes files and checks them, without writing anything.",
                "Exit status: 0 if all of them are whole, or 1.",
                "",
                "Examples:",
                "  huffhash test file.bin.zst && echo good",
                "  huffhash test -v -r backups");
        return spec;
    }

    static int run(ParseResult result) {
        return FileCommand.run(
                result,
                (files, reporting, _) ->
                        test(
                                InputNames.of(
                                        files,
                                        result.hasMatchedOption(FileOptions.RECURSIVE),
                                        Naming.DECOMPRESSED::takes,
                                        reporting),
                                new DecompressRun(EngineOptions.workers(result)),
                                reporting));
    }

    private static int test(InputNames inputs, Coding coding, Reporting reporting) {
        int exitCode = inputs.exitCode();
        for (String file : inputs.names()) {
            try {
                test(file, coding, reporting);
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = reporting.failed(file, e);
            }
        }
        return exitCode;
    }

    private static void test(String file, Coding coding, Reporting reporting) throws IOException {
        try (Input input = Input.open(file)) {
            Coding.Counts counts;
            try (var _ = Progress.start(reporting.progress(), input::position, input.expected())) {
                counts = coding.over(input, OutputStream.nullOutputStream());
            }
            reporting.summarize(file, Reporting.size(counts.out()) + ", whole");
        }
    }
}
