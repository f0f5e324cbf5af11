package io.github.huffhash.cli;

import io.github.huffhash.cli.FileTask.Coding;
import io.github.huffhash.cli.OutputTarget.Naming;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Decompresses files. */
final class DecompressCommand {
    static final String NAME = "decompress";

    private static final String RANGE = "--range";

    private DecompressCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        FileOptions.addTo(spec);
        RunOptions.addWorkersTo(spec);
        spec.addOption(
                OptionSpec.builder(RANGE)
                        .type(Range.class)
                        .converters(Range::parse)
                        .paramLabel("OFFSET:LENGTH")
                        .description(
                                "Only this part of the content, of which no more is read than it"
                                        + " takes; with -c or -o.")
                        .build());
        FileCommand.complete(
                spec,
                "Decompresses Zstandard files without sequences: F.zst becomes F.",
                "Other names need -o or -c. Files that are there are not overwritten without -f"
                        + " (on a terminal, you",
                "are asked). Exit status: 0, or 1 if anything failed; nothing of a damaged file"
                        + " gets a name.",
                "",
                "Examples:",
                "  huffhash decompress file.bin.zst           makes file.bin",
                "  huffhash decompress -c *.zst | wc -c",
                "  huffhash decompress -o file.bin download",
                "  huffhash decompress --range=1G:64K -c disk.img.zst");
        return spec;
    }

    static int run(ParseResult result) {
        return FileCommand.run(
                result,
                (files, console, output) -> {
                    FileOptions options = FileOptions.of(result);
                    return new FileTask(
                                    coding(result, options, console),
                                    Naming.DECOMPRESSED,
                                    options,
                                    Optional.empty(),
                                    console,
                                    output)
                            .run(files);
                });
    }

    private static Coding coding(ParseResult result, FileOptions options, Console console) {
        int workers = RunOptions.workers(result);
        Optional<Range> range = Optional.ofNullable(result.matchedOptionValue(RANGE, (Range) null));
        if (range.isEmpty()) {
            return Coding.decompression(workers);
        }
        if (!options.standardOutput() && options.output().isEmpty()) {
            throw new UsageException(RANGE + " needs -c or -o: a part is not the file");
        }
        if (options.remove()) {
            throw new UsageException(RANGE + " does not go with --rm: the rest would be lost");
        }
        return range.get().coding(console);
    }
}
