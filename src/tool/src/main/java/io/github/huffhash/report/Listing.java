package io.github.huffhash.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What is known of a compressed file without decoding it.
 *
 * @param file its name
 * @param frames how many frames with content it has
 * @param skippableFrames how many others
 * @param checkedFrames how many frames have a checksum
 * @param compressedBytes its size
 * @param uncompressedBytes the size of its content, if it says so
 */
public record Listing(
        String file,
        long frames,
        long skippableFrames,
        long checkedFrames,
        long compressedBytes,
        OptionalLong uncompressedBytes) {
    /** The names of the columns. */
    public static String heading() {
        return row("Frames", "Skips", "Compressed", "Uncompressed", "Ratio", "Check", "Filename");
    }

    /** One line of a table. */
    public String row() {
        return row(
                Format.count(frames),
                Format.count(skippableFrames),
                Format.count(compressedBytes),
                uncompressedBytes.isPresent() ? Format.count(uncompressedBytes.getAsLong()) : "-",
                uncompressedBytes.isPresent()
                        ? String.format(Locale.ROOT, "%.3f", ratio(uncompressedBytes.getAsLong()))
                        : "-",
                check(),
                file);
    }

    private static String row(String... columns) {
        return "%6s %6s %15s %15s %7s  %-5s  %s".formatted((Object[]) columns);
    }

    /** How many times as large the content is. */
    double ratio(long uncompressed) {
        return compressedBytes == 0 ? 0 : (double) uncompressed / compressedBytes;
    }

    /** How the content can be checked. */
    String check() {
        if (checkedFrames == 0) {
            return "None";
        }
        return checkedFrames == frames ? "XXH64" : "Some";
    }

    /** The sum of several files. */
    public static Listing total(List<Listing> files) {
        return files.stream()
                .reduce(
                        new Listing(
                                Format.count(files.size(), "file"), 0, 0, 0, 0, OptionalLong.of(0)),
                        Listing::plus);
    }

    private Listing plus(Listing other) {
        return new Listing(
                file,
                frames + other.frames,
                skippableFrames + other.skippableFrames,
                checkedFrames + other.checkedFrames,
                compressedBytes + other.compressedBytes,
                sum(uncompressedBytes, other.uncompressedBytes));
    }

    /** Unknown if one of them is, or if there is no such number. */
    private static OptionalLong sum(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty() || a.getAsLong() > Long.MAX_VALUE - b.getAsLong()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(a.getAsLong() + b.getAsLong());
    }
}
