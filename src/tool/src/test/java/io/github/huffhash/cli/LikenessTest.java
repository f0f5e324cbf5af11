package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read outputs, and how old they look. */
class LikenessTest {
    private static final FileTime THEN =
            FileTime.from(Instant.parse("2001-02-03T04:05:06.789012345Z"));

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        assumeTrue(
                path.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "needs permissions");
        folder.contents("a");
        Files.setLastModifiedTime(path.resolve("a"), THEN);
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(name)));
    }

    private void setMode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r-xr-x--x", "rw-r-----"})
    void anOutputHasTheModeAndTheTimeOfItsInput(String mode) throws Exception {
        setMode("a", mode);

        assertThat(folder.sh("umask 077; huffhash compress --rm a && huffhash decompress a.zst"))
                .isEqualTo(printed());
        assertThat(mode("a.zst")).isEqualTo(mode);
        assertThat(mode("a")).isEqualTo(mode);
        assertThat(Files.getLastModifiedTime(path.resolve("a.zst"))).isEqualTo(THEN);
        assertThat(Files.getLastModifiedTime(path.resolve("a"))).isEqualTo(THEN);
        assertThat(Files.readAttributes(path.resolve("a"), BasicFileAttributes.class))
                .as("it has just been made")
                .satisfies(made -> assertThat(made.lastAccessTime()).isGreaterThan(THEN));
    }

    @Test
    void anOutputThatReplacesAnotherHasTheModeOfItsInputAllTheSame() throws Exception {
        folder.contents("a.zst");
        setMode("a", "rw-------");
        setMode("a.zst", "rw-rw-rw-");

        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        assertThat(mode("a.zst")).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({"000, rw-rw-rw-", "022, rw-r--r--", "077, rw-------", "002, rw-rw-r--"})
    void withoutAFileToBeLikeTheUsualModeIsGiven(String umask, String mode) throws Exception {
        assertThat(folder.sh("umask " + umask + "; huffhash compress -o out <a"))
                .isEqualTo(printed());
        assertThat(mode("out")).isEqualTo(mode);
        assertThat(Files.getLastModifiedTime(path.resolve("out"))).isGreaterThan(THEN);
        assertThat(folder.names()).containsExactly("a", "out");
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--, rw-r--r--", "rw-r-----, rw-------", "rwxr-x--x, rwx--x--x"})
    void anOutputThatCannotHaveItsInputsGroupLetsNobodyElseIn(String mode, String expected)
            throws Exception {
        String[] withoutGroups = {"setpriv", "--bounding-set=-chown"};
        assumeTrue(Cli.of("true").under(withoutGroups).run().exitCode() == 0, "needs root");
        Files.setAttribute(path.resolve("a"), "unix:gid", 12_345);
        setMode("a", mode);

        assertThat(Cli.huffhash("compress", "a").in(path).under(withoutGroups).run())
                .isEqualTo(printed());

        assertThat(mode("a.zst")).isEqualTo(expected);
        assertThat(Files.getAttribute(path.resolve("a.zst"), "unix:gid"))
                .isEqualTo(Files.getAttribute(path, "unix:gid"));
    }

    @Test
    void nobodyElseMayReadAnOutputWhileItIsWritten() throws Exception {
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running =
                        Cli.sh("umask 000; huffhash compress -o out pipe").in(path).start()) {
            Waiting.until("it writes", folder::hasTemporaryFile);
            String temporary =
                    folder.names().stream()
                            .filter(name -> name.startsWith(".huffhash-"))
                            .findFirst()
                            .orElseThrow();

            assertThat(temporary).matches("\\.huffhash-[0-9a-f]{32}\\.tmp");
            assertThat(mode(temporary)).isEqualTo("rw-------");
            assertThat(folder.names()).containsExactly(temporary, "a", "pipe");

            pipe.write(Folder.content());
            pipe.close();
            assertThat(running.await()).isEqualTo(printed());
        }
        assertThat(folder.names()).containsExactly("a", "out", "pipe");
    }
}
