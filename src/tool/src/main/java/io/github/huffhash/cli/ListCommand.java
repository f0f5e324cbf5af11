package io.github.huffhash.cli;

import io.github.huffhash.FileInfo;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.report.Listing;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints what compressed files say of themselves. */
final class ListCommand {
    static final String NAME = "list";

    private static final String JSON = "--json";

    private final boolean json;
    private final StandardOutput output;
    private final List<Listing> listed = new ArrayList<>();

    private ListCommand(boolean json, StandardOutput output) {
        this.json = json;
        this.output = output;
    }

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        spec.addOption(
                CommonOptions.flag("Print one JSON object a file instead of the table.", JSON));
        FileOptions.addRecursive(spec);
        FileCommand.complete(
                spec,
                "Prints frames, sizes, ratio and check of compressed files, without decoding them.",
                "Only headers are read, so damage within blocks is not seen: that is what test is"
                        + " for. A pipe cannot",
                "be listed. Exit status: 0, or 1 if anything failed.",
                "",
                "Examples:",
                "  huffhash list *.zst",
                "  huffhash list --json -r backups | jq .ratio");
        return spec;
    }

    static int run(ParseResult result) {
        boolean json = result.hasMatchedOption(JSON);
        boolean recursive = result.hasMatchedOption(FileOptions.RECURSIVE);
        return FileCommand.run(
                result,
                (files, console, output) ->
                        new ListCommand(json, output)
                                .list(
                                        InputNames.of(
                                                files,
                                                recursive,
                                                Naming.DECOMPRESSED::takes,
                                                console),
                                        console));
    }

    private int list(InputNames inputs, Console console) throws IOException {
        int exitCode = inputs.forEach(file -> print(listing(file)), console);
        if (!json && listed.size() > 1) {
            output.line(Listing.total(listed).row());
        }
        return exitCode;
    }

    private static Listing listing(String file) throws IOException {
        if (file.equals(Input.STANDARD_INPUT) || !Input.isRegularOrMissing(file)) {
            throw new FileFailure(Console.label(file), "only a regular file can be listed");
        }
        try (Input _ = Input.open(file); // for its words when there is no such file
                SeekableByteChannel channel = Files.newByteChannel(Path.of(file))) {
            FileInfo info = FileInfo.read(channel);
            return new Listing(
                    file,
                    info.frames(),
                    info.skippableFrames(),
                    info.checkedFrames(),
                    info.fileBytes(),
                    info.contentBytes());
        }
    }

    private void print(Listing listing) throws IOException {
        if (json) {
            output.line(listing.json());
        } else {
            if (listed.isEmpty()) {
                output.line(Listing.heading());
            }
            output.line(Console.printable(listing.row()));
        }
        listed.add(listing);
    }
}
