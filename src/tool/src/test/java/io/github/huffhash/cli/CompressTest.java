package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressTest {
    private static final byte[] LARGE = content("skewed_200KB.bin");

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a", "b");
    }

    private static byte[] content(String name) {
        try {
            return Files.readAllBytes(Path.of(TestFiles.path(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileGetsACompressedOneBesideItAndStays() throws Exception {
        assertThat(folder.run("compress", "a")).isEqualTo(printed());

        assertThat(folder.names()).containsExactly("a", "a.zst", "b");
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
        assertThat(folder.hasContent("a")).isTrue();
    }

    @Test
    void standardInputGoesToStandardOutput() throws Exception {
        for (String arguments : new String[] {"", "-", "-c", "-o -", "-o /dev/stdout"}) {
            assertThat(folder.sh("huffhash compress " + arguments + " <a >out"))
                    .isEqualTo(printed());
            assertThat(folder.read("out")).as(arguments).isEqualTo(Folder.compressed());
        }
        assertThat(folder.names()).containsExactly("a", "b", "out");
    }

    @Test
    void severalFilesToStandardOutputAreOneFileOfSeveralFrames() throws Exception {
        assertThat(folder.sh("huffhash compress -c a - b <a >out")).isEqualTo(printed());

        byte[] content = Folder.content();
        byte[] three = Arrays.copyOf(content, 3 * content.length);
        System.arraycopy(content, 0, three, content.length, content.length);
        System.arraycopy(content, 0, three, 2 * content.length, content.length);
        assertThat(Huffhash.decompress(folder.read("out"), three.length)).isEqualTo(three);
    }

    @Test
    void zstdReadsWhatIsWritten() throws Exception {
        assumeTrue(Cli.sh("zstd --version").run().exitCode() == 0, "needs zstd");

        assertThat(
                        folder.sh(
                                "huffhash compress -c --seekable=64K \"$1\" | zstd -dc | cmp -"
                                        + " \"$1\"",
                                TestFiles.path("skewed_200KB.bin")))
                .isEqualTo(printed());
    }

    @ParameterizedTest
    @CsvSource({
        "-B 1K, 1024, 0, true",
        "--block-size=128K, 131072, 0, true",
        "--no-check, 131072, 0, false",
        "--no-check --check, 131072, 0, true",
        "--seekable, 131072, 1048576, true",
        "--seekable=64K --no-check, 131072, 65536, false",
    })
    void optionsSayWhatIsWritten(String options, int unit, int frame, boolean check)
            throws Exception {
        var expected = CompressOptions.DEFAULT.withUnitBytes(unit);
        expected = frame == 0 ? expected : expected.seekable(frame);
        expected = check ? expected : expected.withoutChecksum();

        assertThat(folder.sh("huffhash compress -o out " + options + " \"$1\"", large()))
                .isEqualTo(printed());
        assertThat(Arrays.equals(folder.read("out"), Huffhash.compress(LARGE, expected))).isTrue();
    }

    private static String large() {
        return TestFiles.path("skewed_200KB.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-T 2", "-p 2", "--workers=2", "-T 0", "-s", "-t", "-e", "-m -T 2"})
    void noModeAndNoNumberOfWorkersChangesWhatIsWritten(String options) throws Exception {
        Outcome outcome = folder.runWords("compress " + options + " a");

        assertThat(outcome).isEqualTo(printed());
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @ParameterizedTest
    @CsvSource({
        "-T 2 -s, '--workers goes with the default mode, --threads, --pools and --processes only'",
        "-p 2 -s, '--workers goes with the default mode, --threads, --pools and --processes only'",
        "-s -t, 'choose one mode: --single or --threads'",
        "-B 1, '--block-size must be from 1024 to 131072, not 1'",
        "-B 129K, '--block-size must be from 1024 to 131072, not 132096'",
        "--seekable=1K, '--seekable must be from 65536 to 8388608, not 1024'",
        "-o x -c, 'choose one of -o, -c and --output-dir-flat'",
        "-o x --output-dir-flat=., 'choose one of -o, -c and --output-dir-flat'",
        "-o x b, '-o goes with one input'",
        "--verify -c, '--verify reads both ends again: it goes with files, not with pipes'",
        "--nope, 'unknown option --nope'",
    })
    void optionsThatMakeNoSenseAreAnErrorBeforeAnythingIsDone(String options, String message)
            throws Exception {
        assertThat(folder.runWords("compress " + options + " a"))
                .isEqualTo(failed(message + "; see huffhash compress --help"));
        assertThat(folder.names()).containsExactly("a", "b");
    }

    @Test
    void aNameThatEndsInTheSuffixIsSkippedUnlessTheOutputIsNamed() throws Exception {
        folder.compressed("x.zst");

        assertThat(folder.run("compress", "x.zst"))
                .isEqualTo(
                        printed()
                                .andSaid(
                                        "huffhash: x.zst: ends in .zst already; skipped (-o or"
                                                + " -c takes it)"));
        assertThat(folder.run("compress", "-q", "x.zst", "a")).isEqualTo(printed());
        assertThat(folder.run("compress", "-q", "nobody.zst"))
                .isEqualTo(failed("nobody.zst: no such file"));
        assertThat(folder.run("compress", "-o", "y", "x.zst")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a", "a.zst", "b", "x.zst", "y");
    }

    @Test
    void theFilesAroundAFailingOneAreDone() throws Exception {
        Files.createDirectory(path.resolve("sub"));

        assertThat(folder.run("compress", "a", "nobody", "sub", "b"))
                .isEqualTo(
                        new Outcome(
                                1,
                                "",
                                Cli.lines(
                                        "huffhash: sub: is a directory; use -r for the files in"
                                                + " it",
                                        "huffhash: nobody: no such file")));
        assertThat(folder.names()).containsExactly("a", "a.zst", "b", "b.zst", "sub");
    }

    @Test
    void anEmptyFileBecomesAnEmptyFrame() throws Exception {
        Files.createFile(path.resolve("empty"));

        assertThat(folder.run("compress", "empty")).isEqualTo(printed());
        assertThat(Huffhash.decompress(folder.read("empty.zst"), 0)).isEmpty();
    }

    @Test
    void aFileOfTheSystemIsReadToItsEnd() throws Exception {
        TestFiles.assumeExists("/proc/version");

        assertThat(folder.run("compress", "-o", "out", "/proc/version")).isEqualTo(printed());
        assertThat(Huffhash.decompress(folder.read("out"), 10_000))
                .isEqualTo(Files.readAllBytes(Path.of("/proc/version")));
    }

    @Test
    void aSummaryIsPrintedWhenAskedFor() throws Exception {
        int compressed = Folder.compressed().length;
        String line =
                String.format(
                        Locale.ROOT,
                        "a: 1.7 kB => %d bytes (%.1f %%), a.zst",
                        compressed,
                        compressed / 17.0);

        assertThat(folder.run("compress", "-v", "a")).isEqualTo(printed().andSaid(line));
        assertThat(folder.run("compress", "-v", "-q", "-f", "a")).isEqualTo(printed());
    }
}
