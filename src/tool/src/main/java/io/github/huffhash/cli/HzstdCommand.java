package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.run.Mode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** zstd's command line for the commands that read or write compressed files. */
final class HzstdCommand extends Command {
    static final String NAME = "hzstd";
    private static final String HELP = "-H";
    private static final String WORKERS_VARIABLE = "ZSTD_NBTHREADS";
    private static final String SINGLE_THREAD = "--single-thread";

    /** Options whose values, which mean nothing here, are attached by =, and what they may be. */
    private static final Map<String, String> ATTACHED =
            Map.of(
                    "--fast",
                    "|[1-9]\\d*",
                    DecompressCommand.LONG,
                    ".*",
                    "--adapt",
                    "|(min|max)=-?\\d+(,(min|max)=-?\\d+)?",
                    "--zstd",
                    "[A-Za-z]+=\\d+(,[A-Za-z]+=\\d+)*",
                    "--priority",
                    "rt");

    @Override
    String name() {
        return NAME;
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addOption(flag("Compress (default).", "-z", "--compress"));
        spec.addOption(flag("Decompress.", "-d", "--decompress", "--uncompress"));
        spec.addOption(flag("Decode and check, without writing anything.", "-t", "--test"));
        spec.addOption(flag("Print frames, sizes, ratio and check.", "-l", "--list"));
        FileOptions.addTo(spec);
        spec.addOption(
                flag(
                        "Skip F.gz, F.tgz, F.xz, F.txz, F.lzma, F.lz4 and F.tlz4 as well.",
                        FileOptions.EXCLUDE_COMPRESSED));
        DecompressCommand.addTo(spec, "--memlimit");
        CompressCommand.addCheck(spec);
        RunOptions.addWorkersTo(spec, "--threads");
        addLevels(spec);
        addHidden(spec, HELP);
        addIgnored(spec);
        completeForFiles(
                spec,
                "Compresses and decompresses files, by the options of zstd.",
                "unhzstd is hzstd -d, hzstdcat is hzstd -dcf. Levels, --fast, --long, --ultra,"
                        + " --adapt, --zstd and -B",
                "are accepted and ignored, but -d --long=28 to 31 allows larger windows.",
                "Dictionaries, benchmarks and other formats are not supported.",
                "Files that end in .zst, .zstd or .tzst are not compressed again. Exit status: 0,"
                        + " or 1 if",
                "anything failed. ZSTD_NBTHREADS is the number of workers where -T is not given.",
                "",
                "Examples:",
                "  hzstd --rm *.log",
                "  tar -I hzstd -cf folder.tar.zst folder",
                "  hzstdcat *.log.zst current.log | grep -c error");
        return spec;
    }

    /** Adds options of zstd that say how hard to try, and those for what is done anyway. */
    private static void addIgnored(CommandSpec spec) {
        // accepted like the others: units have the usual size
        addIgnored(spec, RunOptions.BLOCK_SIZE, HzstdCommand::parseUnitBytes);
        ATTACHED.forEach((name, pattern) ->
                spec.addOption(
                        attached("", name)
                                .type(String.class)
                                .converters(value -> matching(pattern, value))
                                .hidden(true)
                                .build()));
        for (String name :
                List.of("-B", "--size-hint", "--stream-size", "--target-compressed-block-size")) {
            addIgnored(spec, name, Numbers::parseSize);
        }
        addIgnored(spec, "--auto-threads", value -> value);
        addIgnored(spec, "--format", HzstdCommand::parseFormat);
        for (String name :
                List.of(
                        "--asyncio",
                        "--content-size",
                        "--compress-literals",
                        "--row-match-finder")) {
            spec.addOption(OptionSpec.builder(negatable("", name)).hidden(true).build());
        }
        for (String name : List.of("-C", "-n", "--ultra", "--no-dictID", SINGLE_THREAD)) {
            addHidden(spec, name);
        }
    }

    private static void addIgnored(CommandSpec spec, String name, ITypeConverter<?> converter) {
        spec.addOption(
                OptionSpec.builder(name)
                        .type(Object.class)
                        .converters(converter)
                        .arity("1")
                        .hidden(true)
                        .build());
    }

    private static long parseUnitBytes(String size) {
        Numbers.parseSize(size);
        return CompressOptions.MAX_UNIT_BYTES;
    }

    private static String matching(String pattern, String value) {
        if (value.matches(pattern)) {
            return value;
        }
        throw new TypeConversionException("'" + value + "' is nothing that zstd takes there");
    }

    private static String parseFormat(String text) {
        if (text.equals("zstd")) {
            return text;
        }
        throw new TypeConversionException("'" + text + "' is not zstd, the only format here");
    }

    /** Whether this is the command of a run. */
    static boolean isOf(ParseResult result) {
        return result.commandSpec().name().equals(NAME);
    }

    /**
     * How many workers there are if no option says so, 0 for all cores. Why the environment's
     * number is ignored is a warning.
     */
    private static int usualWorkers(Console console) {
        String value = System.getenv(WORKERS_VARIABLE);
        if (value == null) {
            return 0;
        }
        try {
            long workers = Numbers.parse(value, Integer.MAX_VALUE);
            if (workers >= 0) {
                return (int) workers;
            }
            console.warn(WORKERS_VARIABLE + " is ignored: '" + value + "' is negative");
        } catch (TypeConversionException e) {
            console.warn(WORKERS_VARIABLE + " is ignored: " + e.getMessage());
        }
        return 0;
    }

    private static int workers(ParseResult result, Console console) {
        int usual = usualWorkers(console);
        return result.hasMatchedOption(SINGLE_THREAD)
                ? 1
                : RunOptions.workers(
                        (int) bounded(result, RunOptions.WORKERS, usual, 0, Integer.MAX_VALUE));
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        if (result.hasMatchedOption(HELP)) {
            output.line(Main.usage(this));
            return 0;
        }
        int workers = workers(result, console);
        return switch (last(result, "-z", "-d", "-t", "-l")) {
            case "-d" -> new DecompressCommand().run(result, workers, console, output);
            case "-t" -> new TestCommand().run(result, workers, console);
            case "-l" -> new ListCommand().run(result, console, output);
            default -> new CompressCommand().run(result, Mode.FAST, workers, console, output);
        };
    }
}
