package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressTest {
    private static final String TRUNCATED_AT = "300";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.compressed("a.zst");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-T 2", "-p 1", "--workers=0", "-k"})
    void aFileGetsItsNameBack(String options) throws Exception {
        assertThat(folder.sh("huffhash decompress " + options + " a.zst")).isEqualTo(printed());

        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.hasContent("a")).isTrue();
    }

    @Test
    void standardInputGoesToStandardOutputOrAFile() throws Exception {
        assertThat(folder.sh("huffhash decompress <a.zst >b && huffhash decompress -o c - <a.zst"))
                .isEqualTo(printed());

        assertThat(folder.hasContent("b")).isTrue();
        assertThat(folder.hasContent("c")).isTrue();
    }

    @Test
    void severalFilesToStandardOutputComeOneAfterTheOther() throws Exception {
        assertThat(folder.run("decompress", "-c", "a.zst", "a.zst").out())
                .isEqualTo(new String(Folder.content(), UTF_8).repeat(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zs", ".zst", "zst", "a.zst.bak"})
    void aNameWithoutTheSuffixNeedsANamedOutput(String name) throws Exception {
        Files.move(path.resolve("a.zst"), path.resolve(name));

        assertThat(folder.run("decompress", name))
                .isEqualTo(
                        failed(
                                name
                                        + ": does not end in .zst; name the output with -o, or"
                                        + " use -c"));
        assertThat(folder.names()).containsExactly(name);
        assertThat(folder.run("decompress", "-o", "out", name)).isEqualTo(printed());
        assertThat(folder.run("decompress", "-c", name).out())
                .isEqualTo(new String(Folder.content(), UTF_8));
        assertThat(folder.hasContent("out")).isTrue();
    }

    @Test
    void whatIsWrongWithAFileIsOneLineWithTheOffsetAndNothingIsLeft() throws Exception {
        byte[] whole = Folder.compressed();
        Files.write(path.resolve("a.zst"), Arrays.copyOf(whole, Integer.parseInt(TRUNCATED_AT)));
        Files.write(path.resolve("b.zst"), Folder.content());
        Files.createFile(path.resolve("c.zst"));
        folder.compressed("d.zst");

        Outcome outcome = folder.run("decompress", "a.zst", "b.zst", "c.zst", "d.zst");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .matches(
                        "huffhash: a.zst: offset "
                                + TRUNCATED_AT
                                + ": [^\n]*truncated[^\n]*\n"
                                + "huffhash: b.zst: offset 0: not a Zstandard file[^\n]*\n"
                                + "huffhash: c.zst: offset 0: [^\n]*empty[^\n]*\n");
        assertThat(folder.names()).containsExactly("a.zst", "b.zst", "c.zst", "d", "d.zst");
    }

    @Test
    void standardInputIsCalledByThatNameWhenItIsWrong() throws Exception {
        assertThat(folder.sh("echo nonsense | huffhash decompress").err())
                .startsWith("huffhash: standard input: offset 0: ");
    }

    @Test
    void aDamagedFileLeavesTheOldOutputInPlace() throws Exception {
        Files.writeString(path.resolve("a"), "old");
        Files.write(path.resolve("a.zst"), Arrays.copyOf(Folder.compressed(), 300));

        assertThat(folder.run("decompress", "-f", "--rm", "a.zst").exitCode()).isEqualTo(1);
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.read("a")).asString().isEqualTo("old");
    }

    @Test
    void testSaysNothingOfWholeFilesAndWritesNone() throws Exception {
        assertThat(folder.run("test", "a.zst")).isEqualTo(printed());
        assertThat(folder.sh("huffhash test <a.zst")).isEqualTo(printed());
        assertThat(folder.run("test", "-v", "a.zst"))
                .isEqualTo(printed().andSaid("a.zst: 1.7 kB, whole"));
        assertThat(folder.names()).containsExactly("a.zst");
    }

    @Test
    void testFindsTheDamagedFileAmongOthers() throws Exception {
        byte[] damaged = Folder.compressed();
        damaged[damaged.length - 1] ^= 1; // of the checksum
        Files.createDirectories(path.resolve("sub/deep"));
        Files.write(path.resolve("sub/deep/b.zst"), damaged);
        folder.contents("sub/c");

        Outcome outcome = folder.run("test", "-r", "a.zst", "sub", "nobody");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("huffhash: sub/deep/b.zst: offset ")
                .contains(": wrong checksum: ")
                .endsWith("\nhuffhash: nobody: no such file\n")
                .hasLineCount(2);
        assertThat(folder.names()).containsExactly("a.zst", "sub");
    }
}
