package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are no regular files, or have no room, or no directory. */
class OutputPlacesTest {
    private static final String LARGE = TestFiles.path("skewed_200KB.bin");

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a");
    }

    @Test
    void aDeviceIsWrittenToAndStaysADevice() throws Exception {
        TestFiles.assumeExists("/dev/null");
        Files.createSymbolicLink(path.resolve("link"), Path.of("/dev/null"));

        assertThat(folder.run("compress", "-o", "/dev/null", "a")).isEqualTo(printed());
        assertThat(folder.run("compress", "-f", "-o", "link", "a")).isEqualTo(printed());
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThat(Files.isSymbolicLink(path.resolve("link"))).isTrue();
        assertThat(folder.names()).containsExactly("a", "link");
    }

    @Test
    void aLinkOfTheSystemToAnOpenFileIsNotReplaced() throws Exception {
        TestFiles.assumeExists("/dev/stderr");

        assertThat(folder.sh("huffhash compress -f -o /dev/stderr a 2>out")).isEqualTo(printed());
        assertThat(folder.sh("huffhash compress -f -o /proc/self/fd/3 a 3>out3"))
                .isEqualTo(printed());
        assertThat(Files.isSymbolicLink(Path.of("/dev/stderr"))).isTrue();
        assertThat(folder.read("out")).isEqualTo(Folder.compressed());
        assertThat(folder.read("out3")).isEqualTo(Folder.compressed());
    }

    @Test
    void anOpenFileThatHasContentIsNotOverwritten() throws Exception {
        TestFiles.assumeExists("/proc/self/fd");
        Files.writeString(path.resolve("log"), "precious");

        Outcome outcome = folder.sh("huffhash compress -f -o /proc/self/fd/3 a 3>>log");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).endsWith("is an open regular file; redirect -c to it instead\n");
        assertThat(path.resolve("log")).hasContent("precious");
    }

    @Test
    void aFolderThatIsNotThereIsNotMadeAFile() throws Exception {
        Outcome outcome = folder.run("compress", "-o", "new/", "a");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("huffhash: new/: there is no directory new\n");
        assertThat(folder.names()).containsExactly("a");
    }

    @Test
    void aPipeWithANameIsWrittenTo() throws Exception {
        assertThat(
                        folder.sh(
                                "mkfifo pipe && { cat pipe >out & huffhash compress -o pipe a &&"
                                        + " wait; }"))
                .isEqualTo(printed());
        assertThat(folder.read("out")).isEqualTo(Folder.compressed());
    }

    /** As it does where that is standard output. */
    @ParameterizedTest
    @ValueSource(strings = {"-o pipe \"$1\"", "-c \"$1\" >pipe"})
    void aReaderOfAPipeThatHangsUpEndsTheRunQuietly(String arguments) throws Exception {
        String large = Path.of(LARGE).toAbsolutePath().toString();

        assertThat(
                        folder.sh(
                                "mkfifo pipe && { head -c 9 pipe >out & huffhash compress "
                                        + arguments
                                        + "; echo $?; wait; }",
                                large))
                .isEqualTo(printed("141"));
        assertThat(folder.names()).containsExactly("a", "out", "pipe");
    }

    @Test
    void aPipeThatNobodyNamedIsNotWrittenTo() throws Exception {
        assertThat(folder.sh("mkfifo a.zst; huffhash compress -f a"))
                .isEqualTo(failed("a.zst: is not a regular file; name it with -o to use it"));
    }

    @Test
    void theInputOfADeviceStays() throws Exception {
        TestFiles.assumeExists("/dev/null");

        assertThat(folder.run("compress", "--rm", "-o", "/dev/null", "a"))
                .isEqualTo(
                        printed()
                                .andSaid(
                                        "huffhash: a: not removed, since /dev/null is not a"
                                                + " regular file"));
        assertThat(folder.hasContent("a")).isTrue();
    }

    @Test
    void aFullDeviceIsAnErrorEvenForOneByte() throws Exception {
        TestFiles.assumeExists("/dev/full");
        Files.write(path.resolve("one"), new byte[1]);
        assertThat(folder.run("compress", "one")).isEqualTo(printed());
        Files.delete(path.resolve("one"));

        String full = "No space left on device";
        assertThat(folder.sh("huffhash compress -o /dev/full a"))
                .isEqualTo(failed("/dev/full: " + full));
        assertThat(folder.sh("huffhash compress -c a >/dev/full"))
                .isEqualTo(failed("standard output: " + full));
        assertThat(folder.sh("huffhash decompress -o /dev/full one.zst"))
                .isEqualTo(failed("/dev/full: " + full));
        assertThat(folder.sh("huffhash decompress -c one.zst >/dev/full"))
                .isEqualTo(failed("standard output: " + full));
    }

    @Test
    void aFullDiskLeavesTheInputAndNothingElse() throws Exception {
        Path disk = Files.createDirectory(path.resolve("disk"));
        assumeTrue(
                Cli.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString())
                                .run()
                                .exitCode()
                        == 0,
                "no file system can be mounted");
        try {
            Outcome outcome =
                    folder.sh(
                            "huffhash compress --rm -o disk/full.zst \"$1\";"
                                    + " huffhash compress --output-dir-flat=disk a",
                            Files.copy(Path.of(LARGE), path.resolve("large")).toString());

            assertThat(outcome)
                    .isEqualTo(
                            printed().andSaid("huffhash: disk/full.zst: No space left on device"));
            assertThat(new Folder(disk).names()).containsExactly("a.zst");
            assertThat(path.resolve("large")).hasSameBinaryContentAs(Path.of(LARGE));
        } finally {
            Cli.of("umount", disk.toString()).run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress -c large large", "compress -c large -"})
    void aReaderThatHasGoneEndsTheRunQuietly(String arguments) throws Exception {
        Files.copy(Path.of(LARGE), path.resolve("large"));

        assertThat(
                        folder.sh(
                                "{ huffhash "
                                        + arguments
                                        + " </dev/zero; echo $? >code; } | head -c 1 >first"))
                .isEqualTo(printed());
        assertThat(path.resolve("code")).hasContent("141");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() throws Exception {
        assertThat(folder.run("compress", "-o", "none/x", "a"))
                .isEqualTo(failed("none/x: there is no directory none"));
        assertThat(folder.run("compress", "--output-dir-flat=none", "a"))
                .isEqualTo(failed("none/a.zst: there is no directory none"));
    }

    @Test
    void aDirectoryThatIsRemovedMeanwhileIsAnError() throws Exception {
        Path out = Files.createDirectory(path.resolve("out"));
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running =
                        Cli.huffhash("compress", "-o", "out/x", "pipe").in(path).start()) {
            Waiting.until("it writes", new Folder(out)::hasTemporaryFile);
            assertThat(Cli.of("rm", "-r", out.toString()).run().exitCode()).isZero();
            pipe.write(Folder.content());
            pipe.close();

            assertThat(running.await()).isEqualTo(failed("out/x: no such file"));
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void aDirectoryThatMayNotBeWrittenToIsOneLine() throws Exception {
        Path closed = Files.createDirectory(path.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThat(Cli.huffhash("compress", "-o", "closed/x", "a").in(path).unprivileged().run())
                .isEqualTo(failed("closed/x: permission denied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress a/", "compress --rm a/", "compress -f -o a/ b", "-t a/"})
    void aFileIsNoDirectory(String arguments) throws Exception {
        folder.contents("a", "b");

        assertThat(folder.runWords(arguments)).isEqualTo(failed("a/: Not a directory"));

        assertThat(folder.names()).containsExactly("a", "b");
        assertThat(folder.hasContent("a")).isTrue();
    }
}
