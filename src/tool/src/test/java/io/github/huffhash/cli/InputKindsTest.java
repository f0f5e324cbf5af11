package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Seeds;
import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs that are no regular files, that change while they are read, or whose names are no text.
 */
class InputKindsTest {
    private static final String NOT_REGULAR =
            ": is not a regular file; name the output with -o, or use -c";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "compress --output-dir-flat=.", "compress --rm -f"})
    void aDeviceIsNotCompressedBesideItself(String arguments) throws Exception {
        TestFiles.assumeExists("/dev/zero");
        Files.createSymbolicLink(path.resolve("zero"), Path.of("/dev/zero"));

        Outcome outcome = folder.runWords(arguments + " zero");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).matches("huffhash: zero: is (not a regular file|a symb).*\n");
        assertThat(folder.names()).containsExactly("zero");
    }

    @Test
    void aPipeIsReadOnlyForAnOutputThatHasAName() throws Exception {
        folder.compressed("expected");
        try (var pipe = folder.openPipe("pipe")) {
            assertThat(folder.run("compress", "pipe")).isEqualTo(failed("pipe" + NOT_REGULAR));
            pipe.write(Folder.content());
        }
        assertThat(
                        folder.sh(
                                "{ printf abc >pipe & }; huffhash compress -o out pipe"
                                        + " && huffhash decompress -c out"))
                .isEqualTo(new Outcome(0, "abc", ""));
    }

    /** Compresses a file into a pipe, and changes the file once its beginning has been read. */
    private Outcome compressWhile(byte[] content, Change change) throws Exception {
        Path file = Files.write(path.resolve("in"), content);
        assumeTrue(Cli.of("mkfifo", "out").in(path).run().exitCode() == 0, "there is no mkfifo");
        try (Running running = Cli.huffhash("compress", "-o", "out", "in").in(path).start();
                InputStream out = Files.newInputStream(path.resolve("out"))) {
            int first = out.read();
            change.apply(file);
            var rest = new FutureTask<>(out::readAllBytes);
            Thread.ofPlatform().daemon().start(rest);
            Outcome outcome = running.await();
            if (outcome.exitCode() == 0) {
                byte[] compressed = new byte[1 + rest.get().length];
                compressed[0] = (byte) first;
                System.arraycopy(rest.get(), 0, compressed, 1, compressed.length - 1);
                assertThat(Huffhash.decompress(compressed, content.length)).isEqualTo(content);
            }
            return outcome;
        }
    }

    private interface Change {
        void apply(Path file) throws Exception;
    }

    private static byte[] incompressible() {
        byte[] content = new byte[1 << 24];
        Seeds.random().nextBytes(content);
        return content;
    }

    @Test
    void aFileThatGrowsIsCompressedUpToTheSizeThatItHad() throws Exception {
        Outcome outcome =
                compressWhile(
                        incompressible(),
                        file -> Files.write(file, new byte[99], StandardOpenOption.APPEND));

        assertThat(outcome)
                .isEqualTo(
                        printed()
                                .andSaid(
                                        "huffhash: in: grew while it was read; only its first"
                                                + " 16777216 bytes are in the output"));
    }

    @Test
    void aFileThatShrinksIsAFailure() throws Exception {
        Outcome outcome =
                compressWhile(
                        incompressible(),
                        file -> {
                            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                                channel.truncate(1000);
                            }
                        });

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .matches("huffhash: in: shrank from 16777216 to \\d+ bytes while it was read\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compress --rm \"$bad\"",
                "compress -r --rm .",
                "compress -c \"$bad\"",
                "compress -o \"$bad\" good",
                "\"$bad\"",
                "-s \"$bad\"",
                "test \"$bad\"",
                "list \"$bad\"",
                "compare --html=page \"$bad\"",
                "lab huffman --html=page \"$bad\"",
                "explain --html=page \"$bad\"",
                "explain --html=\"$bad\" good"
            })
    void aNameThatIsNotUtf8IsNotTakenForAnother(String arguments) throws Exception {
        folder.contents("a\uFFFDb");
        Outcome made = folder.sh("printf x >\"$(printf 'a\\377b')\" && printf y >good");
        assumeTrue(made.exitCode() == 0, "names have to be UTF-8 here");

        Outcome outcome = folder.sh("bad=$(printf 'a\\377b'); huffhash " + arguments);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("huffhash: ")
                .contains(
                        "a\uFFFDb: the name is not UTF-8; rename the file, or redirect it into"
                                + " standard input\n");
        assertThat(folder.hasContent("a\uFFFDb")).isTrue();
        assertThat(folder.sh("cat \"$(printf 'a\\377b')\"").out()).isEqualTo("x");
        assertThat(folder.names()).noneMatch(name -> name.matches("a.*zst|page"));
    }

    @Test
    void runsOfZerosBecomeHolesUnlessTheyAreNotWanted() throws Exception {
        Files.write(path.resolve("zeros.zst"), Huffhash.compress(new byte[1 << 24]));

        assertThat(folder.run("decompress", "-o", "sparse", "zeros.zst")).isEqualTo(printed());
        assertThat(folder.run("decompress", "--no-sparse", "-o", "dense", "zeros.zst"))
                .isEqualTo(printed());

        assertThat(path.resolve("sparse")).hasBinaryContent(new byte[1 << 24]);
        assertThat(path.resolve("dense")).hasBinaryContent(new byte[1 << 24]);
        Waiting.until("blocks are counted", () -> blocks("dense") > 30_000);
        assertThat(blocks("sparse")).isLessThan(100);
    }

    /** The number of blocks of 512 bytes on disk. */
    private long blocks(String name) {
        try {
            Outcome outcome = folder.sh("sync \"$1\"; stat -c %b \"$1\"", name);
            assumeTrue(outcome.exitCode() == 0, "needs stat");
            return Long.parseLong(outcome.out().strip());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
