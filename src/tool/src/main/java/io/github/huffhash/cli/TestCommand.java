package io.github.huffhash.cli;

import io.github.huffhash.cli.FileTask.Coding;
import io.github.huffhash.cli.OutputTarget.Naming;
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
        RunOptions.addWorkersTo(spec);
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
        boolean recursive = result.hasMatchedOption(FileOptions.RECURSIVE);
        Coding decompression = Coding.decompression(RunOptions.workers(result));
        return FileCommand.run(
                result,
                (files, console, _) ->
                        InputNames.of(files, recursive, Naming.DECOMPRESSED::takes, console)
                                .forEach(file -> test(file, decompression, console), console));
    }

    private static void test(String file, Coding decompression, Console console)
            throws IOException {
        try (Input input = Input.open(file)) {
            Coding.Counts counts;
            try (var _ = Progress.start(console.progress(), input::position, input.expected())) {
                counts = decompression.over(input, OutputStream.nullOutputStream());
            }
            console.summarize(file, Console.size(counts.out()) + ", whole");
        }
    }
}
