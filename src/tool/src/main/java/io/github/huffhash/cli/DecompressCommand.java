package io.github.huffhash.cli;

import io.github.huffhash.DecompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.HuffhashChannel;
import io.github.huffhash.HuffhashFormatException;
import io.github.huffhash.HuffhashInputStream;
import io.github.huffhash.Workers;
import io.github.huffhash.cli.FileTask.Coding;
import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.channels.CloseShieldChannel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Decompresses files, or a range of one. */
final class DecompressCommand extends Command {
    private static final String RANGE = "--range";
    private static final String MEMORY = "--memory";

    /** Of hzstd: the logarithm of the largest window. */
    static final String LONG = "--long";

    private static final String PASS_THROUGH = "--pass-through";
    private static final String UNCHECKED = ": the range is not checked against a checksum";
    private static final int BUFFER_BYTES = 1 << 17;

    @Override
    String name() {
        return "decompress";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        FileOptions.addTo(spec);
        RunOptions.addWorkersTo(spec, "-p");
        addTo(spec);
        spec.addOption(
                OptionSpec.builder(RANGE)
                        .type(Range.class)
                        .converters(Range::parse)
                        .paramLabel("OFFSET:LENGTH")
                        .description(
                                "Only this range of the content; only the frames that it needs are"
                                        + " read. With -c or -o.")
                        .build());
        addHabits(spec);
        completeForFiles(
                spec,
                "Decompresses Zstandard files of any tool: F.zst or F.zstd becomes F, F.tzst"
                        + " F.tar.",
                "Other names need -o or -c. Files that are there are not overwritten without -f"
                        + " (on a terminal, you",
                "are asked). Exit status: 0, or 1 if anything failed; nothing of a damaged file"
                        + " gets a name.",
                "",
                "Examples:",
                "  huffhash decompress file.bin.zst           makes file.bin",
                "  huffhash decompress -c *.zst | wc -c",
                "  huffhash decompress -o file.bin download",
                "  huffhash decompress --range=1G:64K -c disk.img.zst");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        return run(result, RunOptions.workers(result), console, output);
    }

    int run(ParseResult result, int workers, Console console, StandardOutput output)
            throws IOException {
        List<String> files = files(result);
        remarkOnLevel(result);
        FileOptions options = FileOptions.of(result);
        Coding coding = coding(result, workers, options, console);
        return new FileTask(coding, Naming.DECOMPRESSED, options, false, workers, console, output)
                .runAll(files);
    }

    private static Coding coding(
            ParseResult result, int workers, FileOptions options, Console console) {
        long window = windowBytes(result);
        Optional<Range> range = Optional.ofNullable(result.matchedOptionValue(RANGE, (Range) null));
        if (range.isEmpty()) {
            Optional<Boolean> passed =
                    Optional.ofNullable(result.matchedOptionValue(PASS_THROUGH, (Boolean) null));
            return (input, out) ->
                    passed.orElse(options.force() && options.toStandardOutput(input.name()))
                            ? PassThrough.code(input, out, window, workers)
                            : decompress(input, out, window, workers);
        }
        if (!options.standardOutput() && options.output().isEmpty()) {
            throw new UsageException(RANGE + " needs -c or -o: a part is not the file");
        }
        if (options.remove()) {
            throw new UsageException(RANGE + " does not go with --rm: the rest would be lost");
        }
        return (input, out) -> range.get().decompress(input, out, window, workers, console);
    }

    /**
     * Adds options of all that decompresses to files.
     *
     * @param aliases other names of the limit of windows
     */
    static void addTo(CommandSpec spec, String... aliases) {
        FileOptions.addSparse(spec);
        addMemory(spec, aliases);
        spec.addOption(
                negatable(
                        "Copy what is not compressed as it is (default with -f to standard output),"
                                + " or never.",
                        PASS_THROUGH));
    }

    /** Adds the limit of windows, perhaps with other names besides its own. */
    static void addMemory(CommandSpec spec, String... aliases) {
        String[] names =
                Stream.concat(Stream.of(MEMORY, "-M"), Stream.of(aliases)).toArray(String[]::new);
        spec.addOption(
                size("Decode frames that need a window of up to SIZE (default 0: 128M).", names));
    }

    /** The largest window that is allowed. */
    static long windowBytes(ParseResult result) {
        String log = result.matchedOptionValue(LONG, "");
        long usual =
                log.matches("2[89]|3[01]")
                        ? 1L << Integer.parseInt(log)
                        : DecompressOptions.DEFAULT.maxWindowBytes();
        long bytes = bounded(result, MEMORY, 0, 0, Long.MAX_VALUE);
        return bytes == 0 ? usual : bytes;
    }

    /**
     * Decompresses a whole input, which may be any.
     *
     * @param windowBytes the largest window that is allowed
     */
    static Counts decompress(Input input, OutputStream out, long windowBytes, int workers)
            throws IOException {
        return decompress(input, input.stream(), out, windowBytes, workers);
    }

    /**
     * The same.
     *
     * @param in a stream of the input
     */
    static Counts decompress(
            Input input, InputStream in, OutputStream out, long windowBytes, int workers)
            throws IOException {
        try {
            var options = DecompressOptions.DEFAULT.withMaxWindowBytes(windowBytes);
            boolean small = input.expected() > 0 && input.expected() <= BUFFER_BYTES;
            long bytes = Huffhash.decompress(in, out, options, small ? 1 : workers);
            return new Counts(input.position(), bytes);
        } catch (HuffhashFormatException e) {
            throw explained(input, e, windowBytes);
        }
    }

    /** Says how to allow a larger window, if that is wanted. */
    private static IOException explained(Input input, HuffhashFormatException e, long windowBytes) {
        if (e.windowBytes().isEmpty()) {
            return e;
        }
        long megabytes = Math.ceilDiv(e.windowBytes().getAsLong(), 1L << 20);
        return new FileFailure(
                Input.label(input.name()),
                e.getMessage()
                        + (e.windowBytes().getAsLong() > windowBytes && megabytes <= 2048
                                ? "; %s=%dM allows it".formatted(MEMORY, megabytes)
                                : ": the most that an array of Java has"));
    }

    /**
     * A part of a file's content.
     *
     * @param offset how many bytes are before it
     * @param length how many bytes it has, or fewer if the content ends before
     */
    private record Range(long offset, long length) {
        /** Reads OFFSET:LENGTH. */
        static Range parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new TypeConversionException("'" + text + "' is not OFFSET:LENGTH");
            }
            return new Range(
                    Numbers.parseSize(text.substring(0, colon)),
                    Numbers.parseSize(text.substring(colon + 1)));
        }

        Counts decompress(
                Input input, OutputStream out, long windowBytes, int workers, Console console)
                throws IOException {
            String file = Input.label(input.name());
            if (input.regular().isEmpty()) {
                throw new FileFailure(file, "only a regular file can be read in parts");
            }
            try {
                var content = new HuffhashChannel(CloseShieldChannel.wrap(input.channel()));
                requireContent(file, content.size());
                content.position(offset);
                InputStream stream = Channels.newInputStream(content);
                long bytes = IOUtils.copyLarge(stream, out, 0, length, new byte[BUFFER_BYTES]);
                if (content.size() > 0 && !content.isVerified()) {
                    console.warn(file + UNCHECKED);
                }
                return new Counts(bytes, bytes);
            } catch (HuffhashFormatException e) {
                if (!e.hasSequences()) {
                    throw e;
                }
                return decompressUpTo(input.reread(), out, windowBytes, workers, console);
            }
        }

        private void requireContent(String file, long size) throws FileFailure {
            if (offset > size) {
                throw new FileFailure(
                        file,
                        "the range begins at %s, but the content has %s bytes"
                                .formatted(offset, size));
            }
        }

        private Counts decompressUpTo(
                Input input, OutputStream out, long windowBytes, int workers, Console console)
                throws IOException {
            var options = DecompressOptions.DEFAULT.withMaxWindowBytes(windowBytes);
            var own = workers == 1 ? Workers.CALLER : Workers.threads(workers);
            try (var content = new HuffhashInputStream(input.stream(), own, options)) {
                long skipped = content.skip(offset);
                requireContent(Input.label(input.name()), skipped);
                long bytes = IOUtils.copyLarge(content, out, 0, length, new byte[BUFFER_BYTES]);
                if (bytes == length) {
                    console.warn(Input.label(input.name()) + UNCHECKED);
                }
                return new Counts(input.position(), bytes);
            } catch (HuffhashFormatException e) {
                throw explained(input, e, windowBytes);
            }
        }
    }
}
