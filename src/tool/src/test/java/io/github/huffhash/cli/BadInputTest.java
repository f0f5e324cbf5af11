package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import io.github.huffhash.run.process.BuiltJar;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    private static final String SMALL = TestFiles.path("uniform_1025B.bin");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-t", "-T2"})
    void aMissingFileIsOneLine(String mode) throws Exception {
        assertThat(run(mode, "nobody")).isEqualTo(failed("nobody: no such file"));
    }

    @Test
    void aNameWithoutLettersIsAMissingFileToo() throws Exception {
        Outcome outcome = run("");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).matches("huffhash: [^\n]*no such file\n");
    }

    @Test
    void aDirectoryIsRefusedUnderAnyName() throws Exception {
        Files.createDirectory(folder.resolve("sub"));

        assertThat(run("sub")).isEqualTo(failed("sub: is a directory"));
        assertThat(run(".")).isEqualTo(failed(".: is a directory"));
        assertThat(run("sub/nobody/..").exitCode()).isEqualTo(1);
    }

    @Test
    void aDirectoryAsStandardInputIsOneLine() throws Exception {
        Outcome outcome = Cli.sh("huffhash -t - </").run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]+: [Ii]s a directory\n");
    }

    @Test
    void aLinkToNowhereIsAMissingFileAndALoopIsOneLine() throws Exception {
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("nobody"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        assertThat(run("nowhere")).isEqualTo(failed("nowhere: no such file"));
        assertThat(run("loop").err())
                .matches("huffhash: loop: [^\n]*[Tt]oo many [^\n]*symbolic links[^\n]*\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "compress secret", "decompress -o out secret", "test secret"})
    void aFileThatMayNotBeReadIsOneLine(String arguments) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, Set.of());

        assertThat(Cli.huffhash(arguments.split(" ", -1)).in(folder).unprivileged().run())
                .isEqualTo(failed("secret: permission denied"));
        assertThat(new Folder(folder).names()).containsExactly("secret");
    }

    @Test
    void theFilesAroundAFailingOneAreDone() throws Exception {
        Outcome outcome = run("-t", SMALL, "nobody", ".", SMALL);

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                1,
                                Cli.lines(
                                        "Final signature: 815763391  " + SMALL,
                                        "Final signature: 815763391  " + SMALL),
                                Cli.lines(
                                        "Lock acquisitions: 1020",
                                        "huffhash: nobody: no such file",
                                        "huffhash: .: is a directory",
                                        "Lock acquisitions: 1020")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t", "-T2"})
    void aFileThatShrinksWhileItIsReadHasNoSignature(String mode) throws Exception {
        Path file = folder.resolve("shrinking");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 36); // takes no room, and long to read
        }
        try (Running running = Cli.huffhash(mode, "--debug=1", file.toString()).start()) {
            running.awaitOut(out -> out.startsWith("Block 0 hash: 1024\n"));
            try (var large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(5000);
            }
            Outcome outcome = running.await();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .matches(
                            "huffhash: [^\n]+/shrinking: shrank from 68719476736 to [0-9]+"
                                    + " bytes while it was read\n");
            assertThat(outcome.out()).doesNotContain("signature");
        }
    }

    @Test
    void aNameOfSeveralLinesIsWrittenOnOne() throws Exception {
        Files.writeString(folder.resolve("two\nlines\r\t\u001b[31m"), "a");

        assertThat(run("two\nlines\r\t\u001b[31m", SMALL))
                .isEqualTo(
                        printed(
                                "Final signature: 98  two\\nlines\\r\\t\\x1b[31m",
                                "Final signature: 815763391  " + SMALL));
        assertThat(run("no\nbody")).isEqualTo(failed("no\\nbody: no such file"));
        assertThat(run("--no\nbody"))
                .isEqualTo(failed("unknown option --no\\nbody; see huffhash --help"));
    }

    @Test
    void aNameWithLettersBeyondAsciiIsWrittenAsItIs() throws Exception {
        Outcome outcome =
                Cli.sh(
                                "name=$(printf 'na\\303\\257ve \\360\\237\\230\\200');"
                                        + " printf a >\"$name\"; huffhash \"$name\" \"no $name\" -")
                        .in(folder)
                        .run();

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                1,
                                Cli.lines(
                                        "Final signature: 98  na\u00efve \ud83d\ude00",
                                        "Final signature: 0  -"),
                                "huffhash: no na\u00efve \ud83d\ude00: no such file\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compare"})
    void aNameThatTheLocaleCannotSpellIsNotABug(String command) throws Exception {
        Outcome outcome =
                Cli.sh("huffhash " + command + " \"$(printf 'na\\303\\257ve')\"")
                        .in(folder)
                        .with("LC_ALL", "C")
                        .run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]+\n").doesNotContain("bug");
    }

    @Test
    void aStackTraceIsOnlyForThoseWhoAskTwice() throws Exception {
        String line = "huffhash: nobody: no such file\n";

        assertThat(run("-v", "nobody").err()).isEqualTo(line);
        assertThat(run("-vv", "nobody").err()).startsWith(line).contains("\n\tat io.github.");
        assertThat(run("-v", "nobody", "-v").err()).startsWith(line).contains("\n\tat io.github.");
        assertThat(run("compare", "nobody", "-vv").err())
                .startsWith(line)
                .contains("\n\tat io.github.");
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return Cli.huffhash(arguments).in(folder).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "compare --runs=1", "explain --json"})
    void aProgramThatLacksALibrarySaysSoInALine(String command) throws Exception {
        String classPath =
                Stream.of(BuiltJar.CLASS_PATH.split(File.pathSeparator))
                        .filter(entry -> !entry.contains("gson"))
                        .collect(Collectors.joining(File.pathSeparator));
        List<String> words =
                new ArrayList<>(
                        List.of(Cli.JAVA.toString(), "-cp", classPath, Main.class.getName()));
        words.addAll(List.of(command.split(" ")));
        words.add(SMALL);

        Outcome outcome = Cli.of(words.toArray(String[]::new)).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .matches(
                        "huffhash: the program is incomplete or damaged: java[.]lang[.]"
                                + "NoClassDefFoundError: com/google/gson/[^\n]*\n");
    }
}
