package io.github.huffhash.cli;

import io.github.huffhash.FileInfo;
import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints what compressed files say of themselves. */
final class ListCommand extends Command {
    @Override
    String name() {
        return "list";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addOption(
                flag("Print one JSON object a file instead of the table.", ReportForm.JSON_OPTION));
        FileOptions.addInputs(spec);
        completeForFiles(
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

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        List<String> files = files(result);
        boolean json = result.hasMatchedOption(ReportForm.JSON_OPTION);
        List<Listing> listed = new ArrayList<>();
        int exitCode =
                new Inputs(files, FileOptions.recursion(result), Naming.DECOMPRESSED, console)
                        .forEach((source, _) -> {
                            Listing listing = listing(source);
                            print(listing, json, listed.isEmpty(), output);
                            listed.add(listing);
                        });
        if (!json && listed.size() > 1) {
            output.line(Listing.total(listed).row());
        }
        return exitCode;
    }

    private static Listing listing(Source source) throws IOException {
        try (Input input = source.openRegular("only a regular file can be listed")) {
            return new Listing(source.name(), FileInfo.read(input.channel()));
        }
    }

    private static void print(Listing listing, boolean json, boolean first, StandardOutput output)
            throws IOException {
        if (json) {
            output.line(listing.json());
            return;
        }
        if (first) {
            output.line(Listing.heading());
        }
        output.line(Console.printable(listing.row()));
        if (listing.note().isPresent()) {
            output.line(listing.note().get());
        }
    }
}
