package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.FileAssembler;
import io.github.huffhash.Huffhash;
import io.github.huffhash.UnitCompressor;
import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.CompressWork;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Compresses files. */
final class CompressCommand extends Command {
    private static final String SEEKABLE = "--seekable";
    private static final String CHECK = "--check";
    private static final String VERIFY = "--verify";
    private static final String PLANES = "--planes";
    private static final String USUAL_FRAME = "1M";

    @Override
    String name() {
        return "compress";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        FileOptions.addTo(spec);
        RunOptions.addModesTo(spec);
        RunOptions.addCompressionTo(spec);
        spec.addOption(
                attached(USUAL_FRAME, SEEKABLE)
                        .type(Long.class)
                        .converters(Numbers::parseSize)
                        .paramLabel("SIZE")
                        .description(
                                "A frame for every SIZE bytes and a seek table: 64K to 8M"
                                        + " (default 1M).")
                        .build());
        spec.addOption(
                OptionSpec.builder(PLANES)
                        .type(Integer.class)
                        .converters(CompressCommand::parsePlanes)
                        .arity("1")
                        .paramLabel("K")
                        .description(
                                "For arrays of numbers of K bytes, 2 to 8, or auto: all first bytes"
                                    + " of a unit, then all second bytes ... Only huffhash reads"
                                    + " such files.")
                        .build());
        addCheck(spec);
        spec.addOption(
                flag(
                        "Decode each output and compare it with the input, before it gets its"
                                + " name.",
                        VERIFY));
        addHabits(spec);
        completeForFiles(
                spec,
                "Compresses files: F becomes F.zst, which every Zstandard tool reads.",
                "Files that end in .zst, .zstd or .tzst are skipped. Files that are there are not"
                        + " overwritten",
                "without -f (on a terminal, you are asked). Links are followed. Exit status: 0, or"
                        + " 1 if anything",
                "failed.",
                "",
                "Examples:",
                "  huffhash compress file.bin                 makes file.bin.zst",
                "  huffhash compress --rm --verify *.bin      and removes what is safely"
                        + " compressed",
                "  huffhash compress -r --output-dir-flat=out folder",
                "  tar c folder | huffhash compress -o folder.tar.zst");
        return spec;
    }

    static void addCheck(CommandSpec spec) {
        spec.addOption(negatable("Write checksums (default), or none.", CHECK));
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        int workers = RunOptions.workers(result);
        return run(result, RunOptions.mode(result), workers, console, output);
    }

    int run(ParseResult result, Mode mode, int workers, Console console, StandardOutput output)
            throws IOException {
        List<String> files = files(result);
        remarkOnLevel(result);
        FileOptions options = FileOptions.of(result);
        var coding =
                new Compression(
                        mode,
                        RunOptions.settings(result, mode, false, workers),
                        compressOptions(result));
        boolean verifies = verifies(result, files, options);
        int threads = mode == Mode.FAST ? workers : 1;
        return new FileTask(coding, Naming.COMPRESSED, options, verifies, threads, console, output)
                .runAll(files);
    }

    private static int parsePlanes(String text) {
        if (text.equals("auto")) {
            return CompressOptions.AUTO_PLANES;
        }
        if (text.matches("[2-8]")) {
            return text.charAt(0) - '0';
        }
        throw new TypeConversionException("'" + text + "' is not a number from 2 to 8, or auto");
    }

    private static CompressOptions compressOptions(ParseResult result) {
        var options = CompressOptions.DEFAULT.withUnitBytes(RunOptions.unitBytes(result));
        if (result.hasMatchedOption(SEEKABLE)) {
            long frameBytes =
                    bounded(
                            result,
                            SEEKABLE,
                            0,
                            CompressOptions.MIN_FRAME_BYTES,
                            CompressOptions.MAX_FRAME_BYTES);
            options = options.seekable((int) frameBytes);
        }
        int planes = result.matchedOptionValue(PLANES, CompressOptions.NO_PLANES);
        if (planes != CompressOptions.NO_PLANES) {
            if (options.unitBytes() != CompressOptions.MAX_UNIT_BYTES) {
                throw new UsageException(PLANES + " needs units of 128K");
            }
            options = options.withPlanes(planes);
        }
        return result.matchedOptionValue(CHECK, true) ? options : options.withoutChecksum();
    }

    private static boolean verifies(ParseResult result, List<String> files, FileOptions options) {
        boolean wanted = result.hasMatchedOption(VERIFY);
        if (wanted && (options.standardOutput() || files.contains(Input.STANDARD_INPUT))) {
            throw new UsageException(
                    VERIFY + " reads both ends again: it goes with files, not with pipes");
        }
        return wanted;
    }

    /**
     * The compression of one input.
     *
     * @param mode who does the work
     * @param settings sizes and numbers of the run
     * @param options how the file is made
     */
    record Compression(Mode mode, RunSettings settings, CompressOptions options)
            implements FileTask.Coding {
        @Override
        public Counts code(Input input, OutputStream out) throws IOException {
            CompressOptions options = Tensors.optionsFor(input, this.options);
            OptionalLong size =
                    input.expected() > 0 ? OptionalLong.of(input.expected()) : OptionalLong.empty();
            long written =
                    mode == Mode.FAST
                            ? Huffhash.compress(
                                    input.stream(), size, out, options, settings.workers())
                            : inHeap(input, options, size, out);
            return new Counts(input.position(), written);
        }

        /** Compresses each unit in the heap of the mode; returns the bytes written. */
        private long inHeap(
                Input input, CompressOptions options, OptionalLong size, OutputStream out)
                throws IOException {
            var file = new FileAssembler(out, options, size);
            RunOptions.run(mode, settings)
                    .run(
                            new UnitSource(input, file),
                            new CompressWork(options.unitBytes()),
                            unit -> file.add(unit.bytes(), 0, unit.length(), unit.contentBytes()));
            file.finish();
            return file.fileBytes();
        }
    }

    /**
     * Cuts an input into units, and units with byte planes into their planes: each is compressed by
     * itself. Passes the bytes of units on in order for the checksums.
     */
    private static final class UnitSource implements BlockSource {
        private final Input input;
        private final FileAssembler file;

        /** The planes of the unit at hand, where each ends, and how many have been read. */
        private byte[] planes = {};

        private int[] ends = {};
        private int next;

        UnitSource(Input input, FileAssembler file) {
            this.input = input;
            this.file = file;
        }

        @Override
        public int read(byte[] into, int length) throws IOException {
            if (next < ends.length) {
                return readPlane(into);
            }
            int count = input.read(into, Math.min(length, file.unitRest()));
            int number = file.content(into, 0, count);
            if (count == 0 || number == CompressOptions.NO_PLANES) {
                return count;
            }
            if (planes.length < count) {
                planes = new byte[CompressOptions.MAX_UNIT_BYTES];
            }
            ends = UnitCompressor.split(into, count, number, planes);
            next = 0;
            return readPlane(into);
        }

        private int readPlane(byte[] into) {
            int start = next == 0 ? 0 : ends[next - 1];
            int count = ends[next++] - start;
            System.arraycopy(planes, start, into, 0, count);
            return count;
        }

        @Override
        public long expected() {
            return input.expected();
        }
    }
}
