package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.Mode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Compresses files. */
final class CompressCommand {
    static final String NAME = "compress";

    private static final String SEEKABLE = "--seekable";
    private static final String CHECK = "--check";
    private static final String VERIFY = "--verify";
    private static final String USUAL_FRAME = "1M";

    private final ParseResult result;

    private CompressCommand(ParseResult result) {
        this.result = result;
    }

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        FileOptions.addTo(spec);
        RunOptions.addCompressionTo(spec);
        spec.addOption(
                OptionSpec.builder(SEEKABLE)
                        .type(Long.class)
                        .converters(new SizeConverter())
                        .arity("0..1")
                        .paramLabel("SIZE")
                        .preprocessor((arguments, _, _, details) -> {
                            if (!"=".equals(details.get("separator"))) {
                                arguments.push(USUAL_FRAME); // what follows is a file
                            }
                            return false;
                        })
                        .description(
                                "A frame for every SIZE bytes and a seek table: 64K to 8M"
                                        + " (default 1M).")
                        .build());
        spec.addOption(CommonOptions.negatable("Write checksums (default), or none.", CHECK));
        spec.addOption(
                CommonOptions.flag(
                        "Decode each output and compare it with the input, before it gets its"
                                + " name.",
                        VERIFY));
        FileCommand.complete(
                spec,
                "Compresses files: F becomes F.zst, which every Zstandard tool reads.",
                "Files that end in .zst are skipped, and files that are there are not overwritten"
                        + " without -f (on a",
                "terminal, you are asked). Links are followed. Exit status: 0, or 1 if anything"
                        + " failed.",
                "",
                "Examples:",
                "  huffhash compress file.bin                 makes file.bin.zst",
                "  huffhash compress --rm --verify *.bin      and removes what is safely"
                        + " compressed",
                "  huffhash compress -r --output-dir-flat=out folder",
                "  tar c folder | huffhash compress -o folder.tar.zst");
        return spec;
    }

    static int run(ParseResult result) {
        return FileCommand.run(result, new CompressCommand(result)::compress);
    }

    private int compress(List<String> files, Console console, StandardOutput output)
            throws IOException {
        Mode mode = RunOptions.mode(result);
        FileOptions options = FileOptions.of(result);
        var compression =
                new Compression(mode, RunOptions.settings(result, mode, false), compressOptions());
        return new FileTask(
                        compression,
                        Naming.COMPRESSED,
                        options,
                        verification(files, options),
                        console,
                        output)
                .run(files);
    }

    private CompressOptions compressOptions() {
        var options = CompressOptions.DEFAULT.withUnitBytes(RunOptions.unitBytes(result));
        if (result.hasMatchedOption(SEEKABLE)) {
            options =
                    options.seekable(
                            (int)
                                    RunOptions.size(
                                            result,
                                            SEEKABLE,
                                            0,
                                            CompressOptions.MIN_FRAME_BYTES,
                                            CompressOptions.MAX_FRAME_BYTES));
        }
        return result.matchedOptionValue(CHECK, true) ? options : options.withoutChecksum();
    }

    private Optional<Verification> verification(List<String> files, FileOptions options) {
        if (!result.hasMatchedOption(VERIFY)) {
            return Optional.empty();
        }
        if (options.standardOutput() || files.contains(Input.STANDARD_INPUT)) {
            throw new UsageException(
                    VERIFY + " reads both ends again: it goes with files, not with pipes");
        }
        int allCores = Runtime.getRuntime().availableProcessors(); // whatever the mode
        return Optional.of(new Verification(FileTask.Coding.decompression(allCores)));
    }
}
