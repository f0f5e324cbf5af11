package io.github.huffhash.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files in testdata, and what is known of them. */
final class TestFiles {
    private static final Path FOLDER = Path.of("testdata").toAbsolutePath();

    private TestFiles() {}

    /**
     * What the reference programs print.
     *
     * @param path the file
     * @param bytes its size
     * @param signature its signature
     * @param poolsLocks lock acquisitions in pools mode
     * @param threadsLocks lock acquisitions in threads mode
     */
    record Golden(Path path, long bytes, long signature, long poolsLocks, long threadsLocks) {}

    /** All files that are there and have a line in signatures.tsv. */
    static List<Golden> golden() {
        try {
            return Files.readAllLines(FOLDER.resolve("signatures.tsv")).stream()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(fields ->
                            new Golden(
                                    FOLDER.resolve(fields[0]),
                                    Long.parseLong(fields[1]),
                                    Long.parseLong(fields[3]),
                                    Long.parseLong(fields[4]),
                                    Long.parseLong(fields[5])))
                    .filter(golden -> Files.exists(golden.path()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of the file with this name. */
    static Golden golden(String name) {
        return golden().stream()
                .filter(golden -> golden.path().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** The file with this name. */
    static String path(String name) {
        return FOLDER.resolve(name).toString();
    }

    /** Skips the test where a special file is not there. */
    static void assumeExists(String path) {
        assumeTrue(Files.exists(Path.of(path)), () -> "needs " + path);
    }
}
