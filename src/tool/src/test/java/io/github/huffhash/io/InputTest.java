package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {
    private static final Path PROC_FILE = Path.of("/proc/version");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 65_536, 65_537, 300_000})
    void aFileIsReadToItsEndInPiecesOfAnyLength(int size, @TempDir Path folder) throws IOException {
        Random random = Seeds.random();
        byte[] content = randomBytes(random, size);
        Path file = Files.write(folder.resolve("in"), content);
        for (int pieceLimit : new int[] {1 + size / 100, 2000, 100_000, 1 << 20}) {
            try (var input = Input.open(file.toString())) {
                assertThat(readAll(input, random, pieceLimit)).isEqualTo(content);
                assertThat(input.position()).isEqualTo(size);
                assertThat(input.expected()).isEqualTo(size);
                assertThat(input.read(new byte[10], 10)).isZero();
            }
        }
    }

    @Test
    void aPieceIsShortAtTheEndOfTheFileOnly(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[2500]);
        try (var input = Input.open(file.toString())) {
            byte[] piece = new byte[1024];
            assertThat(input.read(piece, 1024)).isEqualTo(1024);
            assertThat(input.position()).isEqualTo(1024);
            assertThat(input.read(piece, 1024)).isEqualTo(1024);
            assertThat(input.read(piece, 1024)).isEqualTo(452);
            assertThat(input.position()).isEqualTo(2500);
            assertThat(input.read(piece, 1024)).isZero();
        }
    }

    @Test
    void bytesBehindTheLengthAskedForAreLeftAlone(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[100]);
        byte[] into = new byte[64];
        Arrays.fill(into, (byte) 7);
        try (var input = Input.open(file.toString())) {
            input.read(into, 10);
        }
        assertThat(Arrays.copyOf(into, 10)).containsOnly(0);
        assertThat(Arrays.copyOfRange(into, 10, 64)).containsOnly(7);
    }

    @Test
    void theNameIsTheOneThatWasGiven(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("in"), new byte[1]);
        String name = folder + "/./in";
        try (var input = Input.open(name)) {
            assertThat(input.name()).isEqualTo(name);
        }
    }

    @Test
    void aMissingFileFailsByName(@TempDir Path folder) {
        String name = folder.resolve("nowhere").toString();
        assertOpenFails(name, "no such file");
    }

    @Test
    void aFolderFailsByName(@TempDir Path folder) {
        assertOpenFails(folder.toString(), "is a directory");
    }

    @Test
    void aPathThroughAFileFailsByName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[1]);
        assertOpenFails(file.resolve("below").toString(), "Not a directory");
    }

    @Test
    void aNameThatCannotBeAFilesFailsByName() {
        assertOpenFails("a\0b", "invalid file name: Nul character not allowed");
    }

    private static void assertOpenFails(String name, String reason) {
        assertThatExceptionOfType(FileFailure.class)
                .isThrownBy(() -> Input.open(name).close())
                .withMessage(name + ": " + reason)
                .matches(e -> e.file().equals(name), "the name")
                .matches(e -> e.reason().equals(reason), "the reason");
    }

    @Test
    void aFileThatShrinksFailsInsteadOfEndingEarly(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[1000]);
        try (var input = Input.open(file.toString())) {
            truncate(file, 400);
            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> input.read(new byte[2000], 2000))
                    .withMessage(file + ": shrank from 1000 to 400 bytes while it was read")
                    .matches(e -> e.file().equals(file.toString()), "the name");
        }
    }

    @Test
    void aFileThatShrinksInTheMiddleOfTheRunFails(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[500_000]);
        try (var input = Input.open(file.toString())) {
            assertThat(input.read(new byte[1000], 1000)).isEqualTo(1000);
            truncate(file, 0);
            assertThatExceptionOfType(FileFailure.class)
                    .isThrownBy(() -> input.read(new byte[500_000], 499_000))
                    .withMessageStartingWith(file + ": shrank from 500000 to ");
        }
    }

    @Test
    void aFileThatGrowsIsReadToItsNewEnd(@TempDir Path folder) throws IOException {
        byte[] content = randomBytes(Seeds.random(), 3000);
        Path file = Files.write(folder.resolve("in"), Arrays.copyOf(content, 1000));
        try (var input = Input.open(file.toString())) {
            assertThat(input.expected()).isEqualTo(1000);
            Files.write(file, Arrays.copyOfRange(content, 1000, 3000), StandardOpenOption.APPEND);
            byte[] into = new byte[4000];
            assertThat(input.read(into, 4000)).isEqualTo(3000);
            assertThat(Arrays.copyOf(into, 3000)).isEqualTo(content);
            assertThat(input.position()).isEqualTo(3000);
            assertThat(input.expected()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatGrowsIsReadUpToItsSizeWhereThatCounts(boolean asStream, @TempDir Path folder)
            throws IOException {
        byte[] content = randomBytes(Seeds.random(), 2000);
        Path file = Files.write(folder.resolve("in"), Arrays.copyOf(content, 1000));
        try (var input = openLimited(file)) {
            assertThat(input.hasGrown()).isFalse();
            Files.write(file, Arrays.copyOfRange(content, 1000, 2000), StandardOpenOption.APPEND);
            byte[] read =
                    asStream ? input.stream().readAllBytes() : readAll(input, Seeds.random(), 300);
            assertThat(read).isEqualTo(Arrays.copyOf(content, 1000));
            assertThat(input.hasGrown()).isTrue();
            assertThat(input.reread().stream().readAllBytes()).isEqualTo(read);
        }
    }

    /** Another user who may write the folder swaps names, to get a secret into a file for all. */
    @Test
    void attributesAreThoseOfTheFileThatWasOpened(@TempDir Path folder) throws Exception {
        assumeTrue(Descriptors.ARE_NAMED, "needs /proc");
        Path name = folder.resolve("name");
        Path open = Files.writeString(folder.resolve("open"), "o");
        Path secret = Files.writeString(folder.resolve("secret"), "s");
        Object secretKey = Files.readAttributes(secret, BasicFileAttributes.class).fileKey();
        Files.createSymbolicLink(name, open);
        var done = new AtomicBoolean();
        var swaps =
                new FutureTask<>(() -> {
                    int swapped = 0;
                    while (!done.get()) {
                        Path target = swapped % 2 == 0 ? secret : open;
                        Path next = Files.createSymbolicLink(folder.resolve("next"), target);
                        Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
                        swapped++;
                    }
                    return swapped;
                });
        Thread.ofPlatform().daemon().start(swaps);
        int secrets = 0;
        try {
            for (int i = 0; i < 5_000; i++) {
                try (Input input = Input.open(name.toString())) {
                    Object key = input.regular().orElseThrow().fileKey();
                    boolean isSecret = input.stream().read() == 's';
                    assertThat(key.equals(secretKey)).isEqualTo(isSecret);
                    secrets += isSecret ? 1 : 0;
                } catch (FileFailure e) {
                    assertThat(e.reason()).isEqualTo("was replaced while it was opened");
                }
            }
        } finally {
            done.set(true);
        }
        assertThat(swaps.get()).isGreaterThan(100);
        assertThat(secrets).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 100_000})
    void aFileThatStaysAsItIsIsReadWhereItsSizeCounts(int size, @TempDir Path folder)
            throws IOException {
        byte[] content = randomBytes(Seeds.random(), size);
        Path file = Files.write(folder.resolve("in"), content);
        try (var input = openLimited(file)) {
            assertThat(readAll(input, Seeds.random(), 5000)).isEqualTo(content);
        }
    }

    @Test
    void aFileThatGrowsBehindAShortPieceHasEndedAllTheSame(@TempDir Path folder)
            throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[1000]);
        try (var input = Input.open(file.toString())) {
            assertThat(input.read(new byte[1024], 1024)).isEqualTo(1000);
            Files.write(file, new byte[500], StandardOpenOption.APPEND);
            assertThat(input.read(new byte[1024], 1024)).isZero();
        }
    }

    @Test
    void aFileOfTheSystemWhoseSizeIsZeroIsReadToItsEnd() throws IOException {
        assumeTrue(Files.exists(PROC_FILE), "there is no /proc");
        byte[] content = Files.readAllBytes(PROC_FILE);
        assertThat(content).isNotEmpty();
        try (var input = Input.open(PROC_FILE.toString())) {
            assertThat(input.expected()).isZero();
            assertThat(readAll(input, Seeds.random(), 10)).isEqualTo(content);
            assertThat(input.position()).isEqualTo(content.length);
        }
    }

    @Test
    void readingAClosedInputFailsByName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("in"), new byte[10]);
        var input = Input.open(file.toString());
        input.close();
        assertThatExceptionOfType(FileFailure.class)
                .isThrownBy(() -> input.read(new byte[1], 1))
                .withMessageStartingWith(file + ": ");
    }

    @Test
    void aFileInADirectoryMustBeRegularWhenItIsOpened(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("secret"), new byte[1]);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("secret"));
        Files.createDirectory(folder.resolve("folder"));
        try (var directory = OpenDirectory.of(folder)) {
            for (String last : new String[] {"link", "folder", "nowhere"}) {
                var place = Place.found(directory, Path.of(last), "found/" + last);

                assertThatExceptionOfType(FileFailure.class)
                        .isThrownBy(() -> Input.open(place, false))
                        .withMessageStartingWith("found/" + last + ": ");
            }
        }
    }

    private static Input openLimited(Path file) throws IOException {
        try (var place = Place.of(file.toString())) {
            return Input.open(place, true);
        }
    }

    private static byte[] readAll(Input input, Random random, int pieceLimit) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] piece = new byte[pieceLimit];
        while (true) {
            int asked = 1 + random.nextInt(pieceLimit);
            int count = input.read(piece, asked);
            all.write(piece, 0, count);
            if (count < asked) {
                return all.toByteArray();
            }
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
