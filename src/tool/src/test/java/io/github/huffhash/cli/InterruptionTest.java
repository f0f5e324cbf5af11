package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Signals that come while an output is written. */
class InterruptionTest {
    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFolder() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @CsvSource({
        "HUP,1,compress",
        "INT,2,compress",
        "TERM,15,compress",
        "HUP,1,decompress",
        "INT,2,decompress",
        "TERM,15,decompress",
        "INT,2,compress -m",
        "TERM,15,compress -t"
    })
    void aSignalRemovesWhatIsHalfWritten(String name, int number, String command) throws Exception {
        Files.writeString(path.resolve("out"), "old");
        try (var pipe = folder.openPipe("pipe");
                Running running =
                        Cli.huffhash((command + " -f -o out pipe").split(" ", -1))
                                .in(path)
                                .start()) {
            pipe.write(command.startsWith("compress") ? Folder.content() : Folder.compressed());
            Waiting.until("it writes", folder::hasTemporaryFile);
            running.signal(name);

            assertThat(running.await()).isEqualTo(new Outcome(128 + number, "", ""));
        }
        assertThat(folder.names()).containsExactly("out", "pipe");
        assertThat(folder.read("out")).asString().isEqualTo("old");
    }

    /** What the program has done when the signal comes; it goes on meanwhile. */
    enum Moment {
        STARTED,
        WRITING,
        PUBLISHED,
        REMOVED;

        boolean isReached(Folder folder) {
            return switch (this) {
                case STARTED -> true;
                case WRITING -> folder.hasTemporaryFile();
                case PUBLISHED -> folder.names().contains("a.zst");
                case REMOVED -> !folder.names().contains("a");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignalAtAnyTimeLeavesTheInputOrTheOutputWholeAndNothingElse(Moment moment)
            throws Exception {
        byte[] content = Files.readAllBytes(Path.of(TestFiles.path("skewed_1MB.bin")));
        byte[] expected = Huffhash.compress(content);
        for (int i = 0; i < 3; i++) {
            Files.write(path.resolve("a"), content);
            Files.deleteIfExists(path.resolve("a.zst"));
            Outcome outcome = terminated(moment);

            List<String> names = folder.names();
            assertThat(outcome.exitCode()).isIn(0, 128 + 15);
            assertThat(outcome.err()).isEmpty();
            assertThat(names).isSubsetOf("a", "a.zst").isNotEmpty();
            if (names.contains("a")) {
                assertThat(folder.read("a")).isEqualTo(content);
            }
            if (names.contains("a.zst")) {
                assertThat(folder.read("a.zst")).isEqualTo(expected);
            }
        }
    }

    private Outcome terminated(Moment moment) throws Exception {
        try (Running running = Cli.huffhash("compress", "--rm", "a").in(path).start()) {
            Waiting.until(
                    "it has come to " + moment,
                    () -> moment.isReached(folder) || !running.isAlive());
            ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroy); // sends TERM
            return running.await();
        }
    }
}
