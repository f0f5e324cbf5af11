package io.github.huffhash.cli;

import io.github.huffhash.io.Input;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.report.TimingTable;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.SignatureWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.function.IOConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints the signature of each file. */
final class SignatureCommand extends Command {
    static final String NAME = "huffhash";
    private static final String DEBUG = "--debug";
    private static final String TIME = "--time";

    @Override
    String name() {
        return NAME;
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        RunOptions.addModesTo(spec);
        RunOptions.addTo(spec);
        spec.addOption(
                number(
                        "1|2",
                        "Print the hash of each block; 2: with the process that computed it.",
                        DEBUG));
        spec.addOption(flag("Print what the run cost, on standard error.", TIME, "--timing"));
        spec.addOption(
                flag("Print one JSON object a file instead of the text.", ReportForm.JSON_OPTION));
        spec.addOption(progress());
        spec.addPositional(inputs());
        complete(
                spec,
                "Cuts a file into blocks, builds a Huffman tree for each, and hashes the"
                        + " trees into a signature.",
                List.of(
                        "huffhash [MODE] [OPTIONS] FILE...     signature of each file; -: of"
                                + " standard input",
                        "       huffhash compress|decompress|test|list [OPTIONS] [FILE...]  "
                                + " Zstandard files",
                        "       huffhash compare [OPTIONS] FILE       every mode on one file, and"
                                + " what each cost"),
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

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        List<String> files = files(result, List.of());
        Printer printer = printer(result, console, output, files.size() > 1);
        int exitCode = 0;
        for (String file : files) {
            try {
                printer.print(file);
            } catch (StandardOutput.OutputException e) {
                throw e; // the other files have nowhere to go either
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = console.failed(file, e);
            }
        }
        return exitCode;
    }

    private static Printer printer(
            ParseResult result, Console console, StandardOutput output, boolean named) {
        int debug = result.matchedOptionValue(DEBUG, 0);
        if (result.hasMatchedOption(DEBUG) && debug != 1 && debug != 2) {
            throw new UsageException(DEBUG + " must be 1 or 2, not " + debug);
        }
        boolean time = result.hasMatchedOption(TIME);
        boolean json = result.hasMatchedOption(ReportForm.JSON_OPTION);
        Mode mode = RunOptions.mode(result);
        var run =
                new SignatureRun(
                        mode,
                        RunOptions.settings(result, mode, measured(mode, time, json)),
                        RunOptions.blockBytes(result),
                        time || json);
        boolean printsBlocks = debug > 0 && !json;
        boolean progress = printsBlocks ? console.progressBesideOutput() : console.progress();
        return new Printer(run, output, debug, time, json, named, progress);
    }

    /** The fast mode's phases are too short to be timed for a report that does not show them. */
    private static boolean measured(Mode mode, boolean time, boolean json) {
        return time || (json && mode != Mode.FAST);
    }

    /**
     * Runs over one file after another and prints what comes out.
     *
     * @param run how
     * @param output where the signatures go
     * @param debug whether to print each block's hash: 0, 1, or 2 with the process
     * @param time whether to print what the run cost
     * @param json whether to print JSON instead of text
     * @param named whether to print the file's name behind its signature
     * @param progress whether to show progress
     */
    private record Printer(
            SignatureRun run,
            StandardOutput output,
            int debug,
            boolean time,
            boolean json,
            boolean named,
            boolean progress) {

        void print(String file) throws IOException {
            List<SignatureWork.Hashes> kept = new ArrayList<>();
            try (Input input = Input.open(file)) {
                RunReport report;
                try (var _ = Progress.start(progress, input::position, input.expected())) {
                    report =
                            run.over(
                                    input,
                                    debug == 0 ? _ -> {} : json ? kept::add : blockPrinter());
                }
                if (json) {
                    output.line(debug == 0 ? report.json() : report.json(kept, debug == 2));
                } else {
                    output.line(
                            "Final signature: "
                                    + report.signature()
                                    + (named ? "  " + Console.printable(file) : ""));
                }
                output.flush();
                printCosts(report);
            }
        }

        private void printCosts(RunReport report) {
            if (report.hasLock() && !json) {
                System.err.println("Lock acquisitions: " + report.heap().lockAcquisitions());
            }
            if (time) {
                if (named) {
                    System.err.println(Console.printable(report.file()) + ":");
                }
                TimingTable.of(report).forEach(System.err::println);
            }
        }

        private IOConsumer<SignatureWork.Hashes> blockPrinter() {
            long[] next = {0};
            return hashes -> {
                for (int hash : hashes.hashes()) {
                    String process = debug == 2 ? "[PID " + hashes.processId() + "] " : "";
                    output.line(process + "Block " + next[0]++ + " hash: " + hash);
                }
            };
        }
    }
}
