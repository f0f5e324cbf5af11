package io.github.huffhash.cli;

import io.github.huffhash.block.BlockHashes;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.ResultSink;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.report.TimingTable;
import io.github.huffhash.run.Mode;
import java.io.IOException;

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
record SignaturePrinter(
        SignatureRun run,
        StandardOutput output,
        int debug,
        boolean time,
        boolean json,
        boolean named,
        boolean progress) {

    /** Prints one file's signature. */
    void print(String file) throws IOException {
        try (Input input = Input.open(file)) {
            RunReport report;
            try (var _ = Progress.start(progress, input::position, input.expected())) {
                report = run.over(input, debug > 0 && !json ? blockPrinter() : _ -> {});
            }
            if (json) {
                output.line(report.json());
            } else {
                output.line(
                        "Final signature: "
                                + report.signature()
                                + (named ? "  " + Names.printable(file) : ""));
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
            if (named) {
                System.err.println(Names.printable(report.file()) + ":");
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
