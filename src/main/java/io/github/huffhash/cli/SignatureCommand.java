package io.github.huffhash.cli;

import io.github.huffhash.engine.Mode;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the signature of each file. */
@Command(
        name = "huffhash",
        sortOptions = false,
        usageHelpWidth = 100,
        customSynopsis = {
            "huffhash [MODE] [OPTIONS] [FILE...]   signature of each file, or of standard input",
            "       huffhash compare [OPTIONS] FILE       every mode on one file, and what each"
                    + " cost"
        },
        header =
                "Cuts a file into blocks, builds a Huffman tree for each, and hashes the trees into"
                        + " a signature.",
        optionListHeading = "%n",
        footer = {
            "",
            "A mode decides who does the work and in whose memory, never what comes out. Without"
                    + " one of",
            "-s -t -e -m all cores work without the simulated heap. Exit status: 0, or 1 if"
                    + " anything failed.",
            "",
            "Examples:",
            "  huffhash file.bin                     the signature, as fast as it can be had",
            "  huffhash -t --time file.bin           with a heap behind one mutex, and what that"
                    + " cost",
            "  huffhash --json -e *.bin | jq .       for other programs",
            "  huffhash compare file.bin             all modes side by side"
        })
class SignatureCommand implements Callable<Integer> {
    @Mixin private final ModeOptions modes = new ModeOptions();

    @Mixin private final EngineOptions engine = new EngineOptions();

    @Option(
            names = "--debug",
            paramLabel = "1|2",
            description = "Print the hash of each block; 2: with the process that computed it.")
    private int debug;

    @Option(
            names = {"--time", "--timing"},
            description = "Print what the run cost, on standard error.")
    private boolean time;

    @Option(names = "--json", description = "Print one JSON object a file instead of the text.")
    private boolean json;

    @Option(
            names = "--progress",
            negatable = true,
            description = "Show progress, or never; by default on a terminal.")
    private boolean progress = Terminal.isStandardError();

    @Option(
            names = {"-V", "--version"},
            description = "Print the version and exit; with -v also the JVM and the system.")
    private boolean version;

    @Mixin private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "What to read; - or none: standard input.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        try (var output = new StandardOutput()) {
            if (version) {
                return printVersion(output);
            }
            SignaturePrinter printer = printer(output);
            if (files.isEmpty()) {
                files.add(Input.STANDARD_INPUT);
            }
            if (files.contains(Input.STANDARD_INPUT) && Terminal.isStandardInput()) {
                new CommandLine(new HuffhashCommand()).usage(System.err);
                return Failures.FAILED;
            }
            return printAll(printer);
        } catch (IOException | RuntimeException e) {
            return Failures.report("", e, common.verbosity() > 1);
        }
    }

    private SignaturePrinter printer(StandardOutput output) {
        if (debug < 0 || debug > 2) {
            throw new UsageException("--debug must be 1 or 2, not " + debug);
        }
        Mode mode = modes.mode();
        var run =
                new SignatureRun(
                        mode, engine.settings(mode, time), engine.blockSize(), time || json);
        return new SignaturePrinter(run, output, debug, time, json, files.size() > 1, progress);
    }

    private int printAll(SignaturePrinter printer) throws IOException {
        int exitCode = 0;
        for (String file : files) {
            try {
                printer.print(file);
            } catch (StandardOutput.ClosedPipeException e) {
                throw e; // nobody reads any further
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = Failures.report(file, e, common.verbosity() > 1);
            }
        }
        return exitCode;
    }

    private int printVersion(StandardOutput output) throws IOException {
        output.line(Version.program());
        if (common.verbosity() > 0) {
            output.line(Version.platform());
        }
        return 0;
    }
}
