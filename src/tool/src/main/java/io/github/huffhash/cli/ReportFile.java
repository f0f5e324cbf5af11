package io.github.huffhash.cli;

import io.github.huffhash.html.Page;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import io.github.huffhash.io.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The HTML report of a command, if one is wanted. It is begun before anything is measured, so that
 * a place that cannot be written to is known by then, and replaces an older one in one step.
 */
final class ReportFile implements Closeable {
    private static final String HTML = "--html";

    private final String command;
    private final Optional<Place> place;
    private final Optional<OutputFile> file;

    private ReportFile(String command, Optional<Place> place, Optional<OutputFile> file) {
        this.command = command;
        this.place = place;
        this.file = file;
    }

    static OptionSpec option() {
        return Command.text("REPORT", "Write a page with charts to the file REPORT.", HTML);
    }

    /**
     * Begins the report that a command line asks for.
     *
     * @param input the file that is read, which the report must not replace
     */
    static ReportFile of(ParseResult result, Command command, Optional<Input> input)
            throws IOException {
        String words =
                "huffhash "
                        + command.name()
                        + " "
                        + result.originalArgs().stream()
                                .map(ReportFile::quoted)
                                .collect(Collectors.joining(" "));
        if (!result.hasMatchedOption(HTML)) {
            return new ReportFile(words, Optional.empty(), Optional.empty());
        }
        Place place = Place.of(result.matchedOptionValue(HTML, ""));
        try {
            check(place, input);
            return new ReportFile(
                    words,
                    Optional.of(place),
                    Optional.of(OutputFile.create(place, Optional.empty(), false)));
        } catch (IOException e) {
            place.close();
            throw FileFailure.of(place.name(), e);
        }
    }

    private static void check(Place place, Optional<Input> input) throws IOException {
        try {
            BasicFileAttributes attributes = place.attributes(true);
            if (!attributes.isRegularFile()) {
                throw new FileFailure(
                        place.name(),
                        attributes.isDirectory() ? "is a directory" : "is not a regular file");
            }
            if (input.isPresent() && input.get().is(attributes)) {
                throw new FileFailure(place.name(), "is the input itself");
            }
        } catch (NoSuchFileException _) {
            // a new report
        }
    }

    /** A word as a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[\\w%+,./:=@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    boolean isWanted() {
        return file.isPresent();
    }

    /** Writes the report if it is wanted; see {@link Page} for the parameters. */
    void write(String kind, String title, String json, List<Page.Section> sections)
            throws IOException {
        if (file.isPresent()) {
            var page = new Page(kind, title, machine(), command, json, sections);
            file.get().stream().write(page.html().getBytes(StandardCharsets.UTF_8));
            file.get().publish(true, false);
        }
    }

    private static String machine() {
        return "%d cores, %s %s %s, Java %s (%s), %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vm.name"),
                        Main.version());
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
        if (place.isPresent()) {
            place.get().close();
        }
    }
}
