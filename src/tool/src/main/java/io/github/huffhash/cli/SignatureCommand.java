package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.report.TimingTable;
import io.github.huffhash.run.BlockHashes;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ResultSink;
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

    private final StandardOutput output;
    private final Console console;
    private final List<String> files;
    private final SignatureRun run;

    /** Whether to print each block's hash: 0, 1, or 2 with the process. */
    private final int debug;

    private final boolean time;
    private final boolean json;

    private SignatureCommand(ParseResult result, StandardOutput output) {
        this.output = output;
        console = Console.of(result);
        files = result.matchedPositionalValue(0, List.of(Input.STANDARD_INPUT));
        debug = result.matchedOptionValue(DEBUG, 0);
        if (result.hasMatchedOption(DEBUG) && debug != 1 && debug != 2) {
            throw new UsageException(DEBUG + " must be 1 or 2, not " + debug);
        }
        time = result.hasMatchedOption(TIME);
        json = result.hasMatchedOption(JSON);
        Mode mode = RunOptions.mode(result);
        run =
                new SignatureRun(
                        mode,
                        RunOptions.settings(result, mode, time),
                        RunOptions.blockBytes(result),
                        time || json);
    }

    static CommandSpec spec() {
        CommandSpec spec = CommonOptions.command(NAME);
        RunOptions.addTo(spec);
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

    static int run(ParseResult result) {
        try (var output = new StandardOutput()) {
            return new SignatureCommand(result, output).run();
        } catch (IOException | RuntimeException e) {
            return Console.failed("", e, CommonOptions.verbosity(result) > 1);
        }
    }

    private int run() throws IOException {
        boolean standardInput = files.contains(Input.STANDARD_INPUT);
        if (standardInput && run.mode() != Mode.PROCESSES) {
            Signals.endAtOnce(); // there is nothing to clean up
        }
        if (standardInput && Terminal.isStandardInput()) {
            System.err.println(Main.usage(Main.wholeCommandLine()));
            return Console.FAILED;
        }
        int exitCode = 0;
        for (String file : files) {
            try {
                print(file);
            } catch (StandardOutput.OutputException e) {
                throw e; // the output of the other files would fail too
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = Console.failed(file, e, console.stackTraces());
            }
        }
        return exitCode;
    }

    private void print(String file) throws IOException {
        try (Input input = Input.open(file)) {
            RunReport report;
            try (var _ = Progress.start(console.progress(), input::position, input.expected())) {
                report = run.over(input, debug > 0 && !json ? blockPrinter() : _ -> {});
            }
            if (json) {
                output.line(report.json());
            } else {
                output.line(
                        "Final signature: "
                                + report.signature()
                                + (files.size() > 1 ? "  " + Console.printable(file) : ""));
            }
            output.flush();
            printCosts(report);
        }
    }

    private void printCosts(RunReport report) {
        boolean locks = run.mode() != Mode.FAST && run.mode() != Mode.SINGLE;
        if (locks && !json) {
            System.err.println("Lock acquisitions: " + report.heap().lockAcquisitions());
        }
        if (time) {
            if (files.size() > 1) {
                System.err.println(Console.printable(report.file()) + ":");
            }
            TimingTable.of(report).forEach(System.err::println);
        }
    }

    private ResultSink<BlockHashes> blockPrinter() {
        long[] next = {0};
        return hashes -> {
            for (int hash : hashes.hashes()) {
                String process = debug == 2 ? "[PID " + hashes.processId() + "] " : "";
                output.line(process + "Block " + next[0]++ + " hash: " + hash);
            }
        };
    }
}
