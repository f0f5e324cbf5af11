package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that a killed run has left unfinished, and those of runs that are still writing. */
class AbandonedFilesTest {
    private static final String NAME = ".huffhash-" + "0123456789abcdef".repeat(2) + ".tmp";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a");
    }

    private List<String> temporaryFiles() {
        return folder.names().stream().filter(name -> name.startsWith(".huffhash-")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress a", "compress -r .", "compress --output-dir-flat=. ./a"})
    void theNextRunRemovesWhatAKilledRunHasLeft(String next) throws Exception {
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running =
                        Cli.huffhash("compress", "-o", "killed", "pipe").in(path).start()) {
            Waiting.until("it writes", folder::hasTemporaryFile);
            running.kill();
            running.await();
        }
        assertThat(temporaryFiles()).hasSize(1);

        assertThat(folder.runWords(next)).isEqualTo(printed());

        assertThat(folder.names()).containsExactly("a", "a.zst", "pipe");
    }

    @Test
    void theOutputOfARunThatIsStoppedStays() throws Exception {
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running = Cli.huffhash("compress", "-o", "slow", "pipe").in(path).start()) {
            Waiting.until("it writes", folder::hasTemporaryFile);
            running.signal("STOP");

            assertThat(folder.run("compress", "a")).isEqualTo(printed());
            assertThat(temporaryFiles()).hasSize(1);

            running.signal("CONT");
            pipe.write(Folder.content());
            pipe.close();
            assertThat(running.await()).isEqualTo(printed());
        }
        assertThat(folder.names()).containsExactly("a", "a.zst", "pipe", "slow");
        assertThat(folder.read("slow")).isEqualTo(folder.read("a.zst"));
    }

    /** An attacker makes them in a folder that many may write. */
    @ParameterizedTest
    @ValueSource(strings = {"ln -s a", "mkfifo", "mkdir"})
    void whatOnlyHasTheNameStays(String make) throws Exception {
        assertThat(folder.sh(make + " " + NAME)).isEqualTo(printed());

        assertThat(folder.run("compress", "a")).isEqualTo(printed());

        assertThat(folder.names()).contains(NAME, "a", "a.zst");
        assertThat(folder.hasContent("a")).isTrue();
    }

    @Test
    void filesOfOtherNamesStay() throws Exception {
        List<String> others = List.of(".huffhash-x.tmp", "x" + NAME, NAME + "x");
        folder.contents(others.toArray(String[]::new));

        assertThat(folder.run("compress", "a")).isEqualTo(printed());

        assertThat(folder.names()).containsAll(others);
    }

    @Test
    void aDirectoryThatCannotBeReadIsWrittenToAllTheSame() throws Exception {
        Path hidden = Files.createDirectory(path.resolve("hidden"));
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("-wx------"));

        assertThat(Cli.huffhash("compress", "-o", "hidden/a", "a").in(path).unprivileged().run())
                .isEqualTo(printed());
        assertThat(hidden.resolve("a")).exists();
    }
}
