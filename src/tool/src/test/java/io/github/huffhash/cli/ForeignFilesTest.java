package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.huffhash.Huffhash;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with sequences, which other tools write. */
class ForeignFilesTest {
    /** A frame with one sequence, abcd 20 times, that declares a window of 1 GiB. */
    private static final byte[] LARGE_WINDOW =
            HexFormat.of().parseHex("28B52FFD00A05500002061626364010039EA88");

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));
    private byte[] content = {};

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        byte[] part = new byte[50_000];
        new Random(1).nextBytes(part);
        content = Arrays.copyOf(part, 3 * part.length);
        System.arraycopy(part, 0, content, part.length, part.length);
        System.arraycopy(part, 0, content, 2 * part.length, part.length);
        byte[] file = Zstd.compress(content, 3);
        assertThat(file.length).isLessThan(60_000);
        Files.write(path.resolve("a.tzst"), file);
        Files.write(path.resolve("b.zstd"), file);
    }

    @Test
    void theyAreDecompressedUnderTheirNames() throws Exception {
        assertThat(folder.run("test", "a.tzst", "b.zstd")).isEqualTo(printed());
        assertThat(folder.run("decompress", "--rm", "a.tzst", "b.zstd")).isEqualTo(printed());

        assertThat(folder.names()).containsExactly("a.tar", "b");
        assertThat(folder.read("a.tar")).isEqualTo(content);
        assertThat(folder.read("b")).isEqualTo(content);
    }

    @Test
    void theyAreNotCompressedOnceMore() throws Exception {
        assertThat(folder.run("compress", "a.tzst").err())
                .isEqualTo(
                        "huffhash: a.tzst: ends in .tzst already; skipped (-o or -c takes it)\n");
    }

    @Test
    void theyMayBeAppendedToOthers() throws Exception {
        Files.write(path.resolve("c.zst"), Huffhash.compress(content));
        assertThat(folder.sh("cat c.zst a.tzst c.zst | huffhash decompress | tail -c +150001 >out"))
                .isEqualTo(printed());
        assertThat(Arrays.copyOf(folder.read("out"), content.length)).isEqualTo(content);
    }

    /** Each program's files, alone and one behind the other, with ours between them. */
    @Test
    void filesOfTheZstdAndPzstdCommandsAreReadInAnyOrder() throws Exception {
        assumeTrue(Cli.of("which", "zstd", "pzstd").run().exitCode() == 0, "no zstd and pzstd");
        Files.write(path.resolve("content"), content);
        assertThat(
                        folder.sh(
                                """
                                set -e
                                cat content content content content content content >c
                                n=0
                                for with in -1 -3 '-19 --long=27' '-3 -T2' '-3 --adapt'; do
                                    zstd -q $with -c c >$((n += 1)).zst
                                    zstd -q $with <c >$((n += 1)).zst
                                done
                                pzstd -q -p 2 -3 -c c >$((n += 1)).zst
                                huffhash compress -c c >$((n += 1)).zst
                                huffhash compress --planes=4 -c c >$((n += 1)).zst
                                huffhash compress --seekable=64K -c c >$((n += 1)).zst
                                for way in '' -r; do
                                    files=$(ls [0-9]*.zst | sort $way)
                                    cat $files | huffhash decompress >out
                                    for each in $files; do cat c; done | cmp - out
                                done
                                for each in $files; do huffhash decompress -c $each | cmp - c; done
                                """))
                .isEqualTo(printed());
    }

    @Test
    void aPartIsThatPartOfTheContent() throws Exception {
        byte[] part = Arrays.copyOfRange(content, 60_000, 60_100);

        var whole = folder.sh("huffhash decompress -c --range=60000:100 b.zstd >out");
        assertThat(whole.exitCode()).isZero();
        assertThat(folder.read("out")).isEqualTo(part);

        // the size is not in the header: it is decoded from the beginning
        assertThat(folder.sh("cat b.zstd | huffhash decompress | head -c 0").exitCode()).isZero();
        Files.write(path.resolve("c.zst"), withoutSize());
        assertThat(folder.sh("huffhash decompress -q -c --range=60000:100 c.zst >out"))
                .isEqualTo(printed());
        assertThat(folder.read("out")).isEqualTo(part);
        assertThat(folder.sh("huffhash decompress -q -c --range=200000:1 c.zst >out"))
                .isEqualTo(
                        failed(
                                "c.zst: the range begins at 200000, but the content has 150000"
                                        + " bytes"));
    }

    private byte[] withoutSize() throws Exception {
        var file = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(file)) {
            out.write(content);
        }
        return file.toByteArray();
    }

    @Test
    void aLargeWindowIsRefusedUnlessItIsAllowed() throws Exception {
        Files.write(path.resolve("c.zst"), LARGE_WINDOW);
        assertThat(folder.run("test", "c.zst").err())
                .startsWith("huffhash: c.zst: offset 0: ")
                .endsWith("; --memory=1024M allows it\n")
                .hasLineCount(1);
        assertThat(folder.run("test", "--memory=1024M", "c.zst").err()).doesNotContain("--memory");
        assertThat(folder.run("test", "--memory=1K", "a.tzst").err()).contains("--memory=");
    }
}
