package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are to go, and those that stay. */
class InputRemovalTest {
    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rm a",
                "-k --rm a",
                "--sync --rm -- a",
                "-qk a --rm",
                "-k --rm -k --rm a",
                "-k --rm -oa.zst a"
            })
    void anInputIsRemovedOnceItsOutputIsThere(String arguments) throws Exception {
        assertThat(folder.runWords("compress " + arguments)).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a.zst");
        assertThat(folder.runWords("decompress --rm a.zst")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a");
        assertThat(folder.hasContent("a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rm -k a", "--rm -fk a", "--rm --keep a", "--sync a"})
    void theLastOfTwoWishesCounts(String arguments) throws Exception {
        assertThat(folder.runWords("compress " + arguments)).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a", "a.zst");
    }

    /** Its last letters are no options. */
    @Test
    void theNameOfAnOutputIsNoWish() throws Exception {
        assertThat(folder.run("compress", "-k", "--rm", "-obook", "a")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("book");
    }

    @Test
    void whatGoesToStandardOutputStays() throws Exception {
        assertThat(folder.sh("huffhash compress -c --rm a >b.zst"))
                .isEqualTo(
                        printed()
                                .andSaid(
                                        "huffhash: a: not removed, since the output went to"
                                                + " standard output"));
        assertThat(folder.names()).containsExactly("a", "b.zst");
    }

    @Test
    void aLinkIsRefusedBeforeWorkBegins() throws Exception {
        Files.createSymbolicLink(path.resolve("link"), Path.of("a"));

        assertThat(folder.run("compress", "--rm", "link"))
                .isEqualTo(failed("link: is a symbolic link; --rm removes none"));
        assertThat(folder.names()).containsExactly("a", "link");
    }

    @Test
    void oneOfSeveralHardLinksIsRefusedBeforeWorkBegins() throws Exception {
        Files.createLink(path.resolve("hard"), path.resolve("a"));

        assertThat(folder.run("compress", "--rm", "a"))
                .isEqualTo(failed("a: has other hard links; --rm removes none of them"));
        assertThat(folder.names()).containsExactly("a", "hard");
    }

    @Test
    void aPipeIsRefused() throws Exception {
        try (var _ = folder.openPipe("pipe")) {
            assertThat(folder.run("compress", "--rm", "pipe"))
                    .isEqualTo(failed("pipe: is not a regular file; --rm removes no other"));
        }
    }

    @Test
    void aFileThatFailsStays() throws Exception {
        assertThat(folder.run("decompress", "--rm", "-o", "x", "a").exitCode()).isEqualTo(1);
        assertThat(folder.names()).containsExactly("a");
    }

    @Test
    void aFileThatWasWrittenToMeanwhileStays() throws Exception {
        String name = path.resolve("a").toString();
        var removal = InputRemoval.of(Place.of(name));
        var read = removal.place().attributes(false);
        Files.write(path.resolve("a"), new byte[1], StandardOpenOption.APPEND);

        assertThatExceptionOfType(FileFailure.class)
                .isThrownBy(() -> removal.delete(read))
                .withMessage(name + ": was changed meanwhile; not removed");
        assertThat(path.resolve("a")).exists();
    }

    @Test
    void anotherFileThatHasComeToTheSameNameStays() throws Exception {
        String name = path.resolve("a").toString();
        var removal = InputRemoval.of(Place.of(name));
        var read = removal.place().attributes(false);
        folder.contents("b");
        Files.setLastModifiedTime(path.resolve("b"), Files.getLastModifiedTime(path.resolve("a")));
        Files.move(path.resolve("a"), path.resolve("old"));
        Files.move(path.resolve("b"), path.resolve("a"));

        assertThatExceptionOfType(FileFailure.class)
                .isThrownBy(() -> removal.delete(read))
                .withMessage(name + ": was changed meanwhile; not removed");
        assertThat(path.resolve("a")).exists();
    }
}
