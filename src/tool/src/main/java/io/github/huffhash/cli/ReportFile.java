package io.github.huffhash.cli;

import io.github.huffhash.html.Page;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.FileMetadata;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import io.github.huffhash.io.Place;
import io.github.huffhash.report.Report;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The HTML report of a command, if one is wanted. It is begun before anything is measured, so that
 * a place that cannot be written to is known by then. It replaces an older report in one step, and
 * any other file only if that is asked for.
 *
 * @param command the words that were typed
 * @param target where it goes, if it is wanted
 */
record ReportFile(String command, Optional<ReportFile.Target> target) implements Closeable {
    static final String HTML = "--html";
    private static final String FORCE = "--force";

    /** How far from the start of a page its {@link Page#MARK} may be. */
    private static final int HEAD_BYTES = 4096;

    /**
     * Where a report goes.
     *
     * @param replaces whether it takes the place of a file, and has its permissions then
     */
    record Target(Place place, OutputFile file, boolean replaces) {}

    static void addTo(CommandSpec spec) {
        spec.addOption(
                Command.text("REPORT", "Write a page with charts to the file REPORT.", HTML));
        spec.addOption(
                Command.flag("Overwrite REPORT even if it is not such a page.", "-f", FORCE));
    }

    /**
     * Begins the report that a command line asks for.
     *
     * @param input the file that is read, which the report must not replace
     */
    static ReportFile of(ParseResult result, Command command, Optional<Input> input)
            throws IOException {
        String words =
                result.originalArgs().stream()
                        .map(ReportFile::quoted)
                        .collect(Collectors.joining(" ", "huffhash " + command.name() + " ", ""));
        boolean force = result.hasMatchedOption(FORCE);
        if (!result.hasMatchedOption(HTML)) {
            if (force) {
                throw new Command.UsageException(FORCE + " goes with " + HTML + " only");
            }
            return new ReportFile(words, Optional.empty());
        }
        String name = result.matchedOptionValue(HTML, "");
        if (name.isEmpty()) {
            throw new Command.UsageException(HTML + " needs a name");
        }
        Place place = OutputTarget.placeOf(name);
        try {
            return new ReportFile(words, Optional.of(target(place, input, force)));
        } catch (IOException e) {
            place.close();
            throw FileFailure.of(place.name(), e);
        }
    }

    private static Target target(Place place, Optional<Input> input, boolean force)
            throws IOException {
        if (place.attributesIfAny(false).isEmpty()) {
            OutputTarget.requireFileName(place.name());
            return new Target(place, OutputFile.create(place, Optional.empty(), false), false);
        }
        Optional<BasicFileAttributes> old = place.attributesIfAny(true);
        if (old.isPresent()) {
            if (!old.get().isRegularFile()) {
                throw new FileFailure(
                        place.name(),
                        old.get().isDirectory() ? "is a directory" : "is not a regular file");
            }
            if (input.isPresent() && input.get().is(old.get())) {
                throw new FileFailure(place.name(), "is the input itself");
            }
        }
        if (!force && (old.isEmpty() || !isReport(place))) {
            throw new FileFailure(
                    place.name(),
                    "already exists and is not a report of huffhash; not overwritten (-f"
                            + " overwrites)");
        }
        return new Target(
                place, OutputFile.create(place, old.map(FileMetadata::ofNew), false), true);
    }

    private static boolean isReport(Place place) throws IOException {
        try (Input old = Input.openRegular(place, "is not a regular file")) {
            var head = ByteBuffer.allocate(HEAD_BYTES);
            IOUtils.read(old.channel(), head);
            return new String(head.array(), StandardCharsets.ISO_8859_1).contains(Page.MARK);
        }
    }

    /** A word as a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[\\w%+,./:=@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Writes the report if it is wanted; see {@link Page} for kind and title. */
    void write(String kind, String title, Report report) throws IOException {
        if (target.isPresent()) {
            var page = new Page(kind, title, machine(), command, report.json(), report.sections());
            OutputFile file = target.get().file();
            file.stream().write(page.html().getBytes(StandardCharsets.UTF_8));
            file.publish(target.get().replaces(), false);
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
        if (target.isPresent()) {
            target.get().file().close();
            target.get().place().close();
        }
    }
}
