package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are there already. */
class OverwriteTest {
    private static final String REFUSED = "already exists; not overwritten (-f overwrites)";

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a");
        Files.writeString(path.resolve("a.zst"), "old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-q a", "-o a.zst a", "--rm a"})
    void aFileThatIsThereIsNotOverwritten(String arguments) throws Exception {
        assertThat(folder.runWords("compress " + arguments)).isEqualTo(failed("a.zst: " + REFUSED));
        assertThat(folder.read("a.zst")).asString().isEqualTo("old");
        assertThat(folder.names()).containsExactly("a", "a.zst");
    }

    @Test
    void anAnswerFromAPipeIsNoAnswer() throws Exception {
        assertThat(folder.sh("yes | huffhash compress a")).isEqualTo(failed("a.zst: " + REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f a", "--force a", "-f -o a.zst a"})
    void forceOverwrites(String arguments) throws Exception {
        assertThat(folder.runWords("compress " + arguments)).isEqualTo(printed());
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @Test
    void aLinkIsReplacedAndWhatItPointsToStays() throws Exception {
        Files.writeString(path.resolve("precious"), "precious");
        Files.delete(path.resolve("a.zst"));
        Files.createSymbolicLink(path.resolve("a.zst"), Path.of("precious"));

        assertThat(folder.run("compress", "a")).isEqualTo(failed("a.zst: " + REFUSED));
        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        assertThat(Files.isSymbolicLink(path.resolve("a.zst"))).isFalse();
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
        assertThat(folder.read("precious")).asString().isEqualTo("precious");
    }

    @Test
    void aLinkToNowhereIsThereToo() throws Exception {
        Files.delete(path.resolve("a.zst"));
        Files.createSymbolicLink(path.resolve("a.zst"), Path.of("nowhere"));

        assertThat(folder.run("compress", "a")).isEqualTo(failed("a.zst: " + REFUSED));
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a", "a.zst");
        assertThat(folder.read("a.zst")).isEqualTo(Folder.compressed());
    }

    @Test
    void aDirectoryIsNeverReplaced() throws Exception {
        Files.delete(path.resolve("a.zst"));
        Files.createDirectory(path.resolve("a.zst"));

        assertThat(folder.run("compress", "-f", "a")).isEqualTo(failed("a.zst: is a directory"));
        assertThat(folder.names()).containsExactly("a", "a.zst");
    }

    @Test
    void theInputIsNotTheOutputUnderAnyName() throws Exception {
        Files.createSymbolicLink(path.resolve("soft"), Path.of("a"));
        Files.createLink(path.resolve("hard"), path.resolve("a"));

        for (String name : new String[] {"a", "./a", "soft", "hard"}) {
            assertThat(folder.run("compress", "-f", "-o", name, "a"))
                    .isEqualTo(failed(name + ": is the input itself"));
        }
        assertThat(folder.run("compress", "-f", "-o", "a", "soft"))
                .isEqualTo(failed("a: is the input itself"));
        assertThat(folder.hasContent("a")).isTrue();
    }

    @Test
    void aFailureAfterTheQuestionLeavesTheOldFile() throws Exception {
        assertThat(folder.run("compress", "-f", "-o", "a.zst", "nobody").exitCode()).isEqualTo(1);
        assertThat(folder.read("a.zst")).asString().isEqualTo("old");
    }

    /** The file late comes into being while the program writes it. */
    private Outcome runToLate(String... arguments) throws Exception {
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running = Cli.huffhash(arguments).in(path).start()) {
            Waiting.until("it writes", folder::hasTemporaryFile);
            Files.writeString(path.resolve("late"), "late");
            pipe.write(Folder.content());
            pipe.close();

            return running.await();
        }
    }

    @Test
    void aFileThatComesIntoBeingMeanwhileIsNotOverwritten() throws Exception {
        assertThat(runToLate("compress", "-o", "late", "pipe"))
                .isEqualTo(failed("late: has come into being meanwhile; not overwritten"));
        assertThat(folder.read("late")).asString().isEqualTo("late");
        assertThat(folder.hasTemporaryFile()).isFalse();
    }

    @Test
    void withForceItIs() throws Exception {
        assertThat(runToLate("compress", "-f", "-o", "late", "pipe")).isEqualTo(printed());
        assertThat(Huffhash.decompress(folder.read("late"), 1 << 20)).isEqualTo(Folder.content());
    }
}
