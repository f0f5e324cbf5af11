package io.github.huffhash.cli;

import io.github.huffhash.explain.Explanation;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.Mode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Explains one block of a file: its codes, its hash, and what it asks of a heap. */
final class ExplainCommand extends Command {
    private static final String BLOCK = "--block";

    @Override
    String name() {
        return "explain";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addOption(
                size("Which block, from 0 (default 0).", BLOCK).toBuilder()
                        .paramLabel("N")
                        .build());
        RunOptions.addBlocksTo(spec);
        spec.addOption(
                flag("Print one JSON object instead of the tables.", ReportForm.JSON_OPTION));
        ReportFile.addTo(spec);
        spec.addPositional(input("The file; only the block is read."));
        complete(
                spec,
                "Explains one block: its Huffman trees, its codes, its hash, and its heap.",
                List.of("huffhash explain [OPTIONS] FILE"),
                "The tree is the reference's; the code beside it is that of compressed files. Every"
                        + " request to",
                "the simulated heap is shown, behind one mutex and with pools before it.",
                "",
                "Examples:",
                "  huffhash explain file.bin",
                "  huffhash explain --block=7 --html=block.html file.bin");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) {
        String file = result.matchedPositionalValue(0, "");
        try (Input input = Input.openRegular(file, "only a regular file can be explained");
                ReportFile report = ReportFile.of(result, this, Optional.of(input))) {
            Explanation explanation = explain(result, input);
            report.write("explain", explanation.title(), explanation);
            ReportForm.of(result).print(explanation, output);
            return 0;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return console.failed(file, e);
        }
    }

    private static Explanation explain(ParseResult result, Input input) throws IOException {
        int blockSize = RunOptions.blockBytes(result);
        long blocks = Math.ceilDiv(input.expected(), blockSize);
        if (blocks == 0) {
            throw new FileFailure(input.name(), "is empty: there is no block");
        }
        long number = result.matchedOptionValue(BLOCK, 0L);
        if (number >= blocks) {
            throw new UsageException(
                    "%s must be from 0 to %d, not %d".formatted(BLOCK, blocks - 1, number));
        }
        long start = number * blockSize;
        var block = ByteBuffer.allocate((int) Math.min(blockSize, input.expected() - start));
        IOUtils.readFully(input.channel().position(start), block);
        try {
            return Explanation.of(
                    input.name(),
                    number,
                    blockSize,
                    block.array(),
                    RunOptions.settings(result, Mode.POOLS, false));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
