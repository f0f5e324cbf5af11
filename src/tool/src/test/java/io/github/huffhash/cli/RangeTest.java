package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of files. */
class RangeTest {
    private static final String UNCHECKED =
            "huffhash: whole.zst: the range is not checked against a checksum";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));
    private byte[] content = {};

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        content = Files.readAllBytes(Path.of(TestFiles.path("skewed_200KB.bin")));
        Files.write(path.resolve("whole.zst"), Huffhash.compress(content));
        Files.write(
                path.resolve("seek.zst"),
                Huffhash.compress(content, CompressOptions.DEFAULT.seekable(1 << 16)));
    }

    @ParameterizedTest
    @CsvSource({
        "0:1, 0, 1",
        "65535:2, 65535, 65537",
        "1K:150K, 1024, 154624",
        "0:200K, 0, 204800",
        "204799:1, 204799, 204800",
        "204799:1G, 204799, 204800",
        "204800:5, 204800, 204800",
        "77:0, 77, 77",
    })
    void aPartIsThatPartOfTheContent(String range, int from, int to) throws Exception {
        byte[] expected = Arrays.copyOfRange(content, from, to);
        String options = "decompress --range=" + range;

        assertThat(folder.sh("huffhash " + options + " -c seek.zst >out")).isEqualTo(printed());
        assertThat(Arrays.equals(folder.read("out"), expected)).isTrue();
        assertThat(folder.runWords(options + " -f -o out whole.zst"))
                .isEqualTo(printed().andSaid(UNCHECKED));
        assertThat(Arrays.equals(folder.read("out"), expected)).isTrue();
        assertThat(folder.runWords(options + " -q -f -o out whole.zst")).isEqualTo(printed());
    }

    @Test
    void onlyTheFramesItTakesAreRead() throws Exception {
        byte[] file = folder.read("seek.zst");
        file[100] ^= 1; // in the first frame
        Files.write(path.resolve("seek.zst"), file);

        assertThat(folder.sh("huffhash decompress --range=64K:64K -c seek.zst >out"))
                .isEqualTo(printed());
        assertThat(Arrays.equals(folder.read("out"), Arrays.copyOfRange(content, 65536, 131072)))
                .isTrue();
        Outcome first = folder.run("decompress", "--range=0:1", "-c", "seek.zst");
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out()).isEmpty();
        assertThat(first.err()).startsWith("huffhash: seek.zst: offset ");
    }

    @ParameterizedTest
    @CsvSource({
        "--range=204801:1 -c,"
                + " 'seek.zst: the range begins at 204801, but the content has 204800 bytes'",
        "--range=1:1, '--range needs -c or -o: a part is not the file; see huffhash decompress"
                + " --help'",
        "--range=1:1 --rm -o x, '--range does not go with --rm: the rest would be lost; see"
                + " huffhash decompress --help'",
        "--range=1:1 -c -, 'standard input: only a regular file can be read in parts'",
    })
    void aPartThatMakesNoSenseIsAnError(String options, String message) throws Exception {
        assertThat(folder.runWords("decompress " + options + " seek.zst").err())
                .startsWith("huffhash: " + message + "\n");
        assertThat(folder.names()).containsExactly("seek.zst", "whole.zst");
    }

    @ParameterizedTest
    @CsvSource({"5", "5:", ":5", "a:1", "1:-1", "-1:1", "1:99999999999G"})
    void whatIsNoRangeIsAnError(String range) throws Exception {
        Outcome outcome = folder.run("decompress", "--range=" + range, "-c", "seek.zst");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]*--range[^\n]*\n");
    }

    @Test
    void aFullDeviceIsAnError() throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(folder.sh("huffhash decompress --range=1:1 -c seek.zst >/dev/full"))
                .isEqualTo(failed("standard output: No space left on device"));
    }
}
