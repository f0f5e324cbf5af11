package io.github.huffhash.cli;

import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The headers of a compressed file, summed up.
 *
 * @param file its name
 * @param frames the number of frames with content
 * @param skippableFrames the number of skippable frames
 * @param checkedFrames the number of frames with a checksum
 * @param compressedBytes the size of the file
 * @param uncompressedBytes the size of its content, if every frame declares it
 * @param planes which numbers of byte planes frames have
 */
record Listing(
        String file,
        long frames,
        long skippableFrames,
        long checkedFrames,
        long compressedBytes,
        Optional<Long> uncompressedBytes,
        List<Integer> planes) {
    private static final Table<Listing> ALL =
            new Table<Listing>()
                    .with("file", Listing::file)
                    .shown("Filename", "", " %s")
                    .with("frames", Listing::frames)
                    .shown("Frames", "", "%,6d")
                    .with("skippableFrames", Listing::skippableFrames)
                    .shown("Skips", "", "%,6d")
                    .with("compressedBytes", Listing::compressedBytes)
                    .shown("Compressed", "", "%,15d")
                    .with("uncompressedBytes", Listing::uncompressedBytes)
                    .shown("Uncompressed", "", "%,15d")
                    .with("ratio", Listing::ratio)
                    .shown("Ratio", "", "%7.3f")
                    .with("check", Listing::check)
                    .shown("Check", "", " %-5s")
                    .with("planes", row -> Optional.of(row.planes).filter(it -> !it.isEmpty()));

    private static final Table<Listing> TEXT =
            ALL.select("frames", "skippableFrames", "compressedBytes")
                    .with(ALL.select("uncompressedBytes", "ratio", "check", "file"));

    /** The names of the columns. */
    static String heading() {
        return TEXT.heading().getFirst();
    }

    /** One line of the table. */
    String row() {
        return TEXT.line(this);
    }

    /** A line below that of the table, for what most files do not have. */
    Optional<String> note() {
        String numbers = planes.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of("        byte planes: " + numbers + " (other tools cannot read them)")
                .filter(_ -> !planes.isEmpty());
    }

    /** One JSON object; unknown values are left out. */
    String json() {
        return ALL.json(this);
    }

    /** The size of the content as a multiple of the compressed size. */
    private Optional<Double> ratio() {
        return uncompressedBytes.map(
                bytes -> compressedBytes == 0 ? 0 : (double) bytes / compressedBytes);
    }

    /** Which frames have checksums. */
    String check() {
        if (checkedFrames == 0) {
            return "None";
        }
        return checkedFrames == frames ? "XXH64" : "Some";
    }

    /** The sum of several files. */
    static Listing total(List<Listing> files) {
        var none =
                new Listing(
                        Format.count(files.size(), "file"), 0, 0, 0, 0, Optional.of(0L), List.of());
        return files.stream().reduce(none, Listing::plus);
    }

    private Listing plus(Listing other) {
        return new Listing(
                file,
                frames + other.frames,
                skippableFrames + other.skippableFrames,
                checkedFrames + other.checkedFrames,
                compressedBytes + other.compressedBytes,
                sum(uncompressedBytes, other.uncompressedBytes),
                planes);
    }

    /** Unknown if one of them is, or if there is no such number. */
    private static Optional<Long> sum(Optional<Long> a, Optional<Long> b) {
        return a.flatMap(
                one -> b.filter(other -> one <= Long.MAX_VALUE - other).map(it -> one + it));
    }
}
