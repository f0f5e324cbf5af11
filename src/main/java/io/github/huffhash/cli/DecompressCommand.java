package io.github.huffhash.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Decompresses files. */
final class DecompressCommand {
    static final String NAME = "decompress";

    private DecompressCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(NAME);
        FileOptions.addTo(spec);
        EngineOptions.addWorkersTo(spec);
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
                "  huffhash decompress -o file.bin download");
        return spec;
    }

    static int run(ParseResult result) {
        return FileCommand.run(
                result,
                (files, reporting, output) ->
                        new Conversion(
                                        new Converter(
                                                Coding.decompression(EngineOptions.workers(result)),
                                                Naming.DECOMPRESSED,
                                                FileOptions.of(result),
                                                Optional.empty(),
                                                reporting,
                                                output))
                                .run(files));
    }
}
