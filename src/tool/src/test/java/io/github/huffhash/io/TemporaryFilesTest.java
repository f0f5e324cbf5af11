package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of temporary files, above all when the process ends: its end is a child's here. */
@Timeout(60)
class TemporaryFilesTest {
    @TempDir private Path folder;

    /** Runs a child that makes files in {@link #folder} and ends; its exit code. */
    private int runChild(String... arguments) throws IOException, InterruptedException {
        return TemporaryFilesChild.start(folder, arguments).waitFor();
    }

    private Stream<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void whatTheCreationReturnsIsReturned() throws IOException {
        Path path = folder.resolve("file");

        assertThat(TemporaryFiles.create(path, () -> Files.createFile(path))).isSameAs(path);
        assertThat(path).exists();
        TemporaryFiles.delete(path);
    }

    @Test
    void aFileThatIsDeletedIsGoneAtOnce() throws IOException {
        Path path = folder.resolve("file");
        TemporaryFiles.create(path, () -> Files.createFile(path));

        TemporaryFiles.delete(path);
        TemporaryFiles.delete(path);

        assertThat(path).doesNotExist();
    }

    @Test
    void aFailureToCreateComesOutAsItIs() {
        var failure = new IOException("disk on fire");

        assertThatThrownBy(() ->
                        TemporaryFiles.create(
                                folder.resolve("file"),
                                () -> {
                                    throw failure;
                                }))
                .isSameAs(failure);
    }

    @Test
    void aFileThatIsThereAlreadyIsNotTakenForATemporaryOne() throws IOException {
        Path path = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> TemporaryFiles.create(path, () -> Files.createFile(path)))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(path).exists();
    }

    @Test
    void atTheEndAllTemporaryFilesAreDeletedAndNoOthers() throws Exception {
        Files.createFile(folder.resolve("foreign"));
        Files.createFile(folder.resolve("in-the-way"));

        assertThat(
                        runChild(
                                "create one",
                                "create two",
                                "move two",
                                "create three",
                                "delete three",
                                "create in-the-way"))
                .isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).containsExactlyInAnyOrder("foreign", "in-the-way", "moved");
    }

    @Test
    void whatCouldNotBeDeletedIsTriedAgainAtTheEnd() throws Exception {
        // a folder that is not empty cannot be deleted
        assertThat(
                        runChild(
                                "create-folder one",
                                "create one/inside",
                                "delete one",
                                "delete one/inside"))
                .isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).isEmpty();
    }

    @Test
    void aFileTakesThePlaceOfAnother() throws IOException {
        Path name = Files.writeString(folder.resolve("file"), "old");
        Path path = folder.resolve("new");
        TemporaryFiles.create(path, () -> Files.writeString(path, "new"));

        TemporaryFiles.move(path, name);

        assertThat(name).hasContent("new");
        assertThat(path).doesNotExist();
    }

    @Test
    void aFolderIsNotDeletedForAFile() throws IOException {
        Path name = Files.createDirectory(folder.resolve("folder"));
        Path path = folder.resolve("new");
        TemporaryFiles.create(path, () -> Files.createFile(path));

        assertThatThrownBy(() -> TemporaryFiles.move(path, name)).isInstanceOf(IOException.class);

        assertThat(name).isDirectory();
        TemporaryFiles.delete(path);
    }

    @Test
    void aFileThatIsReplacedStaysWhenTheEndComes() throws Exception {
        assertThat(runChild("move-for-ever file")).isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).containsExactly("file");
    }

    @Test
    void nothingCanBeMadeOnceTheEndHasCome() throws Exception {
        assertThat(runChild("create-for-ever file")).isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).isEmpty();
    }
}
