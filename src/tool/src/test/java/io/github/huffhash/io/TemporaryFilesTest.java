package io.github.huffhash.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private Place place(String name) throws IOException {
        return Place.of(folder.resolve(name).toString());
    }

    @Test
    void aFileIsMadeToWriteAndRead() throws IOException {
        Place place = place("file");

        try (FileChannel file = TemporaryFiles.create(place, false)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2}));
            ByteBuffer read = ByteBuffer.allocate(3);
            assertThat(file.read(read, 0)).isEqualTo(2);
        }
        TemporaryFiles.delete(place);
    }

    @Test
    void aFileThatIsDeletedIsGoneAtOnce() throws IOException {
        Place place = place("file");
        TemporaryFiles.create(place, false).close();

        TemporaryFiles.delete(place);
        TemporaryFiles.delete(place);

        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeMadeIsAFailure() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Place place = place("inside/file");
        Files.delete(inside);

        assertThatThrownBy(() -> TemporaryFiles.create(place, false))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileThatIsThereAlreadyIsNotTakenForATemporaryOne() throws IOException {
        Path path = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> TemporaryFiles.create(place("file"), false))
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
                                "publish two",
                                "create three",
                                "delete three",
                                "create in-the-way"))
                .isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).containsExactlyInAnyOrder("foreign", "in-the-way", "published");
    }

    @Test
    void whatCouldNotBeDeletedIsTriedAgainAtTheEnd() throws Exception {
        assertThat(runChild("create one", "folder-instead one", "delete one", "file-instead one"))
                .isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).isEmpty();
    }

    @Test
    void aFileTakesThePlaceOfAnotherOnlyIfItMay() throws IOException {
        Path name = Files.writeString(folder.resolve("file"), "old");
        Place place = place("new");
        try (FileChannel file = TemporaryFiles.create(place, false)) {
            file.write(ByteBuffer.wrap("new".getBytes(UTF_8)));
        }

        assertThatThrownBy(() -> TemporaryFiles.publish(place, place("file"), false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(name).hasContent("old");
        assertThat(folder.resolve("new")).exists();

        TemporaryFiles.publish(place, place("file"), true);
        assertThat(name).hasContent("new");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aFolderIsNotDeletedForAFile() throws IOException {
        Path name = Files.createDirectory(folder.resolve("folder"));
        Place place = place("new");
        TemporaryFiles.create(place, false).close();

        assertThatThrownBy(() -> TemporaryFiles.publish(place, place("folder"), true))
                .isInstanceOf(IOException.class);

        assertThat(name).isDirectory();
        TemporaryFiles.delete(place);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTheFileThatIsMeantIsDeleted(boolean meant) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");

        assertThat(TemporaryFiles.deleteIf(place("file"), _ -> meant)).isEqualTo(meant);

        if (meant) {
            assertThat(left()).isEmpty();
        } else {
            assertThat(left()).containsExactly("file");
            assertThat(file).hasContent("content");
        }
    }

    @Test
    void aFileGetsItsNameBackWhenItCannotBeLookedAt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");

        assertThatThrownBy(() ->
                        TemporaryFiles.deleteIf(
                                place("file"),
                                _ -> {
                                    throw new IOException("no");
                                }))
                .hasMessage("no");

        assertThat(left()).containsExactly("file");
        assertThat(file).hasContent("content");
    }

    @Test
    void aFileOfALongNameIsDeletedToo() throws IOException {
        String name = "n".repeat(255);
        Files.writeString(folder.resolve(name), "content");

        assertThat(TemporaryFiles.deleteIf(place(name), _ -> true)).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void aNewerFileIsNotOverwrittenByOneThatGetsItsNameBack() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() ->
                        TemporaryFiles.deleteIf(
                                place("file"),
                                _ -> {
                                    Files.writeString(file, "newer");
                                    return false;
                                }))
                .isInstanceOf(FileFailure.class)
                .hasMessageMatching(
                        ".*/file: was moved to \\.huffhash-\\w{32}\\.old\\.file to be removed and"
                                + " cannot be moved back: .*");

        assertThat(file).hasContent("newer");
        assertThat(left()).hasSize(2).anyMatch(name -> name.endsWith(".old.file"));
    }

    @Test
    void aFailureToGiveAFileItsNameBackDoesNotHideTheFirstOne() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() ->
                        TemporaryFiles.deleteIf(
                                place("file"),
                                _ -> {
                                    Files.writeString(file, "newer");
                                    throw new IOException("no");
                                }))
                .isInstanceOf(FileFailure.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("no"));
    }

    @Test
    void aFileThatIsReplacedStaysWhenTheEndComes() throws Exception {
        assertThat(runChild("publish-for-ever file")).isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).containsExactly("file");
    }

    @Test
    void nothingCanBeMadeOnceTheEndHasCome() throws Exception {
        assertThat(runChild("create-for-ever file")).isEqualTo(TemporaryFilesChild.EXIT_CODE);

        assertThat(left()).isEmpty();
    }
}
