package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.cli.OutputTarget.Kind;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import io.github.huffhash.io.TemporaryFiles;
import io.github.huffhash.report.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns one input into one output.
 *
 * @param coding what is done with the bytes
 * @param naming how outputs are called
 * @param options where they go
 * @param verifies whether a file is decoded and compared with its input before it gets its name
 * @param threads how many small files of a directory are done at a time
 * @param console what is said
 * @param standardOutput where bytes go that go into no file
 */
record FileTask(
        Coding coding,
        Naming naming,
        FileOptions options,
        boolean verifies,
        int threads,
        Console console,
        StandardOutput standardOutput) {
    private static final String NOT_TWICE = "cannot be read again, as --verify would have to";
    private static final String NOT_REGULAR =
            "is not a regular file; name the output with -o, or use -c";

    /** What is done with the bytes of each file. */
    @FunctionalInterface
    interface Coding {
        /**
         * Reads the input to its end and writes what it becomes to {@code out}, which is neither
         * flushed nor closed.
         *
         * @throws IOException if either fails, or the input makes no sense
         */
        Counts code(Input input, OutputStream out) throws IOException;
    }

    /**
     * How much it was.
     *
     * @param in bytes read
     * @param out bytes written
     */
    record Counts(long in, long out) {}

    /** Converts all that the arguments stand for; returns the exit code. */
    int runAll(List<String> arguments) throws IOException {
        var inputs = new Inputs(arguments, options.recursion(), naming, console);
        if (options.output().isPresent()
                && !options.standardOutput()
                && Math.max(arguments.size(), inputs.names().size()) > 1) {
            throw new UsageException(FileOptions.OUTPUT + " goes with one input");
        }
        if (options.directory().isPresent()) {
            refuseSameNames(inputs.names());
        }
        return inputs.forEach(
                (source, said) -> to(said).run(source), isInTurn(inputs.names()) ? 1 : threads);
    }

    private FileTask to(Console said) {
        return new FileTask(coding, naming, options, verifies, threads, said, standardOutput);
    }

    /**
     * Whether one file has to wait for the other: in a pipe, or a directory that is made or opened
     * for both; where the user may be asked; and where one's output has the name of the other, or
     * of its output.
     */
    private boolean isInTurn(List<String> inputs) {
        if (options.standardOutput()
                || options.output().isPresent()
                || options.directory().isPresent()
                || (console.warnings() && !options.force() && Terminal.isStandardInput())) {
            return true;
        }
        Set<String> names = new HashSet<>(inputs);
        return !inputs.stream()
                .map(this::nameOrNone)
                .flatMap(Optional::stream)
                .allMatch(names::add);
    }

    /** In one directory, two files would get the same name: neither is done then, nor any other. */
    private void refuseSameNames(List<String> inputs) throws FileFailure {
        Map<String, String> inputOf = new HashMap<>();
        for (String input : inputs) {
            Optional<String> output = nameOrNone(input);
            if (output.isPresent()) {
                String other = inputOf.putIfAbsent(output.get(), input);
                if (other != null) {
                    throw new FileFailure(
                            output.get(), "would be the output of both " + other + " and " + input);
                }
            }
        }
    }

    private Optional<String> nameOrNone(String input) {
        try {
            return whySkipped(input).isPresent() ? Optional.empty() : output(input);
        } catch (FileFailure _) {
            return Optional.empty(); // which will be reported in its turn
        }
    }

    /** The output's name; nothing for standard output. */
    private Optional<String> output(String input) throws FileFailure {
        if (options.toStandardOutput(input)) {
            return Optional.empty();
        }
        return options.output().isPresent()
                ? options.output()
                : Optional.of(naming.output(input, options));
    }

    /**
     * Converts one input.
     *
     * @throws IOException if that fails; nothing has changed then, except where devices and pipes
     *     are written to
     */
    void run(Source source) throws IOException {
        String name = source.name();
        Optional<String> why = whySkipped(name);
        if (why.isPresent()) {
            skip(source, why.get());
            return;
        }
        if (source.place().filter(place -> TemporaryFiles.isName(place.lastName())).isPresent()) {
            throw new FileFailure(name, "is the unfinished output of a run of huffhash");
        }
        Optional<InputRemoval> removal = removal(source);
        try (Input input = open(source, isNamed())) {
            Optional<String> output = output(name);
            if (output.isPresent()) {
                toFile(source, input, output.get(), removal);
            } else {
                toStandardOutput(input);
            }
        }
    }

    /** Whether the output has a name, or is standard output. */
    private boolean isNamed() {
        return options.standardOutput() || options.output().isPresent();
    }

    /** Why an input is left alone, if it is. */
    private Optional<String> whySkipped(String name) {
        if (options.excluding() && naming.excludes(name)) {
            return Optional.of("is compressed, by its name; skipped");
        }
        return isNamed() || !naming.isDone(name)
                ? Optional.empty()
                : Naming.suffix(name)
                        .map("ends in %s already; skipped (-o or -c takes it)"::formatted);
    }

    /** Leaves a file alone, if it is there. */
    private void skip(Source source, String why) throws FileFailure {
        String name = source.name();
        try {
            if (source.place().isPresent()) {
                source.place().get().attributes(true);
            }
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
        console.warn(name + ": " + why);
    }

    private Optional<InputRemoval> removal(Source source) throws FileFailure {
        return options.remove() && !options.standardOutput() && source.place().isPresent()
                ? Optional.of(InputRemoval.of(source.place().get()))
                : Optional.empty();
    }

    /** A pipe or a device, which may have no end, is read only for an output that has a name. */
    private Input open(Source source, boolean named) throws FileFailure {
        if (verifies) {
            return source.openRegular(NOT_TWICE);
        }
        if (!named && source.place().isPresent()) {
            return source.openRegular(NOT_REGULAR);
        }
        return source.open(naming == Naming.COMPRESSED); // whose header declares the size
    }

    private void toStandardOutput(Input input) throws IOException {
        if (naming == Naming.COMPRESSED && !options.force() && Terminal.isStandardOutput()) {
            throw new FileFailure(
                    "standard output", "is a terminal; -f writes compressed data to it");
        }
        Counts counts = code(input, standardOutput, console.progressBesideOutput());
        standardOutput.flush();
        summarize(input.name(), counts, Optional.empty());
        if (options.remove()) {
            warnThatItStays(input, "the output went to standard output");
        }
    }

    private void warnThatItStays(Input input, String reason) {
        console.warn(Input.label(input.name()) + ": not removed, since " + reason);
    }

    private void toFile(Source source, Input input, String output, Optional<InputRemoval> removal)
            throws IOException {
        Counts counts;
        try (var target = OutputTarget.of(output, source, input, options, console.warnings())) {
            counts =
                    target.kind() == Kind.IN_PLACE
                            ? toDevice(input, target)
                            : toNewFile(input, target, removal);
        }
        summarize(input.name(), counts, Optional.of(output));
    }

    private Counts toDevice(Input input, OutputTarget target) throws IOException {
        if (verifies) {
            throw new FileFailure(target.place().name(), NOT_TWICE);
        }
        try (OutputStream out = OutputFile.inPlace(target.place())) {
            Counts counts = code(input, out, console.progress());
            out.flush();
            if (options.remove()) {
                warnThatItStays(input, target.place().name() + " is not a regular file");
            }
            return counts;
        }
    }

    private Counts toNewFile(Input input, OutputTarget target, Optional<InputRemoval> removal)
            throws IOException {
        Optional<BasicFileAttributes> read = input.regular();
        try (OutputFile file =
                OutputFile.create(target.place(), input.metadata(), options.sparse())) {
            Counts counts = code(input, file.stream(), console.progress());
            if (verifies) {
                Verification.verify(file, target.place().name(), input);
            }
            boolean replace = options.force() || target.kind() == Kind.REPLACED;
            file.publish(replace, options.sync() || options.remove());
            if (removal.isPresent() && read.isPresent()) {
                removal.get().delete(read.get());
            }
            return counts;
        }
    }

    private Counts code(Input input, OutputStream out, boolean progress) throws IOException {
        Counts counts;
        try (var _ = Progress.start(progress, input::position, input.expected())) {
            counts = coding.code(input, out);
        }
        if (input.hasGrown()) {
            console.warn(
                    "%s: grew while it was read; only its first %s bytes are in the output"
                            .formatted(Input.label(input.name()), input.expected()));
        }
        return counts;
    }

    private void summarize(String input, Counts counts, Optional<String> output) {
        if (console.summaries() && (output.isPresent() || console.besideOutput())) {
            boolean compressed = naming == Naming.COMPRESSED;
            long whole = compressed ? counts.in() : counts.out();
            long part = compressed ? counts.out() : counts.in();
            String ratio = whole == 0 ? "" : Format.line(" (%.1f %%)", 100.0 * part / whole);
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
