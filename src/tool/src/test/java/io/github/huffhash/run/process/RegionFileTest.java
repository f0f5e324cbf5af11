package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    private Path directory(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Test
    void theFileIsOfZerosAndForItsOwnerAlone() throws IOException {
        Path directory = directory("d");

        try (var file = RegionFile.create(List.of(directory), 100_001)) {
            assertThat(files(directory)).containsExactly(file.path());
            assertThat(file.path().getFileName().toString())
                    .matches("huffhash-%d-[0-9a-f]{32}\\.region".formatted(ownPid()));
            assertThat(Files.readAllBytes(file.path())).hasSize(100_001).containsOnly(0);
            assertThat(Files.getPosixFilePermissions(file.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(files(directory)).isEmpty();
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }

    @Test
    void noTwoFilesHaveTheSameName() throws IOException {
        Path directory = directory("d");

        try (var one = RegionFile.create(List.of(directory), 1);
                var two = RegionFile.create(List.of(directory), 1)) {
            assertThat(files(directory)).containsExactlyInAnyOrder(one.path(), two.path());
        }
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void closingAFileThatIsGoneAlreadyDoesNotFail() throws IOException {
        var file = RegionFile.create(List.of(folder), 1);
        Files.delete(file.path());

        file.close();
        file.close();

        assertThat(file.path()).doesNotExist();
    }

    @Test
    void whatIsMappedIsTheFile() throws IOException {
        try (var file = RegionFile.create(List.of(folder), 5000);
                Arena arena = Arena.ofConfined()) {
            var memory = RegionFile.map(file.path(), arena);
            memory.set(ValueLayout.JAVA_BYTE, 4999, (byte) 42);

            assertThat(memory.byteSize()).isEqualTo(5000);
            assertThat(Files.readAllBytes(file.path())[4999]).isEqualTo((byte) 42);
        }
    }

    @Test
    void aSymbolicLinkInPlaceOfTheFileIsNotFollowed() throws IOException {
        Path target = Files.write(folder.resolve("target"), new byte[100]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> RegionFile.map(link, arena)).isInstanceOf(IOException.class);
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

        try (var file =
                RegionFile.create(List.of(folder.resolve("missing"), below, good), 1 << 10)) {
            assertThat(file.path().getParent()).isEqualTo(good);
        }
    }

    @Test
    void aReadOnlyDirectoryIsPassedOver() throws IOException, InterruptedException {
        Path readOnly = mount("ro,size=1m");
        Path good = directory("good");

        try (var file = RegionFile.create(List.of(readOnly, good), 1 << 10)) {
            assertThat(file.path().getParent()).isEqualTo(good);
        }
    }

    @Test
    void aFullDirectoryIsPassedOverAndLeftAsItWas() throws IOException, InterruptedException {
        Path full = mount("size=64k");
        Path good = directory("good");

        try (var file = RegionFile.create(List.of(full, good), 1 << 20)) {
            assertThat(file.path().getParent()).isEqualTo(good);
            assertThat(Files.size(file.path())).isEqualTo(1 << 20);
            assertThat(files(full)).isEmpty();
        }
    }

    @Test
    void withoutAnyRoomTheFailureNamesEachDirectoryAndItsReason()
            throws IOException, InterruptedException {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> RegionFile.create(List.of(missing, below), 12_345))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "12345 bytes", missing.toString(), below.toString(), "Not a directory")
                .message()
                .doesNotContain("Exception", "null", "\n");

        Path full = mount("size=64k");
        assertThatThrownBy(() -> RegionFile.create(List.of(full), 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(full.toString(), "No space left");
    }

    private static String name(long pid, int number) {
        return "huffhash-%d-%032x.region".formatted(pid, number);
    }

    /** The number of a process that has just ended. */
    static long deadPid() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor(10, TimeUnit.SECONDS);
        return process.pid();
    }

    @Test
    void filesOfDeadOwnersAreSweptWhenTheNextIsMade() throws IOException, InterruptedException {
        Path directory = directory("d");
        Files.write(directory.resolve(name(deadPid(), 1)), new byte[10]);
        Files.write(directory.resolve(name(deadPid(), 2)), new byte[10]);

        try (var file = RegionFile.create(List.of(directory), 1)) {
            assertThat(files(directory)).containsExactly(file.path());
        }
    }

    @Test
    void filesOfLivingOwnersStay() throws IOException {
        Path directory = directory("d");
        Path own = Files.write(directory.resolve(name(ownPid(), 1)), new byte[10]);
        Path first = Files.write(directory.resolve(name(1, 1)), new byte[10]);

        RegionFile.sweep(directory);

        assertThat(files(directory)).containsExactlyInAnyOrder(own, first);
    }

    @Test
    void filesOfOtherNamesStay() throws IOException, InterruptedException {
        Path directory = directory("d");
        long dead = deadPid();
        List<Path> others = new ArrayList<>();
        for (String name :
                List.of(
                        "huffhash-" + dead + ".region",
                        "huffhash-" + dead + "-abc.region",
                        "huffhash-x-" + "0".repeat(32) + ".region",
                        "huffhash-99999999999999999999-" + "0".repeat(32) + ".region",
                        name(dead, 1) + ".keep",
                        "my-" + name(dead, 1),
                        name(dead, 1).replace("huffhash", "Huffhash"))) {
            others.add(Files.write(directory.resolve(name), new byte[1]));
        }

        RegionFile.sweep(directory);

        assertThat(files(directory)).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void neitherLinksNorFoldersAreTakenForFilesOfDeadOwners()
            throws IOException, InterruptedException {
        Path directory = directory("d");
        Path target = Files.write(folder.resolve("target"), new byte[10]);
        Path link = Files.createSymbolicLink(directory.resolve(name(deadPid(), 1)), target);
        Path empty = Files.createDirectory(directory.resolve(name(deadPid(), 2)));

        RegionFile.sweep(directory);

        assertThat(target).hasSize(10);
        assertThat(empty).isDirectory();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void whatCannotBeSweptDoesNotShieldTheRest() throws IOException, InterruptedException {
        Path directory = directory("d");
        long dead = deadPid();
        List<Path> stuck = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // a folder that is not empty cannot be removed, like somebody else's file
            Path folder = directory.resolve(name(dead, 2 * i));
            Files.createFile(Files.createDirectory(folder).resolve("content"));
            stuck.add(folder);
            Files.createFile(directory.resolve(name(dead, 2 * i + 1)));
        }

        RegionFile.sweep(directory);

        assertThat(files(directory)).containsExactlyInAnyOrderElementsOf(stuck);
    }
}
