package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    private static final String SMALL = TestFiles.path("uniform_1025B.bin");
    private static final String SIGNATURE = "Final signature: 815763391";

    @TempDir private static Path shared;

    private static Path script = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void build() throws IOException {
        script = Launcher.built(shared.resolve("it's a folder"));
    }

    @Test
    void theProgramStartsFromAFolderWithSpacesInItsName() throws Exception {
        assertThat(Cli.of(script.toString(), SMALL).run()).isEqualTo(printed(SIGNATURE));
    }

    @Test
    void aFolderWithAColonInItsNameIsOneLineUnlessTheProgramStartsFromWithin() throws Exception {
        Path home = folder.resolve("it's 12:30");
        Path own = Launcher.built(home);

        Outcome outcome = Cli.of(own.toString(), SMALL).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]+ colon [^\n]+it's 12:30[^\n]+\n");
        String small = Path.of(SMALL).toAbsolutePath().toString();
        assertThat(Cli.of("./huffhash", "-m", "-T1", small).in(home).run())
                .isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void theJarsVersionIsTheProgramsVersion() throws Exception {
        assertThat(Cli.of(script.toString(), "--version").run())
                .isEqualTo(printed("huffhash " + Launcher.VERSION));
    }

    @Test
    void theProgramStartsFromWhereItIsInstalled() throws Exception {
        Path installed = Launcher.installed(folder);

        assertThat(Cli.of(installed.toString(), "-t", SMALL).run())
                .isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void theProgramStartsThroughChainsOfLinks() throws Exception {
        Files.createDirectories(folder.resolve("one/two"));
        Path own = Launcher.built(folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("absolute"), own);
        Files.createSymbolicLink(folder.resolve("one/relative"), Path.of("../absolute"));
        Path last = folder.resolve("one/two/a name");
        Files.createSymbolicLink(last, Path.of("../relative"));

        assertThat(Cli.of(last.toString(), SMALL).run()).isEqualTo(printed(SIGNATURE));
        assertThat(inShell("cd \"$2\" && ./relative \"$3\"", "one", SMALL))
                .isEqualTo(printed(SIGNATURE));
        assertThat(inShell("PATH=one:$PATH relative \"$3\"", "", SMALL))
                .isEqualTo(printed(SIGNATURE));
        assertThat(inShell("sh one/relative \"$3\"", "", SMALL)).isEqualTo(printed(SIGNATURE));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String name = " two  spaces * $HOME `id` \"quotes\" 'too' \\ ";
        Files.writeString(folder.resolve(name), "a");

        assertThat(Cli.of(script.toString(), name, "").in(folder).run().out())
                .isEqualTo("Final signature: 98  " + name + "\n");
    }

    @Test
    void withoutAJarThereIsOneLineThatSaysWhatToDo() throws Exception {
        Path alone = folder.resolve("huffhash");
        Files.copy(script, alone);

        Outcome outcome = Cli.of("/bin/sh", alone.toString(), SMALL).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: no huffhash.jar in [^\n]+; run make[^\n]*\n");
    }

    @ParameterizedTest
    @CsvSource({"-t,''", "'',--json"})
    void aClosedStandardInputIsAnErrorWhenItIsToBeRead(String mode, String file) throws Exception {
        Outcome outcome = inShell("\"$1\" $2 $3 <&-", mode, file);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]+\n");
    }

    @Test
    void aClosedStandardInputDoesNotMatterOtherwise() throws Exception {
        assertThat(inShell("\"$1\" $2 \"$3\" <&-", "-s", SMALL)).isEqualTo(printed(SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-e --debug=1", "--version", "--help"})
    void aClosedStandardOutputIsOneLine(String options) throws Exception {
        assertThat(inShell("\"$1\" $2 \"$3\" >&-", options, SMALL))
                .isEqualTo(Outcome.failed("standard output: Bad file descriptor"));
    }

    @Test
    void aClosedStandardErrorDoesNotMatterToASignature() throws Exception {
        assertThat(inShell("\"$1\" $2 \"$3\" 2>&-", "-t --time", SMALL))
                .isEqualTo(printed(SIGNATURE));
        assertThat(inShell("\"$1\" $2 \"$3\" 2>&-", "nobody", SMALL))
                .isEqualTo(new Outcome(1, SIGNATURE + "  " + SMALL + "\n", ""));
    }

    @Test
    void withEverythingClosedNothingIsOverwritten() throws Exception {
        Path copy = folder.resolve("copy");
        Files.copy(Path.of(SMALL), copy);

        assertThat(inShell("\"$1\" $2 \"$3\" <&- >&- 2>&-", "--debug=1", copy.toString()))
                .isEqualTo(new Outcome(1, "", ""));
        assertThat(copy).hasSameBinaryContentAs(Path.of(SMALL));
    }

    /** The second is installed nowhere, as on a machine reached from one with other locales. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "tlh_QO.UTF-8", ""})
    void aNameWithLettersBeyondAsciiIsReadInAnyLocale(String locale) throws Exception {
        Outcome outcome =
                Cli.sh(
                                "name=$(printf 'na\\303\\257ve'); printf a >\"$name\";"
                                        + " \"$1\" \"$name\" -",
                                script.toString())
                        .in(folder)
                        .with("LC_ALL", locale)
                        .run();

        assertThat(outcome)
                .isEqualTo(printed("Final signature: 98  na\u00efve", "Final signature: 0  -"));
    }

    @Test
    void optionsForTheJvmAreSplitAtSpaces() throws Exception {
        Outcome outcome =
                Cli.of(script.toString(), SMALL)
                        .with("HUFFHASH_JAVA_OPTS", " -Dany=*  -showversion ")
                        .run();

        assertThat(outcome.out()).isEqualTo(SIGNATURE + "\n");
        assertThat(outcome.err()).contains(System.getProperty("java.vm.name"));
    }

    /** Of files that are small, large, a folder, and one that is not there. */
    @ParameterizedTest
    @CsvSource({
        "small, true",
        "--version, true",
        "-T2 small small, true",
        "missing, true",
        "large, false",
        "small large, false",
        "-, false",
        "small -, false",
        "small small small small small, false",
        "-s medium, false",
        "--threads medium, false",
        "-sv medium, false",
        "-m medium, true",
        "-e medium, true",
        "-e large, false",
        "compress -f medium, true",
        "compress -fo large small, true",
        "compress -fr folder, false",
        "test large, true",
        "test huge, false",
        "compare small, false",
        "lab latency --rounds=1 --ops=10, false"
    })
    void oneCompilerIsEnoughForLittleInput(String arguments, boolean one) throws Exception {
        Outcome outcome =
                Cli.sh(
                                "mkdir folder; printf a >small; truncate -s 4M medium;"
                                        + " truncate -s 80M large; truncate -s 200M huge; \"$1\" "
                                        + arguments.replace("-fo", "-f -o"),
                                script.toString())
                        .in(folder)
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+PrintCommandLineFlags -Xlog:all=off")
                        .run();

        assertThat(outcome.out()).contains("-XX:+UseSerialGC");
        assertThat(outcome.out().contains("-XX:TieredStopAtLevel=1")).isEqualTo(one);
    }

    /** The first compiler inlines accesses to the heap only while there is one class for it. */
    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t", "-e", "-m"})
    void oneClassOfMemoryIsEnoughForLittleInput(String mode) throws Exception {
        Outcome outcome =
                Cli.sh("printf abc >small; \"$1\" " + mode + " small", script.toString())
                        .in(folder)
                        .with("HUFFHASH_JAVA_OPTS", "-Xlog:class+load")
                        .run();

        assertThat(outcome.out())
                .containsPattern("huffhash\\.heap\\.\\w+Memory ")
                .doesNotContain("SegmentMemory ", "ObjectMemory ");
    }

    @ParameterizedTest
    @CsvSource({"4K, true", "4M, false"})
    void workerProcessesAreToldThatThereIsLittle(String bytes, boolean little) throws Exception {
        Outcome outcome =
                Cli.sh("truncate -s " + bytes + " file; \"$1\" -m -T1 file", script.toString())
                        .in(folder)
                        .with("HUFFHASH_JAVA_OPTS", "-XshowSettings:properties")
                        .run();

        assertThat(outcome.out()).startsWith("Final signature: ");
        assertThat(outcome.err().contains("huffhash.little = true")).isEqualTo(little);
    }

    @ParameterizedTest
    @CsvSource({"-, true", "lab latency --rounds=1 --ops=10, false"})
    void aLaboratoryMeasuresTheJvmAsItIs(String arguments, boolean tuned) throws Exception {
        Outcome outcome =
                Cli.sh("\"$1\" " + arguments, script.toString())
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+PrintCommandLineFlags -Xlog:all=off")
                        .run();

        assertThat(outcome.out()).contains("-XX:+UseSerialGC");
        assertThat(outcome.out().contains("-XX:MaxNewSize=8388608")).isEqualTo(tuned);
        assertThat(outcome.out().contains("-XX:FreqInlineSize=100")).isEqualTo(tuned);
        assertThat(outcome.out().contains("/second-compiler")).isEqualTo(tuned);
    }

    @ParameterizedTest
    @CsvSource({
        "small, huffhash-usual.aot",
        "compress -c small, huffhash-usual.aot",
        "--version, huffhash-usual.aot",
        "--help, huffhash.aot",
        "--json small, huffhash.aot",
        "-t --time small, huffhash.aot",
        "list small, huffhash.aot",
        "compare small, huffhash.aot",
        "-, huffhash.aot"
    })
    void whatIsUsuallyDoneWithLittleInputStartsFromTheSmallerCache(String arguments, String cache)
            throws Exception {
        Path own = Launcher.built(folder.resolve("own"));
        for (String name : List.of("huffhash.aot", "huffhash-usual.aot")) {
            Files.writeString(folder.resolve("own/target").resolve(name), "not of this jar");
        }

        Outcome outcome =
                Cli.sh("printf a >small; \"$1\" " + arguments, own.toString())
                        .in(folder)
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+PrintCommandLineFlags")
                        .run();

        assertThat(outcome.out()).contains("/" + cache + " ");
        assertThat(outcome.err()).doesNotContain("cache");
    }

    @Test
    void aJavaHomeThatIsNoneIsPassedOver() throws Exception {
        Outcome outcome =
                Cli.of(script.toString(), SMALL)
                        .with("JAVA_HOME", folder.toString())
                        .with("PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin")
                        .run();

        assertThat(outcome).isEqualTo(printed(SIGNATURE));
    }

    @ParameterizedTest
    @CsvSource({
        "unset JAVA_HOME; echo $PWD/other >own/target/java-home, true",
        "unset JAVA_HOME; echo $PWD/none >own/target/java-home, false",
        "unset JAVA_HOME; : >own/target/java-home, false",
        "JAVA_HOME=$2; echo $PWD/other >own/target/java-home, false"
    })
    void theJavaThatMadeTheCachesIsUsedUnlessAnotherIsWanted(String before, boolean used)
            throws Exception {
        Path own = Launcher.built(folder.resolve("own"));
        String other = "mkdir -p other/bin; printf '#!/bin/sh\necho other\n' >other/bin/java;";

        Outcome outcome =
                Cli.sh(
                                other
                                        + " chmod +x other/bin/java; printf abc >file; "
                                        + before
                                        + "; PATH=$2/bin:$PATH; \"$1\" file",
                                own.toString(),
                                System.getProperty("java.home"))
                        .in(folder)
                        .run();

        assertThat(outcome.out()).startsWith(used ? "other" : "Final signature: ");
    }

    /** $1 is the script, $2 and $3 are the arguments. */
    private Outcome inShell(String command, String first, String second)
            throws IOException, InterruptedException {
        return Cli.sh(command, script.toString(), first, second).in(folder).run();
    }
}
