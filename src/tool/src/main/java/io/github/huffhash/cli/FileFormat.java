package io.github.huffhash.cli;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells from its first bytes how a file is compressed. */
final class FileFormat {
    /** As many as tell. */
    static final int BYTES = 6;

    /** How frames begin, and skippable ones. */
    private static final Pattern ZSTANDARD = Pattern.compile("28b52ffd|5.2a4d18");

    /** Formats of other programs, by how their files begin. */
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    Map.entry("1f8b", "gzip"),
                    Map.entry("fd377a585a00", "xz"),
                    Map.entry("5d0000", "lzma"),
                    Map.entry("04224d18", "lz4"),
                    Map.entry("fd2fb51e", "zstd 0.1"),
                    Map.entry("22b52ffd", "zstd 0.2"),
                    Map.entry("23b52ffd", "zstd 0.3"),
                    Map.entry("24b52ffd", "zstd 0.4"),
                    Map.entry("25b52ffd", "zstd 0.5"),
                    Map.entry("26b52ffd", "zstd 0.6"),
                    Map.entry("27b52ffd", "zstd 0.7"));

    private FileFormat() {}

    /** Whether a file that begins so is one of Zstandard frames, by whatever tool. */
    static boolean isZstandard(byte[] first) {
        return ZSTANDARD.matcher(HexFormat.of().formatHex(first)).lookingAt();
    }

    /** The other format of a file that begins so, if it is one of those known by name. */
    static Optional<String> ofOthers(byte[] first) {
        String start = HexFormat.of().formatHex(first);
        return OTHERS.entrySet().stream()
                .filter(format -> start.startsWith(format.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
