package io.github.huffhash.cli;

import io.github.huffhash.HuffhashChannel;
import io.github.huffhash.HuffhashFormatException;
import io.github.huffhash.SeekTable;
import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.channels.CloseShieldChannel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Decodes files and checks them, also their seek tables, without writing anything. */
final class TestCommand extends Command {
    @Override
    String name() {
        return "test";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        RunOptions.addWorkersTo(spec, "-p");
        DecompressCommand.addMemory(spec);
        FileOptions.addInputs(spec);
        completeForFiles(
                spec,
                "Decodes files and checks them, also their seek tables, without writing anything.",
                "Exit status: 0 if all of them are whole, or 1.",
                "",
                "Examples:",
                "  huffhash test file.bin.zst && echo good",
                "  huffhash test -v -r backups");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        return run(result, RunOptions.workers(result), console);
    }

    int run(ParseResult result, int workers, Console console) throws IOException {
        List<String> files = files(result);
        long window = DecompressCommand.windowBytes(result);
        return new Inputs(files, FileOptions.recursion(result), Naming.DECOMPRESSED, console)
                .forEach((source, said) -> test(source, window, workers, said));
    }

    private static void test(Source source, long window, int workers, Console console)
            throws IOException {
        try (Input input = source.open(false)) {
            Counts counts;
            try (var _ = Progress.start(console.progress(), input::position, input.expected())) {
                counts =
                        DecompressCommand.decompress(
                                input, OutputStream.nullOutputStream(), window, workers);
                if (input.regular().isPresent() && input.channel().size() == counts.in()) {
                    checkSeekTable(input.channel());
                }
            }
            console.summarize(source.name(), Console.size(counts.out()) + ", whole");
        }
    }

    /**
     * Compares a seek table with the frames, which have been decoded. A file that cannot be read in
     * parts has none that matters.
     */
    private static void checkSeekTable(SeekableByteChannel file) throws IOException {
        try {
            new HuffhashChannel(CloseShieldChannel.wrap(file)); // compares sizes
        } catch (HuffhashFormatException e) {
            if (e.hasSequences()) {
                return;
            }
            throw e;
        }
        Optional<SeekTable> found = SeekTable.read(file);
        if (found.isPresent()) {
            SeekTable table = found.get();
            for (int frame = 0; frame < table.frames(); frame++) {
                checkChecksum(table, frame, file);
            }
        }
    }

    /** A frame that ends with the table's checksum has been verified against it. */
    private static void checkChecksum(SeekTable table, int frame, SeekableByteChannel file)
            throws IOException {
        long offset = table.compressedOffset(frame);
        var end = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IOUtils.readFully(
                file.position(offset + table.compressedBytes(frame) - Integer.BYTES), end);
        long own = Integer.toUnsignedLong(end.getInt(0));
        if (table.checksum(frame).orElse(own) != own) {
            var bytes = Channels.newInputStream(file.position(offset));
            IOUtils.consume(table.content(frame, bytes));
        }
    }
}
