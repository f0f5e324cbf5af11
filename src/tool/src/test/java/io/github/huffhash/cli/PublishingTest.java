package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which an output comes to its name and an input goes, and what a failure leaves. */
class PublishingTest {
    private static final String NAMED = "(rename|link) TEMP a\\.zst";

    private static final int KILLED = 128 + 9;

    @TempDir private Path path;
    @TempDir private Path elsewhere;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path.toRealPath());
        folder.contents("a");
    }

    private SystemCalls run(String fault, String arguments) throws Exception {
        return SystemCalls.of(folder, elsewhere.resolve("log"), fault, arguments.split(" ", -1));
    }

    private void assertOnlyTheInput() throws IOException {
        assertThat(folder.names()).containsExactly("a");
        assertThat(folder.hasContent("a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress --rm a", "compress --rm -f a", "compress --rm --verify a"})
    void anInputGoesOnlyWhenItsOutputAndTheNameOfThatAreOnDisk(String arguments) throws Exception {
        SystemCalls run = run("", arguments);

        assertThat(run.outcome()).isEqualTo(printed());
        assertThat(run.first("sync TEMP")).isLessThan(run.first(NAMED));
        assertThat(run.first(NAMED)).isLessThan(run.first("sync \\."));
        assertThat(run.first("sync \\.")).isLessThan(run.first("(rename|unlink) a( .*)?"));
        assertThat(folder.names()).containsExactly("a.zst");
    }

    @Test
    void syncedOutputsAreOnDiskBeforeTheyHaveTheirName() throws Exception {
        SystemCalls run = run("", "compress --sync a");

        assertThat(run.outcome()).isEqualTo(printed());
        assertThat(run.first("sync TEMP")).isLessThan(run.first(NAMED));
        assertThat(run.first(NAMED)).isLessThan(run.first("sync \\."));
        assertThat(run.calls()).noneMatch(call -> call.matches("(rename|unlink) a( .*)?"));
    }

    /** Another run takes files without a lock for those that a killed run has left. */
    @ParameterizedTest
    @CsvSource({
        "'" + SystemCalls.SYNCING + "', compress --sync a",
        "'" + SystemCalls.NAMING + "', compress a",
        "'" + SystemCalls.NAMING + "', compress -f a"
    })
    void anOutputIsLockedUntilItHasItsName(String slow, String arguments) throws Exception {
        folder.contents("b");
        var other =
                new FutureTask<>(() -> {
                    Waiting.until("it is written", this::temporaryFileIsWhole);
                    return folder.run("compress", "b");
                });
        Thread.ofPlatform().daemon().start(other);

        SystemCalls run = run(slow + ":delay_enter=3000000:when=1", arguments);

        assertThat(run.outcome()).isEqualTo(printed());
        assertThat(other.get()).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a", "a.zst", "b", "b.zst");
    }

    private boolean temporaryFileIsWhole() {
        try {
            return folder.hasTemporaryFile()
                    && Arrays.equals(folder.read(folder.names().getFirst()), Folder.compressed());
        } catch (IOException _) {
            return false; // it has got its name
        }
    }

    @Test
    void withoutThatNothingWaitsForTheDisk() throws Exception {
        SystemCalls run = run("", "compress a");

        assertThat(run.outcome()).isEqualTo(printed());
        assertThat(run.first(NAMED)).isNotNegative();
        assertThat(run.calls()).noneMatch(call -> call.startsWith("sync"));
    }

    @ParameterizedTest
    @CsvSource({"--rm, EIO, Input/output error", "--sync, ENOSPC, No space left on device"})
    void anOutputThatDoesNotReachTheDiskGetsNoName(String option, String error, String reason)
            throws Exception {
        SystemCalls run =
                run(
                        SystemCalls.SYNCING + ":error=" + error + ":when=1",
                        "compress " + option + " a");

        assertThat(run.outcome()).isEqualTo(failed("a.zst: " + reason));
        assertOnlyTheInput();
    }

    @Test
    void anInputStaysIfTheNameOfItsOutputDoesNotReachTheDisk() throws Exception {
        SystemCalls run = run(SystemCalls.SYNCING + ":error=EIO:when=2", "compress --rm a");

        assertThat(run.outcome()).isEqualTo(failed("a.zst: Input/output error"));
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.hasContent("a")).isTrue();
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @Test
    void anOutputHasAllButItsNameBeforeItGetsThat() throws Exception {
        Files.setLastModifiedTime(path.resolve("a"), FileTime.fromMillis(1_000_000_000_123L));
        Files.setPosixFilePermissions(
                path.resolve("a"), PosixFilePermissions.fromString("rw-r-x---"));

        SystemCalls run = run(SystemCalls.NAMING + ":signal=KILL", "compress --sync a");

        assertThat(run.outcome().exitCode()).isEqualTo(KILLED);
        assertThat(folder.names()).hasSize(2).contains("a").doesNotContain("a.zst");
        String temporary = folder.names().getFirst();
        assertThat(folder.read(temporary)).isEqualTo(Folder.compressed());
        assertThat(path.resolve(temporary)).satisfies(this::isLikeTheInput);
    }

    private void isLikeTheInput(Path file) throws IOException {
        Path input = path.resolve("a");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(Files.getLastModifiedTime(input));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(input));
    }

    @ParameterizedTest
    @CsvSource({"compress -f a, KILL", "compress -f --rm a, KILL", "compress -f --rm a, TERM"})
    void theNameHasTheOldOrTheNewFileWhateverStepIsTheLast(String arguments, String signal)
            throws Exception {
        boolean killed = signal.equals("KILL");
        makeOldOutput();
        List<String> steps = run("", arguments).withEach("signal=" + signal);
        assertThat(steps).isNotEmpty();
        for (String step : steps) {
            makeOldOutput();
            SystemCalls run = run(step, arguments);

            byte[] output = folder.read("a.zst"); // it is there in any case
            if (Files.exists(path.resolve("a"))) {
                assertThat(output).isIn("old".getBytes(UTF_8), Folder.compressed());
                assertThat(folder.hasContent("a")).isTrue();
            } else {
                assertThat(output).isEqualTo(Folder.compressed());
            }
            if (killed) {
                assertThat(run.outcome().exitCode()).isEqualTo(KILLED);
                removeTemporaryFiles();
            }
            assertThat(run.outcome().err()).isEmpty();
            assertThat(folder.names()).isSubsetOf("a", "a.zst");
        }
    }

    private void makeOldOutput() throws IOException {
        folder.contents("a");
        Files.writeString(path.resolve("a.zst"), "old");
    }

    private void removeTemporaryFiles() throws IOException {
        for (String name : folder.names()) {
            if (name.startsWith(".huffhash-")) {
                Files.delete(path.resolve(name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --rm", " --sync"})
    void anOutputThatCannotGetItsNameLeavesTheInputAlone(String option) throws Exception {
        SystemCalls run = run(SystemCalls.NAMING + ":error=EIO", "compress" + option + " a");

        assertThat(run.outcome()).isEqualTo(failed("a.zst: Input/output error"));
        assertOnlyTheInput();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "-f --rm", "-f --sync"})
    void anOldFileStaysWhenANewOneCannotGetItsName(String options) throws Exception {
        Files.writeString(path.resolve("a.zst"), "old");

        SystemCalls run = run(SystemCalls.NAMING + ":error=ENOSPC", "compress " + options + " a");

        assertThat(run.outcome()).isEqualTo(failed("a.zst: No space left on device"));
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.read("a.zst")).asString().isEqualTo("old");
    }

    @Test
    void aFileSystemWithoutLinksWillDo() throws Exception {
        SystemCalls run = run("link,linkat:error=EPERM", "compress --rm a");

        assertThat(run.outcome()).isEqualTo(printed());
        assertThat(run.first("link TEMP a\\.zst")).isLessThan(run.first("rename TEMP a\\.zst"));
        assertThat(folder.names()).containsExactly("a.zst");
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @Test
    void anInputThatCannotBeDeletedGetsItsNameBack() throws Exception {
        SystemCalls run = run("unlink,unlinkat:error=EBUSY:when=2", "compress --rm -o a.zst a");

        assertThat(run.outcome()).isEqualTo(failed("a: not removed: Device or resource busy"));
        assertThat(folder.hasContent("a")).isTrue();
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @Test
    void anInputThatCannotBeRemovedStaysBesideItsOutput() throws Exception {
        SystemCalls run = run("rename,renameat,renameat2:error=EROFS", "compress --rm a");

        assertThat(run.outcome()).isEqualTo(failed("a: not removed: Read-only file system"));
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.hasContent("a")).isTrue();
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }
}
