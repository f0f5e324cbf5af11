package io.github.huffhash.cli;

import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Decodes files and checks them, without writing anything. */
final class TestCommand extends Command {
    @Override
    String name() {
        return "test";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        RunOptions.addWorkersTo(spec, "-p");
        DecompressCommand.addMemory(spec);
        FileOptions.addInputs(spec);
        completeForFiles(
                spec,
                "Decodes files and checks them, without writing anything.",
                "Exit status: 0 if all of them are whole, or 1.",
                "",
                "Examples:",
                "  huffhash test file.bin.zst && echo good",
                "  huffhash test -v -r backups");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        return run(result, RunOptions.workers(result), console);
    }

    int run(ParseResult result, int workers, Console console) throws IOException {
        List<String> files = files(result);
        long window = DecompressCommand.windowBytes(result);
        return new Inputs(files, FileOptions.recursion(result), Naming.DECOMPRESSED, console)
                .forEach((source, said) -> test(source, window, workers, said));
    }

    private static void test(Source source, long window, int workers, Console console)
            throws IOException {
        try (Input input = source.open(false)) {
            Counts counts;
            try (var _ = Progress.start(console.progress(), input::position, input.expected())) {
                counts =
                        DecompressCommand.decompress(
                                input, OutputStream.nullOutputStream(), window, workers);
            }
            console.summarize(source.name(), Console.size(counts.out()) + ", whole");
        }
    }
}
