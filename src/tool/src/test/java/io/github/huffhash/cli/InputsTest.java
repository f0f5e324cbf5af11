package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.FileOptions.Recursion;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are changed after their files have been found, as an attacker would. */
class InputsTest {
    private static final Console SILENT =
            new Console("huffhash", false, false, false, false, false, _ -> {});

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("top/a", "top/deep/b", "top/z", "elsewhere/a", "elsewhere/b");
    }

    private Inputs find() {
        return new Inputs(
                List.of(path.resolve("top").toString()),
                Recursion.OF_SUFFIX,
                Naming.COMPRESSED,
                SILENT);
    }

    /** The last names of all that could be opened, each with the directory it was really in. */
    private List<String> open(Inputs inputs, int exitCode) throws IOException {
        List<String> opened = new ArrayList<>();
        int code =
                inputs.forEach((source, _) -> {
                    try (Input _ = source.open(false)) {
                        Path directory = source.place().orElseThrow().realDirectory();
                        opened.add(
                                path.toRealPath().relativize(directory)
                                        + "/"
                                        + source.place().get().lastName());
                    }
                });
        assertThat(code).isEqualTo(exitCode);
        return opened;
    }

    @Test
    void filesAreVisitedInTheOrderOfTheirNames() throws Exception {
        Inputs inputs = find();

        assertThat(inputs.names())
                .map(name -> path.relativize(Path.of(name)).toString())
                .containsExactly("top/a", "top/deep/b", "top/z");
        assertThat(open(inputs, 0)).containsExactly("top/a", "top/deep/b", "top/z");
    }

    @Test
    void aFolderThatHasBecomeALinkIsNotEntered() throws Exception {
        Inputs inputs = find();
        Files.move(path.resolve("top/deep"), path.resolve("moved"));
        Files.createSymbolicLink(path.resolve("top/deep"), path.resolve("elsewhere"));

        assertThat(open(inputs, 1)).containsExactly("top/a", "top/z");
    }

    @Test
    void aFileThatHasBecomeALinkIsNotOpened() throws Exception {
        Inputs inputs = find();
        Files.delete(path.resolve("top/a"));
        Files.createSymbolicLink(path.resolve("top/a"), path.resolve("elsewhere/a"));

        assertThat(open(inputs, 1)).containsExactly("top/deep/b", "top/z");
    }

    @Test
    void aFolderThatWasReplacedByAnotherIsNotEntered() throws Exception {
        Inputs inputs = find();
        Files.move(path.resolve("top/deep"), path.resolve("moved"));
        folder.contents("top/deep/b");

        assertThat(open(inputs, 1)).containsExactly("top/a", "top/z");
    }

    @Test
    void aFolderThatWasNamedAndHasBecomeALinkToAnotherIsNotEntered() throws Exception {
        Inputs inputs = find();
        Files.move(path.resolve("top"), path.resolve("moved"));
        Files.createSymbolicLink(path.resolve("top"), path.resolve("elsewhere"));

        assertThat(open(inputs, 1)).isEmpty();
    }

    /** A link around a folder leads to what is no part of the tree. */
    @Test
    void aFolderInOneThatHasBecomeALinkIsNotEntered() throws Exception {
        folder.contents("top/deep/deeper/c", "elsewhere/deeper/c");
        Inputs inputs = find();
        Files.move(path.resolve("top/deep"), path.resolve("moved"));
        Files.createSymbolicLink(path.resolve("top/deep"), path.resolve("elsewhere"));

        assertThat(open(inputs, 1)).containsExactly("top/a", "top/z");
    }

    @Test
    void aFileThatHasGoneIsOneFailureAndTheOthersAreDone() throws Exception {
        Inputs inputs = find();
        Files.delete(path.resolve("top/a"));

        assertThat(open(inputs, 1)).containsExactly("top/deep/b", "top/z");
    }
}
