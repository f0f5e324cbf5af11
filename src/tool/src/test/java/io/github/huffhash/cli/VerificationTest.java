package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.FileOptions.Recursion;
import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What --verify lets through, and what it does not. */
class VerificationTest {
    private static final FileOptions OPTIONS =
            new FileOptions(
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    false,
                    Recursion.NONE,
                    false,
                    true,
                    false,
                    false,
                    true);
    private static final Console SILENT =
            new Console("huffhash", false, false, false, false, false, _ -> {});

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "--seekable=64K -T 2 a", "--no-check -B 1K a", "--rm a"})
    void goodFilesPass(String arguments) throws Exception {
        assertThat(folder.runWords("compress --verify " + arguments)).isEqualTo(printed());
        assertThat(Huffhash.decompress(folder.read("a.zst"), 1 << 20)).isEqualTo(Folder.content());
    }

    @Test
    void emptyFilesPass() throws Exception {
        Files.createFile(path.resolve("empty"));

        assertThat(folder.run("compress", "--verify", "empty")).isEqualTo(printed());
    }

    @Test
    void whatCannotBeReadAgainIsRefused() throws Exception {
        TestFiles.assumeExists("/dev/null");

        assertThat(folder.run("compress", "--verify", "-o", "/dev/null", "a"))
                .isEqualTo(failed("/dev/null: cannot be read again, as --verify would have to"));
    }

    @Test
    void aFileThatDoesNotDecodeIsNotPublished() throws Exception {
        assertRefused(
                content -> {
                    byte[] file = Huffhash.compress(content);
                    return Arrays.copyOf(file, file.length - 1);
                },
                "verification failed: offset ");
    }

    @Test
    void aFileThatDecodesToSomethingElseIsNotPublished() throws Exception {
        assertRefused(
                content -> {
                    content[100]++;
                    return Huffhash.compress(content);
                },
                "verification failed: byte 100 would not come back");
    }

    @Test
    void aFileThatDecodesToLessIsNotPublished() throws Exception {
        int less = Folder.content().length - 1;
        assertRefused(
                content -> Huffhash.compress(Arrays.copyOf(content, less)),
                "verification failed: byte " + less + " would not come back");
    }

    @Test
    void aFileThatDecodesToMoreIsNotPublished() throws Exception {
        int length = Folder.content().length;
        assertRefused(
                content -> Huffhash.compress(Arrays.copyOf(content, length + 1)),
                "verification failed: byte " + length + " would not come back");
    }

    private void assertRefused(UnaryOperator<byte[]> compression, String message)
            throws IOException {
        FileTask.Coding coding =
                (input, out) -> {
                    byte[] file = compression.apply(input.stream().readAllBytes());
                    out.write(file);
                    return new Counts(input.position(), file.length);
                };
        String name = path.resolve("a").toString();
        try (var output = new StandardOutput()) {
            var task = new FileTask(coding, Naming.COMPRESSED, OPTIONS, true, 1, SILENT, output);
            try (var place = Place.of(name)) {
                assertThatExceptionOfType(FileFailure.class)
                        .isThrownBy(() -> task.run(new Source(name, Optional.of(place))))
                        .withMessageStartingWith(name + ".zst: " + message);
            }
        }
        assertThat(folder.names()).containsExactly("a");
        assertThat(folder.hasContent("a")).isTrue();
    }
}
