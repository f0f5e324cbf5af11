package io.github.huffhash.cli;

import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.FileLikeness;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compresses or decompresses inputs: each becomes one output, which is published when complete.
 *
 * @param coding compresses or decompresses the bytes
 * @param naming how outputs are named
 * @param options where outputs go
 * @param verification verifies a file before it is published
 * @param console prints messages
 * @param standardOutput receives what goes to no file
 */
record FileTask(
        Coding coding,
        Naming naming,
        FileOptions options,
        Optional<Verification> verification,
        Console console,
        StandardOutput standardOutput) {

    /** Compresses or decompresses the bytes of one input. */
    @FunctionalInterface
    interface Coding {
        /**
         * Reads the input to its end and writes the result to {@code out}, which is neither flushed
         * nor closed.
         *
         * @throws IOException if reading or writing fails, or the input is not valid
         */
        Counts over(Input input, OutputStream out) throws IOException;

        /**
         * Bytes read and written.
         *
         * @param in bytes read
         * @param out bytes written
         */
        record Counts(long in, long out) {}

        /** Decompression by this many threads. */
        static Coding decompression(int workers) {
            return (input, out) -> {
                long bytes = Huffhash.decompress(input.stream(), out, workers);
                return new Counts(input.position(), bytes);
            };
        }
    }

    /** Converts all inputs, also those after one that fails; returns the exit code. */
    int run(List<String> arguments) throws IOException {
        InputNames inputs = InputNames.of(arguments, options.recursive(), naming::takes, console);
        if (options.output().isPresent()
                && !options.standardOutput()
                && Math.max(arguments.size(), inputs.names().size()) > 1) {
            throw new UsageException(FileOptions.OUTPUT + " goes with one input");
        }
        if (options.directory().isPresent()) {
            refuseSameOutputs(inputs.names());
        }
        return inputs.forEach(this::convert, console);
    }

    /** Two inputs must not have the same output; nothing is converted then. */
    private void refuseSameOutputs(List<String> inputs) throws FileFailure {
        Map<String, String> inputOf = new HashMap<>();
        for (String input : inputs) {
            Optional<String> output = outputOrNone(input);
            if (output.isPresent()) {
                String other = inputOf.putIfAbsent(output.get(), input);
                if (other != null) {
                    throw new FileFailure(
                            output.get(), "would be the output of both " + other + " and " + input);
                }
            }
        }
    }

    private Optional<String> outputOrNone(String input) {
        try {
            return naming.isDone(input) ? Optional.empty() : output(input);
        } catch (FileFailure _) {
            return Optional.empty(); // reported in its turn
        }
    }

    /** The output's name; nothing for standard output. */
    private Optional<String> output(String input) throws FileFailure {
        if (options.standardOutput()) {
            return Optional.empty();
        }
        if (options.output().isPresent()) {
            return options.output();
        }
        return input.equals(Input.STANDARD_INPUT)
                ? Optional.empty()
                : Optional.of(naming.output(input, options.directory()));
    }

    /** Whether the user named the output. */
    private boolean isNamed() {
        return options.standardOutput() || options.output().isPresent();
    }

    /**
     * Converts one input.
     *
     * @throws IOException if that fails; no file has changed then
     */
    void convert(String name) throws IOException {
        if (!isNamed() && naming.isDone(name)) {
            console.warn(
                    name + ": ends in " + Naming.SUFFIX + " already; skipped (-o or -c takes it)");
            return;
        }
        if (verification.isPresent() && !Input.isRegularOrMissing(name)) {
            throw unreadable(name);
        }
        Optional<InputRemoval> removal = removal(name); // of what is there before it is read
        try (Input input = open(name)) {
            Optional<String> output = output(name);
            if (output.isPresent()) {
                toFile(input, output.get(), removal);
            } else {
                toStandardOutput(input);
            }
        }
    }

    private Optional<InputRemoval> removal(String name) throws FileFailure {
        return options.remove() && !options.standardOutput() && !name.equals(Input.STANDARD_INPUT)
                ? Optional.of(InputRemoval.of(name))
                : Optional.empty();
    }

    private Input open(String name) throws FileFailure {
        // the header of what is compressed declares its size
        return naming == Naming.COMPRESSED ? Input.openUnchanging(name) : Input.open(name);
    }

    private void toStandardOutput(Input input) throws IOException {
        if (naming == Naming.COMPRESSED && !options.force() && Terminal.isStandardOutput()) {
            throw new FileFailure(
                    "standard output", "is a terminal; -f writes compressed data to it");
        }
        Coding.Counts counts = code(input, standardOutput.bytes());
        standardOutput.flush();
        summarize(input.name(), counts, Optional.empty());
        if (options.remove()) {
            console.warn(
                    Console.label(input.name())
                            + ": not removed, since the output went to standard output");
        }
    }

    private void toFile(Input input, String output, Optional<InputRemoval> removal)
            throws IOException {
        OutputTarget target =
                OutputTarget.of(output, input.name(), isNamed(), options, console.warnings());
        Coding.Counts counts;
        if (target == OutputTarget.IN_PLACE) {
            counts = toDevice(input, output);
        } else {
            counts = toNewFile(input, output, target == OutputTarget.REPLACED);
            if (removal.isPresent()) {
                removal.get().delete();
            }
        }
        summarize(input.name(), counts, Optional.of(output));
    }

    private Coding.Counts toDevice(Input input, String output) throws IOException {
        if (verification.isPresent()) {
            throw unreadable(output);
        }
        try (OutputStream out = OutputFile.inPlace(output)) {
            Coding.Counts counts = code(input, out);
            out.flush();
            if (options.remove()) {
                console.warn(
                        Console.label(input.name())
                                + ": not removed, since "
                                + output
                                + " is not a regular file");
            }
            return counts;
        }
    }

    private static FileFailure unreadable(String file) {
        return new FileFailure(file, "cannot be read again, as --verify would have to");
    }

    private Coding.Counts toNewFile(Input input, String output, boolean replace)
            throws IOException {
        try (OutputFile file = OutputFile.create(output, likeness(input.name()))) {
            Coding.Counts counts = code(input, file.stream());
            if (verification.isPresent()) {
                verification.get().verify(file, output, input.name());
            }
            file.publish(replace, options.sync() || options.remove());
            return counts;
        }
    }

    private static Optional<FileLikeness> likeness(String input) throws FileFailure {
        try {
            return !input.equals(Input.STANDARD_INPUT) && Files.isRegularFile(Path.of(input))
                    ? Optional.of(FileLikeness.of(Path.of(input)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new FileFailure(input, e);
        }
    }

    private Coding.Counts code(Input input, OutputStream out) throws IOException {
        try (var _ = Progress.start(console.progress(), input::position, input.expected())) {
            return coding.over(input, out);
        }
    }

    private void summarize(String input, Coding.Counts counts, Optional<String> output) {
        if (console.summaries()) {
            boolean compressed = naming == Naming.COMPRESSED;
            long whole = compressed ? counts.in() : counts.out();
            long part = compressed ? counts.out() : counts.in();
            String ratio =
                    whole == 0
                            ? ""
                            : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * part / whole);
            console.summarize(
                    input,
                    Console.size(counts.in())
                            + " => "
                            + Console.size(counts.out())
                            + ratio
                            + output.map(name -> ", " + name).orElse(""));
        }
    }
}
