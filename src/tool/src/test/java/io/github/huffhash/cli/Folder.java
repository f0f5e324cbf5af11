package io.github.huffhash.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A folder that the program works in. */
record Folder(Path path) {
    private static final byte[] CONTENT =
            "abracadabra, a simsalabim and abc\n".repeat(50).getBytes(UTF_8);

    /** What the files in these tests consist of. */
    static byte[] content() {
        return CONTENT.clone();
    }

    /** The same, compressed. */
    static byte[] compressed() {
        return Huffhash.compress(CONTENT, CompressOptions.DEFAULT);
    }

    /** Makes files of {@link #content}. */
    void contents(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(path.resolve(name).toAbsolutePath().getParent());
            Files.write(path.resolve(name), CONTENT);
        }
    }

    /** Makes a file of {@link #compressed}. */
    void compressed(String name) throws IOException {
        Files.write(path.resolve(name), compressed());
    }

    /** The names of all that is in it. */
    List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an output is being written in it. */
    boolean hasTemporaryFile() {
        return names().stream().anyMatch(name -> name.startsWith(".huffhash-"));
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(path.resolve(name));
    }

    /**
     * Makes a pipe with a name; an input that does not end as long as it is open. It is open for
     * reading, too, so that nobody has to wait for the program to open it.
     */
    RandomAccessFile openPipe(String name) throws IOException, InterruptedException {
        assumeTrue(Cli.of("mkfifo", name).in(path).run().exitCode() == 0, "there is no mkfifo");
        return new RandomAccessFile(path.resolve(name).toFile(), "rw");
    }

    /** Runs the program in it. */
    Cli.Outcome run(String... arguments) throws IOException, InterruptedException {
        return Cli.huffhash(arguments).in(path).run();
    }

    /** Runs the program in it with arguments without spaces. */
    Cli.Outcome runWords(String arguments) throws IOException, InterruptedException {
        return run(arguments.split(" ", -1));
    }

    /** Runs a script in it. */
    Cli.Outcome sh(String script, String... arguments) throws IOException, InterruptedException {
        return Cli.sh(script, arguments).in(path).run();
    }

    /** Whether a file consists of {@link #content}. */
    boolean hasContent(String name) throws IOException {
        return Arrays.equals(read(name), CONTENT);
    }
}
