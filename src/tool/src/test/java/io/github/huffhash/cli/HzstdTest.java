package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** hzstd, unhzstd and hzstdcat where zstd would be used, by the programs that use it. */
class HzstdTest {
    private static final int BYTES = 3_000_000;

    @TempDir private static Path shared;

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeAll
    static void install() throws Exception {
        Path script = Launcher.installed(Launcher.writeJar(shared.resolve("jar")), shared);
        for (String name :
                List.of(
                        "hzstd",
                        "unhzstd",
                        "hzstdcat",
                        "named/zstd",
                        "named/unzstd",
                        "named/zstdcat")) {
            Files.createDirectories(script.resolveSibling(name).getParent());
            Files.createSymbolicLink(script.resolveSibling(name), script);
        }
    }

    @BeforeEach
    void writeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("d/a", "d/e/b");
    }

    @Test
    void tarCreatesListsAndExtracts() throws Exception {
        Files.write(path.resolve("d/large"), letters()); // so that tar ends before its input does

        assertRuns(
                "tar",
                "tar -I hzstd -cf t.tar.zst d/a d/large d/e && mkdir one all",
                "tar -I hzstd --occurrence=1 -xf t.tar.zst -C one d/a && cmp d/a one/d/a",
                "tar -I hzstd -xf t.tar.zst -C all && diff -r d all/d",
                "tar -I 'huffhash compress --seekable -s --check' -cf slices.zst d",
                "tar -I 'huffhash compress --seekable -s --check' -df slices.zst");
    }

    @Test
    void findAndXargsGiveItManyFiles() throws Exception {
        assertRuns(
                "xargs",
                "find d -type f -exec hzstd -q --rm {} + && test -f d/a.zst -a ! -e d/a",
                "find d -type f -print0 | xargs -0 -n 1 -P 2 unhzstd -q --rm");

        assertThat(folder.hasContent("d/e/b")).isTrue();
        assertThat(Files.exists(path.resolve("d/a.zst"))).isFalse();
    }

    @Test
    void linksWithZstdsNamesAreInItsPlace() throws Exception {
        assertRuns(
                "cmp",
                "named=${PATH%%:*}/named",
                "$named/zstd -q d/a && $named/unzstd -q -o b d/a.zst && cmp d/a b",
                "$named/zstdcat d/a.zst | cmp - d/a");
    }

    @Test
    void gitArchivesWithIt() throws Exception {
        assertRuns(
                "git",
                "git init -q . && git add d && git -c user.name=n -c user.email=e commit -qm m",
                "git -c tar.tar.zst.command=hzstd archive -o t.tar.zst HEAD",
                "hzstdcat t.tar.zst | tar xO d/e/b | cmp - d/e/b");
    }

    @Test
    void logrotateCompressesWithIt() throws Exception {
        Files.writeString(
                path.resolve("conf"),
                """
                %1$s/d/a {
                    su root root
                    rotate 2
                    compress
                    compresscmd %2$s/bin/hzstd
                    uncompresscmd %2$s/bin/unhzstd
                    compressext .zst
                }
                """
                        .formatted(path, shared));
        assumeTrue(System.getProperty("user.name").equals("root"), "logrotate is root's");

        assertRuns(
                "logrotate",
                "cp d/a was && chmod 755 d && logrotate -f -s state conf",
                "hzstdcat d/a.1.zst | cmp - was");
    }

    @Test
    void rsyncSendsLittleOfAFileThatHasChangedLittle() throws Exception {
        byte[] content = letters();
        Files.write(path.resolve("f"), content);
        content[BYTES / 2]++;
        Files.write(path.resolve("g"), content);
        assertRuns("sh", "hzstd -q f g && cp -p f.zst copy && touch -d 2000-01-01 copy");

        byte[] before = folder.read("f.zst");
        byte[] after = folder.read("g.zst");
        int same = Arrays.mismatch(before, after);
        assertThat(same).isGreaterThan(before.length / 2 - 200_000);
        int last = before.length - 4; // then comes the checksum
        int less = after.length - before.length;
        assertThat(Arrays.copyOfRange(after, last - before.length / 3 + less, last + less))
                .isEqualTo(Arrays.copyOfRange(before, last - before.length / 3, last));
        assertRuns(
                "rsync",
                "literal=$(rsync --no-whole-file --stats g.zst copy | tr -d , |"
                        + " sed -n 's/^Literal data: \\([0-9]*\\).*/\\1/p')",
                "cmp g.zst copy && test $literal -lt 300000");
    }

    @Test
    void otherFilesPassThroughInPipes() throws Exception {
        assertRuns(
                "sh",
                "hzstd -q d/a && : >none",
                "test $(hzstdcat none d/a.zst d/e/b | grep -c simsalabim) = 100",
                "! hzstd --no-pass-through -dcf d/e/b 2>said",
                "grep -q 'huffhash: d/e/b: ' said",
                "hzstd <d/a | huffhash -d --pass-through | unhzstd -cf | cmp - d/a",
                "hzstd -df <d/e/b | cmp - d/e/b");
    }

    @Test
    void filesOfOtherCompressorsDoNotPassThrough() throws Exception {
        for (String[] other :
                new String[][] {
                    {"gzip", "1f8b08"},
                    {"xz", "fd377a585a0000"},
                    {"lz4", "04224d1864"},
                    {"lzma", "5d00008000"},
                    {"zstd 0.1", "fd2fb51e01"},
                    {"zstd 0.7", "27b52ffd01"}
                }) {
            Files.write(path.resolve("other"), HexFormat.of().parseHex(other[1]));

            assertThat(run("hzstdcat other"))
                    .isEqualTo(
                            new Outcome(
                                    1,
                                    "",
                                    "huffhash: other: is a file of %s, which is not known here\n"
                                            .formatted(other[0])));
        }
    }

    @Test
    void directoriesThatWereMadeForAnOutputThatFailedAreRemoved() throws Exception {
        Files.createDirectories(path.resolve("out/kept"));
        Files.write(path.resolve("d/e/bad.zst"), new byte[] {1, 2, 3, 4, 5});
        Files.write(path.resolve("out/file"), new byte[1]);

        assertThat(run("hzstd -d --output-dir-mirror=out/kept/x d/e/bad.zst").exitCode())
                .isEqualTo(1);
        assertThat(path.resolve("out/kept")).isEmptyDirectory();
        assertThat(run("hzstd --output-dir-mirror=out/file d/a").err())
                .isEqualTo("huffhash: out/file/d: Not a directory\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-z -d --compress -kf -T2 -19 -B1M d/a && hzstd --stdout -d -z -d d/a.zst | cmp -"
                        + " d/a",
                "--ultra -22 --fast=3 --long --adapt -C --threads=1 -qo x d/a && hzstd -t x",
                "-r --output-dir-mirror=out d && cmp out/d/a.zst out/d/e/b.zst",
                "-r --output-dir-flat out d && cmp out/a.zst out/b.zst",
                "--filelist=list d/e/b && cmp d/a.zst d/e/b.zst && hzstd -l d/a.zst | grep -q"
                        + " XXH64",
                "-q d/a && hzstd --memory=512MB -M512MiB -t d/a.zst",
                "--filelist=list --filelist=more && cmp d/a.zst d/e/b.zst",
                "--single-thread --format=zstd --size-hint=9 --stream-size=9 --no-content-size"
                        + " --asyncio --no-dictID --auto-threads=logical d/a && hzstd -t d/a.zst",
                "--no-compress-literals --compress-literals --row-match-finder"
                        + " --no-row-match-finder --zstd=wlog=23,strat=5"
                        + " --target-compressed-block-size=999 --block-size=1M --priority=rt"
                        + " --auto-threads physical -n -0 -30 d/a && hzstd -t d/a.zst",
                "-T2000 d/a && hzstd --memlimit=1KB --threads=100000 -t d/a.zst",
                "-H | grep -q '^Usage: hzstd '",
                "-c -o x d/a && hzstd -o y -dc x | cmp - d/a && test ! -e y",
                "-co x -c -o y d/a && test ! -e x && hzstd -o x -dc -o z y && cmp z d/a",
                "-q d/a && cp d/a d/a.gz && hzstd --rm -q --exclude-compressed d/a.gz d/e/b"
                        + " && test -e d/e/b.zst -a -e d/a.gz -a ! -e d/a.gz.zst",
                "-q d/a && cp d/a d/a.txz && hzstd -qr --exclude-compressed --output-dir-flat=out d"
                        + " && cmp out/a.zst out/b.zst && test ! -e out/a.txz.zst",
                "-q d/a && hzstd -t --exclude-compressed d/a.zst",
                "-q d/a && ! hzstd -q --exclude-compressed nobody.gz 2>said"
                        + " && grep -q 'nobody.gz: no such file' said",
                "-q d/a && cp d/a d/x.gz && cp d/a d/e/x.gz"
                        + " && hzstd -q --exclude-compressed --output-dir-flat=out d/x.gz d/e/x.gz"
            })
    void theWordsAreThoseOfZstd(String arguments) throws Exception {
        Files.writeString(path.resolve("list"), "d/a\n\n");
        Files.writeString(path.resolve("more"), "d/e/b");
        Files.createDirectory(path.resolve("out"));

        assertRuns("sh", "hzstd " + arguments);
    }

    @Test
    void whatCannotBeMirroredOrReadIsOneLine() throws Exception {
        Files.write(path.resolve("list"), new byte[] {(byte) 0xFF, '\n'});

        Outcome outside = run("cd d/e && hzstd --output-dir-mirror=out ../a");
        assertThat(outside.err())
                .isEqualTo("huffhash: ../a.zst: is outside of the working directory, by ..\n");
        Outcome list = run("hzstd --filelist list");
        assertThat(list.err()).isEqualTo("huffhash: list: has a name that is not UTF-8\n");
        Outcome both = run("hzstd -c --output-dir-mirror=out d/a");
        assertThat(both.err()).startsWith("huffhash: choose one of -o, -c and --output-dir-mirror");
        Outcome dictionary = run("hzstd -D dictionary d/a");
        assertThat(dictionary.err()).isEqualTo("huffhash: unknown option -D; see hzstd --help\n");
        assertThat(dictionary.exitCode()).isEqualTo(1);
        assertThat(run("hzstd --format=gzip d/a").err()).contains("not zstd, the only format");
        assertThat(new int[] {outside.exitCode(), list.exitCode(), both.exitCode()})
                .containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource({"'', 7, 7", "-T5, 7, 5", "'-d --threads=3', x, 3", "-d, 6, 6"})
    void theNumberOfWorkersIsThatOfTheOptionOrOfTheEnvironment(
            String options, String variable, int workers) throws Exception {
        byte[] content = letters();
        try (Running running =
                hzstd("hzstd -q " + options).with("ZSTD_NBTHREADS", variable).start()) {
            running.feed(options.startsWith("-d") ? Huffhash.compress(content) : content);
            Waiting.until(
                    "there are " + workers + " workers",
                    () ->
                            running.threads().stream()
                                            .filter(name -> name.equals("huffhash-worker"))
                                            .count()
                                    == workers);
            running.endInput();
            assertThat(running.await().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "two, 'two' is not a whole number",
        "-1, '-1' is negative",
        "99999999999, '99999999999' is too large"
    })
    void aNumberOfWorkersThatIsNoneIsIgnored(String variable, String reason) throws Exception {
        Outcome outcome =
                hzstd("hzstd -f d/a && hzstd -qt d/a.zst").with("ZSTD_NBTHREADS", variable).run();

        assertThat(outcome)
                .isEqualTo(
                        Outcome.printed()
                                .andSaid("huffhash: ZSTD_NBTHREADS is ignored: " + reason));
    }

    /** Runs these lines, of which none may fail, or say anything. */
    private void assertRuns(String needed, String... lines) throws Exception {
        assumeTrue(Cli.of("which", needed).run().exitCode() == 0, "there is no " + needed);

        assertThat(run("set -e\n" + String.join("\n", lines))).isEqualTo(new Outcome(0, "", ""));
    }

    private Outcome run(String script) throws Exception {
        return hzstd(script).run();
    }

    private Cli hzstd(String script) {
        return Cli.of("/bin/sh", "-c", script)
                .in(path)
                .with("PATH", shared.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private static byte[] letters() {
        byte[] letters = new byte[BYTES];
        new Random(1).nextBytes(letters);
        for (int i = 0; i < BYTES; i++) {
            letters[i] &= 63;
        }
        return letters;
    }
}
