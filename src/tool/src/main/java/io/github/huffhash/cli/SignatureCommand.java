package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import io.github.huffhash.run.Mode;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints the signature of each file. */
final class SignatureCommand {
    static final String NAME = "huffhash";

    private static final String DEBUG = "--debug";
    private static final String TIME = "--time";
    private static final String JSON = "--json";

    private final ParseResult result;
    private final boolean verbose;

    SignatureCommand(ParseResult result) {
        this.result = result;
        verbose = CommonOptions.verbosity(result) > 1;
    }

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        ModeOptions.addTo(spec);
        EngineOptions.addTo(spec);
        spec.addOption(
                CommonOptions.number(
                        "1|2",
                        "Print the hash of each block; 2: with the process that computed it.",
                        DEBUG));
        spec.addOption(
                CommonOptions.flag(
                        "Print what the run cost, on standard error.", TIME, "--timing"));
        spec.addOption(
                CommonOptions.flag("Print one JSON object a file instead of the text.", JSON));
        spec.addOption(CommonOptions.progress());
        CommonOptions.addTo(spec);
        spec.addPositional(CommonOptions.inputs());
        spec.usageMessage()
                .width(100)
                .sortOptions(false)
                .optionListHeading("%n")
                .header(
                        "Cuts a file into blocks, builds a Huffman tree for each, and hashes the"
                                + " trees into a signature.")
                .customSynopsis(
                        "huffhash [MODE] [OPTIONS] [FILE...]   signature of each file, or of"
                                + " standard input",
                        "       huffhash compress|decompress|test|list [OPTIONS] [FILE...]  "
                                + " Zstandard files",
                        "       huffhash compare [OPTIONS] FILE       every mode on one file, and"
                                + " what each cost")
                .footer(
                        "",
                        "A mode decides who does the work and in whose memory, never what comes"
                                + " out. Without one of -s -t",
                        "-e -m, all cores work without the simulated heap. Exit status: 0, or 1 if"
                                + " anything failed.",
                        "",
                        "Examples:",
                        "  huffhash file.bin                     the signature, as fast as it can"
                                + " be had",
                        "  huffhash -t --time file.bin           with a heap behind one mutex, and"
                                + " what that cost",
                        "  huffhash --json -e *.bin | jq .       for other programs",
                        "  huffhash compare file.bin             all modes side by side");
        return spec;
    }

    int run() {
        try (var output = new StandardOutput()) {
            List<String> files = result.matchedPositionalValue(0, List.of(Input.STANDARD_INPUT));
            SignaturePrinter printer = printer(output, files.size() > 1);
            if (files.contains(Input.STANDARD_INPUT) && printer.run().mode() != Mode.PROCESSES) {
                Signals.endAtOnce(); // nothing to be tidied up
            }
            if (files.contains(Input.STANDARD_INPUT) && Terminal.isStandardInput()) {
                System.err.println(Main.usage(Main.wholeCommandLine()));
                return Failures.FAILED;
            }
            return printAll(printer, files);
        } catch (IOException | RuntimeException e) {
            return Failures.report("", e, verbose);
        }
    }

    private SignaturePrinter printer(StandardOutput output, boolean named) {
        int debug = result.matchedOptionValue(DEBUG, 0);
        if (result.hasMatchedOption(DEBUG) && debug != 1 && debug != 2) {
            throw new UsageException(DEBUG + " must be 1 or 2, not " + debug);
        }
        boolean time = result.hasMatchedOption(TIME);
        boolean json = result.hasMatchedOption(JSON);
        Mode mode = ModeOptions.mode(result);
        var run =
                new SignatureRun(
                        mode,
                        EngineOptions.settings(result, mode, time),
                        EngineOptions.blockBytes(result),
                        time || json);
        boolean progress =
                result.hasMatchedOption(CommonOptions.PROGRESS)
                        ? result.matchedOptionValue(CommonOptions.PROGRESS, true)
                        : Terminal.isStandardError();
        return new SignaturePrinter(run, output, debug, time, json, named, progress);
    }

    private int printAll(SignaturePrinter printer, List<String> files) throws IOException {
        int exitCode = 0;
        for (String file : files) {
            try {
                printer.print(file);
            } catch (StandardOutput.OutputException e) {
                throw e; // the other files have nowhere to go either
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = Failures.report(file, e, verbose);
            }
        }
        return exitCode;
    }
}
