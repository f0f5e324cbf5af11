package io.github.huffhash.cli;

import io.github.huffhash.FileInfo;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the headers of a compressed file say, or those of several files.
 *
 * @param file its name
 * @param info the sum of its headers
 */
record Listing(String file, FileInfo info) {
    private static final Table<Listing> ALL =
            new Table<Listing>()
                    .with("file", Listing::file)
                    .shown("Filename", "", " %s")
                    .with("frames", row -> row.info.frames())
                    .shown("Frames", "", "%,6d")
                    .with("skippableFrames", row -> row.info.skippableFrames())
                    .shown("Skips", "", "%,6d")
                    .with("compressedBytes", row -> row.info.fileBytes())
                    .shown("Compressed", "", "%,15d")
                    .with(
                            "uncompressedBytes",
                            row -> row.info.contentBytes().stream().boxed().findFirst())
                    .shown("Uncompressed", "", "%,15d")
                    .with("ratio", Listing::ratio)
                    .shown("Ratio", "", "%7.3f")
                    .with("check", Listing::check)
                    .shown("Check", "", " %-5s")
                    .with(
                            "planes",
                            row -> Optional.of(row.info.planes()).filter(it -> !it.isEmpty()));

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
        String numbers =
                info.planes().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of("        byte planes: " + numbers + " (other tools cannot read them)")
                .filter(_ -> !numbers.isEmpty());
    }

    /** One JSON object; unknown values are left out. */
    String json() {
        return ALL.json(this);
    }

    /** The size of the content as a multiple of the compressed size. */
    private OptionalDouble ratio() {
        return info.contentBytes().stream()
                .mapToDouble(bytes -> info.fileBytes() == 0 ? 0 : (double) bytes / info.fileBytes())
                .findFirst();
    }

    /** Which frames have checksums. */
    private String check() {
        if (info.checkedFrames() == 0) {
            return "None";
        }
        return info.checkedFrames() == info.frames() ? "XXH64" : "Some";
    }

    /** The sum of several files. */
    static Listing total(List<Listing> files) {
        var none = new FileInfo(0, 0, 0, 0, OptionalLong.of(0), List.of());
        return new Listing(
                Format.count(files.size(), "file"),
                files.stream().map(Listing::info).reduce(none, Listing::sum));
    }

    private static FileInfo sum(FileInfo a, FileInfo b) {
        return new FileInfo(
                a.frames() + b.frames(),
                a.skippableFrames() + b.skippableFrames(),
                a.checkedFrames() + b.checkedFrames(),
                a.fileBytes() + b.fileBytes(),
                sum(a.contentBytes(), b.contentBytes()),
                List.of());
    }

    /** Unknown if one of them is, or if there is no such number. */
    private static OptionalLong sum(OptionalLong a, OptionalLong b) {
        boolean known = a.isPresent() && b.isPresent();
        return known && a.getAsLong() <= Long.MAX_VALUE - b.getAsLong()
                ? OptionalLong.of(a.getAsLong() + b.getAsLong())
                : OptionalLong.empty();
    }
}
