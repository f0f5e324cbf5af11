package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListTest {
    private static final String HEADING =
            "Frames  Skips      Compressed    Uncompressed   Ratio  Check  Filename";
    private static final int CONTENT_BYTES = 204_800;

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));
    private int bytesA;
    private int bytesB;

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        byte[] content = Files.readAllBytes(Path.of(TestFiles.path("skewed_200KB.bin")));
        byte[] a = Huffhash.compress(content);
        byte[] b =
                Huffhash.compress(
                        content, CompressOptions.DEFAULT.seekable(1 << 16).withoutChecksum());
        Files.write(path.resolve("a.zst"), a);
        Files.write(path.resolve("b.zst"), b);
        bytesA = a.length;
        bytesB = b.length;
    }

    private static String row(int frames, int skips, int bytes, String check, String name) {
        return String.format(
                Locale.ROOT,
                "%6d %6d %,15d %,15d %7.3f  %-5s  %s",
                frames,
                skips,
                bytes,
                CONTENT_BYTES,
                (double) CONTENT_BYTES / bytes,
                check,
                name);
    }

    @Test
    void aFileIsARow() throws Exception {
        assertThat(folder.run("list", "a.zst"))
                .isEqualTo(printed(HEADING, row(1, 0, bytesA, "XXH64", "a.zst")));
    }

    @Test
    void severalFilesHaveATotalAndDamagedOnesNone() throws Exception {
        Files.write(path.resolve("c.zst"), Arrays.copyOf(Folder.compressed(), 20));
        Files.createDirectory(path.resolve("d"));

        Outcome outcome = folder.run("list", "a.zst", "nobody", "c.zst", "d", "b.zst");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out().lines())
                .hasSize(4)
                .startsWith(
                        HEADING,
                        row(1, 0, bytesA, "XXH64", "a.zst"),
                        row(4, 1, bytesB, "None", "b.zst"))
                .last()
                .asString()
                .startsWith("     5      1 ")
                .contains(String.format(Locale.ROOT, "%,d", bytesA + bytesB), "409,600", " Some ")
                .endsWith("  2 files");
        assertThat(outcome.err().lines()).hasSize(3);
        assertThat(outcome.err())
                .contains(
                        "huffhash: nobody: no such file\n",
                        "huffhash: d: is a directory; use -r for the files in it\n",
                        "huffhash: c.zst: offset ");
    }

    @Test
    void jsonIsAnObjectALine() throws Exception {
        Outcome outcome = folder.run("list", "--json", "-r", ".");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(2);
        JsonObject second =
                JsonParser.parseString(outcome.out().lines().skip(1).findFirst().orElseThrow())
                        .getAsJsonObject();
        assertThat(second.get("file").getAsString()).isEqualTo("./b.zst");
        assertThat(second.get("frames").getAsLong()).isEqualTo(4);
        assertThat(second.get("skippableFrames").getAsLong()).isEqualTo(1);
        assertThat(second.get("compressedBytes").getAsLong()).isEqualTo(bytesB);
        assertThat(second.get("uncompressedBytes").getAsLong()).isEqualTo(CONTENT_BYTES);
        assertThat(second.get("ratio").getAsDouble()).isGreaterThan(1);
        assertThat(second.get("check").getAsString()).isEqualTo("None");
    }

    @Test
    void aNameOfSeveralLinesIsOneLine() throws Exception {
        Files.move(path.resolve("a.zst"), path.resolve("a\nb.zst"));

        assertThat(folder.run("list", "a\nb.zst"))
                .isEqualTo(printed(HEADING, row(1, 0, bytesA, "XXH64", "a\\nb.zst")));
    }

    @Test
    void aPipeCannotBeListed() throws Exception {
        assertThat(folder.run("list"))
                .isEqualTo(failed("standard input: only a regular file can be listed"));
        assertThat(folder.sh("mkfifo pipe; huffhash list pipe"))
                .isEqualTo(failed("pipe: only a regular file can be listed"));
    }

    @Test
    void whatIsNoCompressedFileIsRefused() throws Exception {
        folder.contents("plain");

        assertThat(folder.run("list", "plain").err())
                .startsWith("huffhash: plain: offset 0: not a Zstandard file");
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        TestFiles.assumeExists("/dev/full");

        assertThat(folder.sh("huffhash list a.zst >/dev/full"))
                .isEqualTo(failed("standard output: No space left on device"));
    }
}
