package io.github.huffhash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The files in testdata. */
public final class Testdata {
    private static final Path FOLDER = Path.of("testdata");

    private Testdata() {}

    /** A file's content. */
    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of a folder's files that end like this, in order. */
    public static List<String> names(String folder, String suffix) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table below its heading, as columns. */
    public static Stream<List<String>> table(String name) {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(name))) {
            return lines.skip(1).map(line -> Arrays.asList(line.split("\t", -1))).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
