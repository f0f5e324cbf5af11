package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.huffhash.io.Place;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RegionFileTest {
    @TempDir private Path folder = Path.of("");

    private Path below = Path.of("");

    private final List<Path> mounts = new ArrayList<>();

    @BeforeEach
    void aPathThatCannotBeAFolder() throws IOException {
        below = Files.writeString(folder.resolve("regular"), "").resolve("below");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        for (Path mount : mounts) {
            assertThat(run("umount", mount.toString())).isZero();
        }
    }

    /** A file system of its own, where this user may mount one. */
    private Path mount(String options) throws IOException, InterruptedException {
        Path point = Files.createDirectory(folder.resolve("mount" + mounts.size()));
        assumeThat(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", point.toString())).isZero();
        mounts.add(point);
        return point;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException _) {
            return 127; // there is no such program
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static RegionFile create(List<Path> directories, long bytes) throws IOException {
        return RegionFile.create(directories, bytes, false);
    }

    /** Where the file has been made. */
    private static Path inDirectory(RegionFile file) throws IOException {
        return Place.parent(Files.readSymbolicLink(file.path()));
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Test
    void theFileHasNoNameAndIsOfZerosAndForItsOwnerAlone() throws IOException {
        Path directory = directory("d");
        Path path;
        try (var file = create(List.of(directory), 100_001)) {
            path = file.path();
            assertThat(directory).isEmptyDirectory();
            assertThat(Files.readAllBytes(path)).hasSize(100_001).containsOnly(0);
            assertThat(Files.getPosixFilePermissions(path))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void anotherProcessOpensItByItsPath() throws IOException, InterruptedException {
        try (var file = create(List.of(folder), 1000)) {
            assertThat(run("cmp", "-n", "1000", file.path().toString(), "/dev/zero")).isZero();
        }
    }

    @Test
    void whereDescriptorsCannotBeOpenedItKeepsItsNameAndALock() throws IOException {
        Path directory = directory("d");
        Path path;
        try (var file = RegionFile.create(List.of(directory), 1000, true)) {
            path = file.path();
            assertThat(files(directory)).containsExactly(path);
            assertThat(Files.readAllBytes(path)).hasSize(1000).containsOnly(0);
            try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                assertThatThrownBy(channel::tryLock)
                        .isInstanceOf(OverlappingFileLockException.class);
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsMappedIsTheFile(boolean named) throws IOException {
        try (var file = RegionFile.create(List.of(folder), 5000, named);
                Arena arena = Arena.ofConfined()) {
            var memory = file.map(arena);
            memory.set(ValueLayout.JAVA_BYTE, 4999, (byte) 42);

            assertThat(memory.byteSize()).isEqualTo(5000);
            assertThat(RegionFile.map(file.path(), arena).get(ValueLayout.JAVA_BYTE, 4999))
                    .isEqualTo((byte) 42);
        }
    }

    @Test
    void memoryComesFirstAndTemporaryFilesLast() {
        List<Path> directories = RegionFile.directories();

        assertThat(directories.getLast()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assumeThat(Path.of("/dev/shm")).isDirectory();
        assertThat(directories.getFirst()).isEqualTo(Path.of("/dev/shm"));
    }

    @Test
    void aMissingDirectoryIsPassedOver() throws IOException {
        Path good = directory("good");

        try (var file = create(List.of(folder.resolve("missing"), below, good), 1 << 10)) {
            assertThat(inDirectory(file)).isEqualTo(good);
        }
    }

    @Test
    void aReadOnlyDirectoryIsPassedOver() throws IOException, InterruptedException {
        Path readOnly = mount("ro,size=1m");
        Path good = directory("good");

        try (var file = create(List.of(readOnly, good), 1 << 10)) {
            assertThat(inDirectory(file)).isEqualTo(good);
        }
    }

    @Test
    void aFullDirectoryIsPassedOverAndLeftAsItWas() throws IOException, InterruptedException {
        Path full = mount("size=64k");
        Path good = directory("good");

        try (var file = create(List.of(full, good), 1 << 20)) {
            assertThat(inDirectory(file)).isEqualTo(good);
            assertThat(Files.size(file.path())).isEqualTo(1 << 20);
            assertThat(files(full)).isEmpty();
        }
    }

    @Test
    void withoutAnyRoomTheFailureNamesEachDirectoryAndItsReason()
            throws IOException, InterruptedException {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> create(List.of(missing, below), 12_345))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "12345 bytes", missing.toString(), below.toString(), "Not a directory")
                .satisfies(e -> assertThat(e.getSuppressed()).as("a cause each").hasSize(2))
                .message()
                .doesNotContain("Exception", "null", "\n");

        Path full = mount("size=64k");
        assertThatThrownBy(() -> create(List.of(full), 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(full.toString(), "No space left");
    }
}
