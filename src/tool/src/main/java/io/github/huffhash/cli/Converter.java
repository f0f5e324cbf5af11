package io.github.huffhash.cli;

import io.github.huffhash.cli.Coding.Counts;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.FileLikeness;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns one input into one output.
 *
 * @param coding what is done with the bytes
 * @param naming how outputs are called
 * @param options where they go
 * @param verification what is done before a file gets its name
 * @param reporting what is said
 * @param standardOutput where bytes go that go into no file
 */
record Converter(
        Coding coding,
        Naming naming,
        FileOptions options,
        Optional<Verification> verification,
        Reporting reporting,
        StandardOutput standardOutput) {

    /** The output's name; nothing for standard output. */
    Optional<String> output(String input) throws FileFailure {
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

    /** Whether the output's name is the user's own, and not made from the input's. */
    private boolean isNamed() {
        return options.standardOutput() || options.output().isPresent();
    }

    /**
     * Converts one input.
     *
     * @throws IOException if that fails; nothing has changed then, except where devices and pipes
     *     are written to
     */
    void convert(String name) throws IOException {
        if (!isNamed() && naming.isDone(name)) {
            reporting.warn(
                    name + ": ends in " + Naming.SUFFIX + " already; skipped (-o or -c takes it)");
            return;
        }
        if (verification.isPresent() && !Input.isRegularOrMissing(name)) {
            throw unreadable(name);
        }
        Optional<Removal> removal = removal(name); // of what is there before it is read
        try (Input input = open(name)) {
            Optional<String> output = output(name);
            if (output.isPresent()) {
                toFile(input, output.get(), removal);
            } else {
                toStandardOutput(input);
            }
        }
    }

    private Optional<Removal> removal(String name) throws FileFailure {
        return options.remove() && !options.standardOutput() && !name.equals(Input.STANDARD_INPUT)
                ? Optional.of(Removal.of(name))
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
        Counts counts = code(input, standardOutput.bytes());
        standardOutput.flush();
        summarize(input.name(), counts, Optional.empty());
        if (options.remove()) {
            reporting.warn(
                    Reporting.label(input.name())
                            + ": not removed, since the output went to standard output");
        }
    }

    private void toFile(Input input, String output, Optional<Removal> removal) throws IOException {
        Target target = Target.of(output, input.name(), isNamed(), options, reporting.warnings());
        Counts counts;
        if (target == Target.IN_PLACE) {
            counts = toDevice(input, output);
        } else {
            counts = toNewFile(input, output, target == Target.REPLACED);
            if (removal.isPresent()) {
                removal.get().carryOut();
            }
        }
        summarize(input.name(), counts, Optional.of(output));
    }

    private Counts toDevice(Input input, String output) throws IOException {
        if (verification.isPresent()) {
            throw unreadable(output);
        }
        try (OutputStream out = OutputFile.inPlace(output)) {
            Counts counts = code(input, out);
            out.flush();
            if (options.remove()) {
                reporting.warn(
                        Reporting.label(input.name())
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

    private Counts toNewFile(Input input, String output, boolean replace) throws IOException {
        try (OutputFile file = OutputFile.create(output, likeness(input.name()))) {
            Counts counts = code(input, file.stream());
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

    private Counts code(Input input, OutputStream out) throws IOException {
        try (var _ = Progress.start(reporting.progress(), input::position, input.expected())) {
            return coding.over(input, out);
        }
    }

    private void summarize(String input, Counts counts, Optional<String> output) {
        if (reporting.summaries()) {
            boolean compressed = naming == Naming.COMPRESSED;
            long whole = compressed ? counts.in() : counts.out();
            long part = compressed ? counts.out() : counts.in();
            String ratio =
                    whole == 0
                            ? ""
                            : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * part / whole);
            reporting.summarize(
                    input,
                    Reporting.size(counts.in())
                            + " => "
                            + Reporting.size(counts.out())
                            + ratio
                            + output.map(name -> ", " + name).orElse(""));
        }
    }
}
