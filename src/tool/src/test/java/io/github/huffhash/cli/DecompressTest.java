package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    /** Nothing else that decodes a whole file looks at the table. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void testFindsDamageOfASeekTable(boolean checksums) throws Exception {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        var options = CompressOptions.DEFAULT.seekable(1 << 16);
        byte[] file = Huffhash.compress(content, checksums ? options : options.withoutChecksum());
        int entries = 4 * (checksums ? 12 : 8);
        int footer = file.length - 9;
        Files.write(path.resolve("s.zst"), file);
        assertThat(folder.run("test", "-v", "s.zst"))
                .isEqualTo(printed().andSaid("s.zst: 200.0 kB, whole"));
        List<String> names = new ArrayList<>(List.of("test"));
        for (int at = footer - entries; at < footer; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= 1;
            names.add(at + ".zst");
            Files.write(path.resolve(at + ".zst"), damaged);
        }

        Outcome outcome = folder.run(names.toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .hasSize(entries)
                .allMatch(line -> line.contains(".zst: offset ") && line.contains("seek table"));
    }

    /** As other tools write them: only the table has checksums. */
    @Test
    void testComparesChecksumsThatOnlyASeekTableHas() throws Exception {
        byte[] content = Folder.content();
        byte[] frame = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        for (int fault = 0; fault < 2; fault++) {
            byte[] table = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(1 << 16));
            int start = table.length - 9 - 12 - 8;
            var both = ByteBuffer.allocate(frame.length + table.length - start);
            both.put(frame).put(table, start, table.length - start);
            both.order(ByteOrder.LITTLE_ENDIAN).putInt(frame.length + 8, frame.length);
            both.array()[frame.length + 16] ^= (byte) fault;
            Files.write(path.resolve("s.zst"), both.array());

            Outcome outcome = folder.run("test", "s.zst");

            assertThat(outcome.err())
                    .isEqualTo(
                            fault == 0
                                    ? ""
                                    : "huffhash: s.zst: offset 0: the frame has another checksum"
                                            + " than the seek table says\n");
        }
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
