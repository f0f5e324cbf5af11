package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Huffhash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What zstd 1.5.4 does in corners where hzstd could do something else. */
class HzstdLikeZstdTest {
    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFolder() {
        folder = new Folder(path);
    }

    private void write(String name, byte[]... parts) throws IOException {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        Files.write(path.resolve(name), whole.toByteArray());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Decoders read ahead, more than the tail or less. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "100, 3", "600000, 1", "3000000, 3"})
    void whatFollowsFramesPassesThrough(int length, int frames) throws Exception {
        byte[] content = random(2_000_000);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = (byte) (i * 31 + 7);
        }
        write("f.zst");
        write("expected");
        for (int i = 0; i < frames; i++) {
            write("f.zst", folder.read("f.zst"), Huffhash.compress(content));
            write("expected", folder.read("expected"), content);
        }
        write("f.zst", folder.read("f.zst"), tail);
        write("expected", folder.read("expected"), tail);

        assertThat(
                        folder.sh(
                                "huffhash hzstd -dcf f.zst | cmp - expected;"
                                        + " cat f.zst | huffhash hzstd -dcf -T3 | cmp - expected;"
                                        + " huffhash hzstd -d --pass-through -o o f.zst"
                                        + " && cmp o expected"))
                .isEqualTo(printed());
    }

    @ParameterizedTest
    @CsvSource({
        "-dc, 00010203, unexpected data after the last frame",
        "-dcf --no-pass-through, 00010203, unexpected data after the last frame",
        "-dcf, 1f8b0800, unexpected data after the last frame",
        "-dcf, 28b52f, truncated in a frame's magic number",
        "-df -o out, 00010203, unexpected data after the last frame",
        "-tf, 00010203, unexpected data after the last frame"
    })
    void otherwiseWhatFollowsFramesIsAnError(String options, String tail, String reason)
            throws Exception {
        write("f.zst", Folder.compressed(), HexFormat.of().parseHex(tail));

        var outcome = folder.runWords("hzstd " + options + " f.zst");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).matches("huffhash: f.zst: offset \\d+: " + reason + "\n");
        assertThat(folder.names()).containsExactly("f.zst");
    }

    @Test
    void filesOfAnySuffixInDirectoriesAreTaken() throws Exception {
        folder.contents("d/a");
        Files.createDirectory(path.resolve("d/s"));
        folder.compressed("d/s/b.zst");

        assertThat(folder.runWords("hzstd -rd d"))
                .isEqualTo(failed("d/a: does not end in .zst; name the output with -o, or use -c"));
        assertThat(folder.hasContent("d/s/b")).isTrue();
        Files.delete(path.resolve("d/s/b"));
        assertThat(folder.runWords("hzstd -rt d"))
                .isEqualTo(failed("d/a: offset 0: not a Zstandard file: wrong magic number"));
        assertThat(folder.runWords("hzstd -rl d").exitCode()).isEqualTo(1);
        assertThat(folder.sh("huffhash hzstd -rdcf d | cmp - \"$1\"", twice()))
                .isEqualTo(printed());
        assertThat(folder.runWords("decompress -r d")).isEqualTo(printed());
        Files.delete(path.resolve("d/s/b"));
        assertThat(folder.runWords("hzstd -r d")).isEqualTo(printed());
        assertThat(path.resolve("d/s/b.zst.zst")).doesNotExist();
    }

    private String twice() throws IOException {
        write("twice", Folder.content(), Folder.content());
        return "twice";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n \n"})
    void aListWithoutNamesIsAnError(String list) throws Exception {
        folder.contents("a");
        Files.writeString(path.resolve("list"), list);

        assertThat(folder.runWords("hzstd --filelist=list a"))
                .isEqualTo(failed("list: names no file"));
        assertThat(folder.runWords("hzstd -d --filelist list").exitCode()).isEqualTo(1);
    }

    @Test
    void noLimitOfMemoryIsTheUsualOne() throws Exception {
        assumeTrue(Cli.of("which", "zstd").run().exitCode() == 0, "there is no zstd");
        write("f", random(1_000_000), random(1_000_000), random(1_000_000));

        assertThat(
                        folder.sh(
                                """
                                zstd -q <f >f.zst
                                huffhash hzstd -t -M1 f.zst 2>said
                                grep -o 'needs a window' said
                                huffhash hzstd -t --memory=0 f.zst && huffhash hzstd -tM0 f.zst
                                """))
                .isEqualTo(printed("needs a window"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fast=foo",
                "--fast=0",
                "--adapt=foo",
                "--priority=foo",
                "--priority",
                "--zstd=wlog=23,",
                "--zstd=wlog",
                "--zstd",
                "--block-size=foo",
                "--size-hint=foo",
                "--stream-size=foo",
                "--target-compressed-block-size=foo",
                "-Bfoo"
            })
    void valuesThatMeanNothingAreErrorsWhereTheyAreZstds(String option) throws Exception {
        folder.contents("a");

        var outcome = folder.run("hzstd", option, "a");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Invalid value for option", "; see hzstd --help\n");
        assertThat(folder.names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--adapt", "--adapt=min=-3,max=5", "--long=foo", "-B4M"})
    void otherValuesAreNot(String option) throws Exception {
        folder.contents("a");

        assertThat(folder.run("hzstd", option, "a")).isEqualTo(printed());
    }
}
