package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
    @TempDir private Path folder;

    private String name() {
        return folder.resolve("out").toString();
    }

    private OutputFile create() throws IOException {
        return OutputFile.create(Place.of(name()), Optional.empty(), false);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void theFileAppearsWithAllOfItsContentOncePublished() throws IOException {
        byte[] content = new byte[200_000];
        Seeds.random().nextBytes(content);
        try (OutputFile file = create()) {
            file.stream().write(content, 0, 100_000);
            file.stream().write(content, 100_000, 99_999);
            file.stream().write(content[199_999]);
            assertThat(folder.resolve("out")).doesNotExist();
            file.publish(false, true);
        }
        assertThat(folder.resolve("out")).hasBinaryContent(content);
        assertThat(files()).hasSize(1);
    }

    @Test
    void withoutThatThereIsNothing() throws IOException {
        try (OutputFile file = create()) {
            file.stream().write(1);
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsWrittenCanBeReadAgainBefore() throws IOException {
        try (OutputFile file = create()) {
            file.stream().write(new byte[] {1, 2, 3});
            try (Input again = file.reread()) {
                byte[] into = new byte[4];
                assertThat(again.read(into, 4)).isEqualTo(3);
                assertThat(into).containsExactly(1, 2, 3, 0);
                assertThat(again.name()).isEqualTo(name());
            }
        }
    }

    @Test
    void noTwoTemporaryNamesAreTheSame() throws IOException {
        Set<Path> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            try (OutputFile _ = create()) {
                seen.addAll(files());
            }
        }
        assertThat(seen).hasSize(10);
    }

    @Test
    void anOldFileStaysUnlessItMayBeReplaced() throws IOException {
        Files.writeString(folder.resolve("out"), "old");
        try (OutputFile file = create()) {
            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> file.publish(false, false))
                    .withMessage(name() + ": has come into being meanwhile; not overwritten");
        }
        assertThat(folder.resolve("out")).hasContent("old");
        assertThat(files()).hasSize(1);
        try (OutputFile file = create()) {
            file.publish(true, false);
        }
        assertThat(folder.resolve("out")).isEmptyFile();
    }

    @Test
    void aDirectoryThatCameInBetweenIsAFailure() throws IOException {
        try (OutputFile file = create()) {
            Files.createDirectory(folder.resolve("out"));
            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> file.publish(true, false))
                    .withMessageStartingWith(name() + ": ");
        }
        assertThat(files()).containsExactly(folder.resolve("out"));
    }

    @Test
    void writingToAFullDeviceFailsWithItsName() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        try (OutputStream full = OutputFile.inPlace(Place.of("/dev/full"))) {
            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> full.write(1))
                    .withMessage("/dev/full: No space left on device");
        }
    }

    @Test
    void whatIsNotThereCannotBeOpenedInPlace() {
        assertThatExceptionOfType(FileFailure.class)
                .isThrownBy(() -> OutputFile.inPlace(Place.of(name())))
                .withMessage(name() + ": no such file");
    }

    /** Another user who may write the folder puts a file of the user under the temporary name. */
    @ParameterizedTest
    @ValueSource(strings = {"symbolic link", "hard link", "other file"})
    void onlyTheFileThatWasWrittenGetsTheModeAndTheName(String kind) throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "secret");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
        Path model = Files.writeString(folder.resolve("model"), "");
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rw-rw-rw-"));
        var metadata =
                FileMetadata.of(
                        Files.readAttributes(model, PosixFileAttributes.class), Optional.empty());
        try (OutputFile file = OutputFile.create(Place.of(name()), Optional.of(metadata), false)) {
            Path temporary =
                    files().stream()
                            .filter(path -> TemporaryFiles.isName(path.getFileName().toString()))
                            .findFirst()
                            .orElseThrow();
            Files.move(temporary, folder.resolve("aside"));
            switch (kind) {
                case "symbolic link" -> Files.createSymbolicLink(temporary, victim);
                case "hard link" -> Files.createLink(temporary, victim);
                default -> Files.writeString(temporary, "other");
            }

            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> file.publish(true, false))
                    .withMessage(name() + ": was replaced while it was written");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rw-------");
        assertThat(victim).hasContent("secret");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anOutputGoesIntoTheDirectoryThatWasOpenedThoughALinkHasTakenItsName() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Place place = Place.of(inside.resolve("out").toString());
                OutputFile file = OutputFile.create(place, Optional.empty(), false)) {
            Files.move(inside, folder.resolve("moved"));
            Files.createSymbolicLink(inside, elsewhere);
            file.publish(false, true);
        }
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(folder.resolve("moved/out")).exists();
    }

    @Test
    void aFileOfAnotherOwnerAndGroupIsMadeLikeItOrMorePrivate() throws IOException {
        Path model = Files.writeString(folder.resolve("model"), "");
        PosixFileAttributeView view =
                Files.getFileAttributeView(model, PosixFileAttributeView.class);
        assumeTrue(view != null, "needs permissions");
        FileTime time = FileTime.fromMillis(1_000_000_000_123L);
        try {
            Files.setAttribute(model, "unix:gid", 12_345);
            Files.setAttribute(model, "unix:uid", 23_456);
        } catch (IOException e) {
            assumeTrue(false, "this user cannot give files away: " + e);
        }
        Files.setLastModifiedTime(model, time);
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rw-r-----"));

        var metadata =
                FileMetadata.of(
                        Files.readAttributes(model, PosixFileAttributes.class), Optional.empty());
        try (OutputFile file = OutputFile.create(Place.of(name()), Optional.of(metadata), false)) {
            file.stream().write(1);
            file.publish(false, false);
        }

        Path out = folder.resolve("out");
        assertThat(Files.getAttribute(out, "unix:gid")).isEqualTo(12_345);
        assertThat(Files.getAttribute(out, "unix:uid")).isEqualTo(23_456);
        assertThat(Files.getLastModifiedTime(out)).isEqualTo(time);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @CsvSource({
        "1960-01-01T00:00:00.5Z, 1960-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00.5Z, 1970-01-01T00:00:00.5Z"
    })
    void timesBefore1970LoseTheirFractionAlone(Instant wanted, Instant given) throws IOException {
        var metadata =
                new FileMetadata(Optional.of(FileTime.from(wanted)), Optional.empty(), Map.of());
        try (OutputFile file = OutputFile.create(Place.of(name()), Optional.of(metadata), false)) {
            file.publish(false, false);
        }
        assertThat(Files.getLastModifiedTime(folder.resolve("out")))
                .isEqualTo(FileTime.from(given));
    }
}
