package io.github.huffhash.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where outputs go, and what happens to the files that are there.
 *
 * @param output the name of the only output
 * @param standardOutput whether all go to standard output
 * @param directory where they go, if not beside the inputs
 * @param mirrored whether they go into directories below that one, as the inputs are
 * @param recursion which files in directories are taken
 * @param force whether files that are there are overwritten, and terminals written to
 * @param remove whether inputs are removed
 * @param sync whether outputs are to be on disk
 * @param excluding whether inputs that are compressed, by their names, are skipped
 * @param sparse whether outputs have holes where their content is zeros
 */
record FileOptions(
        Optional<String> output,
        boolean standardOutput,
        Optional<String> directory,
        boolean mirrored,
        Recursion recursion,
        boolean force,
        boolean remove,
        boolean sync,
        boolean excluding,
        boolean sparse) {
    /** Which files in directories are taken. */
    enum Recursion {
        /** None: a directory is a failure. */
        NONE,
        /** Those of the suffix that the command is for. */
        OF_SUFFIX,
        /**
         * Those of any suffix where one is expected; what is compressed is not compressed again.
         */
        ALL
    }

    static final String OUTPUT = "-o";
    private static final String STDOUT = "--stdout";

    private static final String RECURSIVE = "-r";
    private static final String REMOVE = "--rm";
    private static final String FORCE = "--force";
    private static final String SYNC = "--sync";
    private static final String SPARSE = "--sparse";
    private static final String DIRECTORY = "--output-dir-flat";
    private static final String MIRROR = "--output-dir-mirror";
    private static final String FILE_LIST = "--filelist";

    /** Of hzstd: whether files of other compressors are skipped as well. */
    static final String EXCLUDE_COMPRESSED = "--exclude-compressed";

    private static final List<String> STANDARD_OUTPUTS = List.of("-", "/dev/stdout");

    static void addTo(CommandSpec spec) {
        spec.addOption(
                Command.text("FILE", "Write to FILE; there is only one input then.", OUTPUT));
        spec.addOption(Command.flag("Write to standard output; keep the inputs.", "-c", STDOUT));
        spec.addOption(Command.flag("Keep the inputs (default).", "-k", "--keep"));
        spec.addOption(
                Command.flag(
                        "Remove each input once its output is on disk; the last of -k and --rm"
                                + " counts.",
                        REMOVE));
        spec.addOption(
                Command.flag("Overwrite files that are there; write to a terminal.", "-f", FORCE));
        spec.addOption(Command.flag("Return only when outputs are on disk.", SYNC));
        addInputs(spec);
        spec.addOption(Command.text("DIR", "Write all outputs into DIR.", DIRECTORY));
        spec.addOption(
                Command.text("DIR", "Write DIR/a/b.zst for a/b; directories are made.", MIRROR));
    }

    /** Adds further ways to name inputs. */
    static void addInputs(CommandSpec spec) {
        spec.addOption(Command.flag("Take the files in directories.", RECURSIVE));
        spec.addOption(
                OptionSpec.builder(FILE_LIST)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("FILE")
                        .description("Take the files named in FILE, a name a line.")
                        .build());
    }

    static void addSparse(CommandSpec spec) {
        spec.addOption(
                Command.negatable(
                        "Leave holes in files for runs of zeros (default), or write them.",
                        SPARSE));
    }

    static Recursion recursion(ParseResult result) {
        if (!result.hasMatchedOption(RECURSIVE)) {
            return Recursion.NONE;
        }
        return HzstdCommand.isOf(result) ? Recursion.ALL : Recursion.OF_SUFFIX;
    }

    /** The files that files name, if there are such. */
    static Optional<List<String>> listed(ParseResult result) throws FileFailure {
        if (!result.hasMatchedOption(FILE_LIST)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (String list : result.matchedOptionValue(FILE_LIST, List.<String>of())) {
            if (list.isEmpty()) {
                throw new UsageException(FILE_LIST + " needs a name");
            }
            try (Input input = Input.open(list)) {
                String text =
                        UTF_8.newDecoder()
                                .decode(ByteBuffer.wrap(input.stream().readAllBytes()))
                                .toString();
                if (text.isBlank()) {
                    throw new FileFailure(list, "names no file");
                }
                text.lines().filter(line -> !line.isEmpty()).forEach(names::add);
            } catch (CharacterCodingException _) {
                throw new FileFailure(list, "has a name that is not UTF-8");
            } catch (IOException e) {
                throw FileFailure.of(list, e);
            }
        }
        return Optional.of(names);
    }

    /** Whether the output of an input goes to standard output. */
    boolean toStandardOutput(String input) {
        return standardOutput || (output.isEmpty() && input.equals(Input.STANDARD_INPUT));
    }

    static FileOptions of(ParseResult result) {
        Optional<String> mirror = value(result, MIRROR);
        Optional<String> directory = mirror.or(() -> value(result, DIRECTORY));
        List<String> places = new ArrayList<>(List.of(OUTPUT, STDOUT, DIRECTORY, MIRROR));
        places.removeIf(place -> !result.hasMatchedOption(place));
        if (HzstdCommand.isOf(result) && places.containsAll(List.of(OUTPUT, STDOUT))) {
            places.remove(Command.last(result, OUTPUT, "-c").equals(OUTPUT) ? STDOUT : OUTPUT);
        }
        if (places.size() > 1) {
            throw new UsageException(
                    "choose one of -o, -c and " + (mirror.isPresent() ? MIRROR : DIRECTORY));
        }
        Optional<String> output = value(result, OUTPUT).filter(_ -> places.contains(OUTPUT));
        return new FileOptions(
                output,
                places.contains(STDOUT) || output.filter(STANDARD_OUTPUTS::contains).isPresent(),
                directory,
                mirror.isPresent(),
                recursion(result),
                result.hasMatchedOption(FORCE),
                Command.last(result, "-k", REMOVE).equals(REMOVE),
                result.hasMatchedOption(SYNC),
                result.hasMatchedOption(EXCLUDE_COMPRESSED),
                result.matchedOptionValue(SPARSE, true));
    }

    private static Optional<String> value(ParseResult result, String option) {
        Optional<String> value = Optional.ofNullable(result.matchedOptionValue(option, null));
        if (value.filter(String::isEmpty).isPresent()) {
            throw new UsageException(option + " needs a name");
        }
        return value;
    }
}
