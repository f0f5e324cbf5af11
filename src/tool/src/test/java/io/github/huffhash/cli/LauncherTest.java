package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts a JVM only for what one decides; else a Java that prints its arguments. */
class LauncherTest {
    private static final String SMALL =
            Path.of(TestFiles.path("uniform_1025B.bin")).toAbsolutePath().toString();
    private static final String SIGNATURE = "Final signature: 815763391";
    private static final String C1_ALONE = "-XX:TieredStopAtLevel=1";
    private static final List<String> FOR_MUCH =
            List.of(
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:FreqInlineSize=100",
                    "-Xmn8m",
                    "-XX:Tier0ProfilingStartPercentage=0");

    @TempDir private static Path shared;

    private static Path jar = Path.of("");
    private static Path script = Path.of("");
    private static Path printingJava = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void build() throws IOException {
        jar = Launcher.writeJar(shared.resolve("program.jar"));
        script = Launcher.built(jar, shared.resolve("it's a folder"));
        printingJava = Launcher.printingJava(shared.resolve("a printing java"));
    }

    @Test
    void theProgramStartsFromAFolderWithSpacesInItsName() throws Exception {
        assertThat(Cli.of(script.toString(), SMALL).run()).isEqualTo(printed(SIGNATURE));
    }

    @Test
    void theLauncherForWindowsHasTheSameOptionsAndLineEndsOfWindows() throws IOException {
        String windows = Files.readString(Path.of("scripts", "huffhash.cmd"));
        String unix = Files.readString(Path.of("scripts", "launcher"));

        assertThat(windows.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(options(windows)).hasSizeGreaterThan(5).isSubsetOf(options(unix));
    }

    private static List<String> options(String script) {
        return Pattern.compile("-X\\S+").matcher(script).results().map(MatchResult::group).toList();
    }

    @Test
    void aFolderWithAColonInItsNameIsOneLineUnlessTheProgramStartsFromWithin() throws Exception {
        Path home = folder.resolve("it's 12:30");
        Path own = Launcher.built(jar, home);

        Outcome outcome = Cli.of(own.toString(), SMALL).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]+ colon [^\n]+it's 12:30[^\n]+\n");
        assertThat(Cli.of("./huffhash", "-m", "-T1", SMALL).in(home).run())
                .isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void theJarsVersionIsTheProgramsVersion() throws Exception {
        assertThat(Cli.of(script.toString(), "--version").run())
                .isEqualTo(printed("huffhash " + Launcher.VERSION));
    }

    @Test
    void theProgramStartsFromWhereItIsInstalled() throws Exception {
        Path installed = Launcher.installed(jar, folder);

        assertThat(Cli.of(installed.toString(), "-t", SMALL).run())
                .isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void theProgramStartsThroughChainsOfLinks() throws Exception {
        Files.createDirectories(folder.resolve("one/two"));
        Path own = Launcher.built(jar, folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("absolute"), own);
        Files.createSymbolicLink(folder.resolve("one/relative"), Path.of("../absolute"));
        Path last = folder.resolve("one/two/a name");
        Files.createSymbolicLink(last, Path.of("../relative"));

        assertThat(Cli.of(last.toString(), SMALL).run()).isEqualTo(printed(SIGNATURE));
        for (String command :
                List.of(
                        "\"$1\" \"$2\"",
                        "cd one && ./relative \"$2\"",
                        "PATH=one:$PATH; relative \"$2\"",
                        "sh one/relative \"$2\"")) {
            List<String> started = started(Cli.sh(command, last.toString(), SMALL).in(folder));
            assertThat(started).as(command).endsWith("-jar", jarOf(own), SMALL);
        }
    }

    @Test
    void aFlightRecordingSaysNothingOnStandardOutput() throws Exception {
        String recording = "-XX:StartFlightRecording=filename=" + folder.resolve("run.jfr");

        Outcome outcome =
                Cli.of(script.toString(), SMALL).with("HUFFHASH_JAVA_OPTS", recording).run();

        assertThat(outcome.out()).isEqualTo(SIGNATURE + "\n");
        assertThat(folder.resolve("run.jfr")).isNotEmptyFile();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String name = " two  spaces * $HOME `id` \"quotes\" 'too' \\ ";
        Files.writeString(folder.resolve(name), "a");

        assertThat(started(Cli.of(script.toString(), name, "", "*", "-n").in(folder)))
                .endsWith("-jar", jarOf(script), name, "", "*", "-n");
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
    @CsvSource({"-t,-", "compress,-"})
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

    /** Some are installed nowhere, as on a machine reached from one with other locales. */
    @ParameterizedTest
    @CsvSource({
        "LC_ALL, C",
        "LC_ALL, tlh_QO.UTF-8",
        "LC_ALL, ''",
        "LC_ALL, de_DE",
        "LC_ALL, de_DE.ISO-8859-1"
    })
    void aNameWithLettersBeyondAsciiIsReadInAnyLocale(String variable, String locale)
            throws Exception {
        Outcome outcome =
                Cli.sh(
                                "name=$(printf 'na\\303\\257ve'); printf a >\"$name\";"
                                        + " \"$1\" \"$name\" -",
                                script.toString())
                        .in(folder)
                        .with(variable, locale)
                        .run();

        assertThat(outcome)
                .isEqualTo(printed("Final signature: 98  na\u00efve", "Final signature: 0  -"));
    }

    /** A thread dump, and a warning that there are no large pages. */
    @ParameterizedTest
    @ValueSource(strings = {"-s -", "-m -T1 -", "compress"})
    void whatTheJvmSaysGoesToStandardError(String arguments) throws Exception {
        Outcome calm =
                Cli.sh("head -c 2000000 /dev/zero | \"$1\" " + arguments, script.toString()).run();
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        try (Running running =
                Cli.of(command.toArray(String[]::new))
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+UseLargePages")
                        .start()) {
            running.feed(new byte[1_000_000]);
            running.signal("QUIT");
            running.awaitErr(err -> err.contains("Full thread dump"));
            running.feed(new byte[1_000_000]);
            running.endInput();

            assertThat(running.await().out()).isEqualTo(calm.out());
        }
    }

    @Test
    void tooFewAddressesForAJvmAreOneLine() throws Exception {
        assertThat(limited("-v 500000", "-t"))
                .isEqualTo(Outcome.failed("ulimit -v is 500000; Java needs 600000 or more"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 11})
    void tooFewProcessesForAJvmAreOneLine(int processes) throws Exception {
        assertThat(limited("-u " + processes, "-t"))
                .isEqualTo(
                        Outcome.failed(
                                "the limit of processes is "
                                        + processes
                                        + "; Java needs 12 or more"));
    }

    /** Whether it works or not: one line, of its own. */
    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14})
    void whereThreadsCannotBeStartedTheJvmSaysNothing(int processes) throws Exception {
        Outcome outcome = limited("-u " + processes, "-t");

        assertThat(outcome.out()).isEqualTo(outcome.exitCode() == 0 ? SIGNATURE + "\n" : "");
        assertThat(outcome.err()).matches("(huffhash: [^\n]+\n)?(Lock acquisitions: 1020\n)?");
    }

    /** Those that it has started end, though they wait for the others to begin. */
    @ParameterizedTest
    @ValueSource(strings = {"contention", "larson", "channels"})
    void whereTheLaboratoryCannotStartAllItsThreadsItSaysHowMany(String workload) throws Exception {
        String arguments = "lab %s --workers=64 --rounds=1".formatted(workload);

        Outcome outcome = limitedWithoutFile("-u 30", arguments);

        assertThat(outcome.err()).matches("huffhash: cannot start more than [0-9]+ threads\n");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t", "-e", "-m", "", "compress -fo /dev/null"})
    void aMillionKilobytesOfAddressesAreEnough(String mode) throws Exception {
        Outcome outcome = limited("-v 1000000", mode);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("huffhash");
    }

    private static Outcome limited(String limit, String mode) throws Exception {
        return limitedWithoutFile(limit, mode + " \"$2\"");
    }

    private static Outcome limitedWithoutFile(String limit, String arguments) throws Exception {
        return Cli.sh(
                        "user=; [ \"$(id -u)\" != 0 ] || user='setpriv --reuid=65534"
                                + " --inh-caps=+dac_read_search --ambient-caps=+dac_read_search';"
                                + " $user bash -c 'ulimit "
                                + limit
                                + "; exec \"$@\"' bash \"$1\" "
                                + arguments,
                        script.toString(),
                        SMALL)
                .run();
    }

    @Test
    void optionsForOtherJvmsAreNotForThisOne() throws Exception {
        Cli program = Cli.of(script.toString(), "-m", "-T1", SMALL);
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            program = program.with(variable, "-XX:+NoSuchOption");
        }

        assertThat(program.run()).isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void itStartsThroughALinkWithoutAPath() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), script);

        assertThat(Cli.of(link.toString(), SMALL).with("PATH", "").run())
                .isEqualTo(printed(SIGNATURE));
    }

    @Test
    void aWorkingDirectoryThatWasDeletedIsOneLine() throws Exception {
        Outcome outcome =
                Cli.sh("mkdir x && cd x && rmdir ../x && \"$1\" \"$2\"", script.toString(), SMALL)
                        .in(folder)
                        .run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines().filter(line -> !line.contains("getcwd")))
                .containsExactly(
                        "huffhash: the working directory does not exist any more; change to"
                                + " another");
    }

    /** It has a path, but not all of that is for this user. */
    @Test
    void aWorkingDirectoryNeedNotBeReachable() throws Exception {
        Path secret = folder.resolve("secret");
        Files.createDirectories(secret.resolve("open"));
        Files.copy(Path.of(SMALL), secret.resolve("open/f"));
        Outcome outcome =
                Cli.sh(
                                "cd secret/open && chmod 0 \"$2\" && \"$1\" f; status=$?;"
                                        + " chmod 700 \"$2\"; exit $status",
                                script.toString(),
                                secret.toString())
                        .in(folder)
                        .unprivileged()
                        .run();

        assertThat(outcome).isEqualTo(printed(SIGNATURE));
    }

    @ParameterizedTest
    @CsvSource({"BLOCK_SIZE, human-readable", "BLOCK_SIZE, 1M", "LS_BLOCK_SIZE, si"})
    void unitsOfListingsDoNotMatter(String variable, String unit) throws Exception {
        assertThat(Cli.of(script.toString(), SMALL).with(variable, unit).run())
                .isEqualTo(printed(SIGNATURE));
    }

    /** The shell has found it on the PATH. */
    @Test
    void aJarOfTheWorkingDirectoryIsNotRun() throws Exception {
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/huffhash.jar"), "of somebody else");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs a shell that looks at PATH");

        assertThat(
                        started(
                                Cli.sh(
                                                "PATH=$1:$PATH; bash huffhash \"$2\"",
                                                script.resolveSibling("").toString(),
                                                SMALL)
                                        .in(folder)))
                .endsWith("-jar", jarOf(script), SMALL);
    }

    @Test
    void optionsForTheJvmAreSplitAtSpacesAndComeLast() throws Exception {
        List<String> started =
                started(
                        Cli.of(script.toString(), SMALL)
                                .with("HUFFHASH_JAVA_OPTS", " -Dany=*  -Xint "));

        assertThat(started)
                .containsExactly(
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:+DisplayVMOutputToStderr",
                        "-Xlog:disable",
                        "-Xlog:all=warning,cds*=off,aot*=off,os+thread=off,jfr+startup=off:stderr",
                        "-XX:+SuppressFatalErrorMessage",
                        "-XX:-CreateCoredumpOnCrash",
                        C1_ALONE,
                        "-XX:Tier3BackEdgeThreshold=3000",
                        "-Dany=*",
                        "-Xint",
                        "-jar",
                        jarOf(script),
                        SMALL);
    }

    /** Of files that are small, large, a folder, and one that is not there. */
    @ParameterizedTest
    @CsvSource({
        "small, true",
        "empty, true",
        "-T2 small small, true",
        "small small small small small missing, true",
        "large, true",
        "-s large, true",
        "compress -fq small large, true",
        "link, false",
        "huge, false",
        "decompress large, true",
        "decompress huge, false",
        "large small large, false",
        "compress -fr folder, true",
        "small folder, true",
        "compress -fr small full, false",
        "small pipe, false",
        "<&2 --version, true",
        "</dev/null missing, true",
        "--version, false",
        "compress <large, false",
        "-, false"
    })
    void oneCompilerIsEnoughForLittleInput(String arguments, boolean one) throws Exception {
        List<String> started =
                started(
                        Cli.sh(
                                        "mkdir folder full; mkfifo pipe; printf a >small; : >empty;"
                                                + " fallocate -l 96M full/huge;"
                                                + " truncate -s 50M large; truncate -s 96M huge;"
                                                + " ln -s huge link; exec 2</dev/null; \"$1\" "
                                                + arguments,
                                        script.toString())
                                .in(folder));

        if (one) {
            assertThat(started).contains(C1_ALONE).doesNotContainAnyElementsOf(FOR_MUCH);
        } else {
            assertThat(started).containsSubsequence(FOR_MUCH).doesNotContain(C1_ALONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab latency", "lab huffman small", "compare small", "compare huge"})
    void theLaboratoryMeasuresTheJvmAsItIs(String arguments) throws Exception {
        List<String> started =
                started(
                        Cli.sh(
                                        "printf a >small; truncate -s 96M huge; \"$1\" "
                                                + arguments,
                                        script.toString())
                                .in(folder));

        assertThat(started)
                .startsWith("-XX:+UseSerialGC", "-XX:-UsePerfData")
                .doesNotContain(C1_ALONE)
                .doesNotContainAnyElementsOf(FOR_MUCH);
    }

    /** An option that the JVM does not know would be ignored without a word. */
    @Test
    void theJvmKnowsTheOptionsForMuchInput() throws Exception {
        Outcome outcome =
                Cli.of(script.toString(), "-")
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+PrintCommandLineFlags")
                        .run();

        assertThat(outcome.out()).isEqualTo("Final signature: 0\n");
        assertThat(outcome.err())
                .contains("-XX:FreqInlineSize=100 ")
                .contains("-XX:Tier0ProfilingStartPercentage=0 ")
                .contains("-XX:Tier3BackEdgeThreshold=1000000 ")
                .contains("-XX:Tier4BackEdgeThreshold=1000000 ")
                .contains("-XX:Tier4CompileThreshold=1000 ")
                .contains("-XX:Tier4InvocationThreshold=100 ")
                .contains("-XX:Tier4MinInvocationThreshold=2 ")
                .contains("-XX:MaxNewSize=8388608 ")
                .contains("-XX:+UseSerialGC");
    }

    /** As the JVM matches names: a star is anything, at the end of a package also classes below. */
    @Test
    void theMethodsForC2AreThere() throws Exception {
        Pattern method = Pattern.compile("-XX:CompileCommand=MaxNodeLimit,(\\S+)\\.(\\S+),80000");
        String options = String.join(" ", started(Cli.of(script.toString(), "-")));
        List<MatchResult> patterns = method.matcher(options).results().toList();
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("io.github.huffhash");

        assertThat(patterns).hasSizeGreaterThan(9);
        for (MatchResult pattern : patterns) {
            assertThat(
                            classes.stream()
                                    .filter(type ->
                                            matches(
                                                    pattern.group(1),
                                                    type.getName().replace('.', '/')))
                                    .flatMap(type -> type.getMethods().stream()))
                    .as(pattern.group())
                    .anyMatch(own -> matches(pattern.group(2), own.getName()));
        }
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(pattern.replace("*", ".*"));
    }

    /** C1's code that counts for C2 is slow, and code of a loop that runs takes longest to make. */
    @Test
    void withMuchInputC2TakesTheLoopsFromTheInterpreter() throws Exception {
        Outcome outcome =
                Cli.sh(
                                "i=0; while [ $i -lt 100 ]; do cat \"$2\"; i=$((i + 1)); done |"
                                        + " \"$1\" compress >all.zst && \"$1\" test -q - <all.zst",
                                script.toString(),
                                Path.of(TestFiles.path("skewed_100KB.bin"))
                                        .toAbsolutePath()
                                        .toString())
                        .with("HUFFHASH_JAVA_OPTS", "-XX:+PrintCompilation")
                        .in(folder)
                        .run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(compilations(outcome.err(), "StreamEncoder::fours")).containsExactly("4");
        assertThat(compilations(outcome.err(), "MultiSymbolLoop::decode")).containsExactly("4");
    }

    /** The levels at which the method was compiled; with a % where it was a loop that ran. */
    private static Set<String> compilations(String log, String method) {
        Pattern line =
                Pattern.compile(" *\\d+ +\\d+ ([ %sb!n]*\\d) +\\S*" + method + " .*bytes\\)");
        return line.matcher(log)
                .results()
                .map(match -> match.group(1).strip())
                .collect(Collectors.toSet());
    }

    @Test
    void theArchiveIsUsedWhereThereIsOne() throws Exception {
        Path home = folder.resolve("own");
        Path own = Launcher.built(jar, home);
        Path archive = Files.writeString(home.resolve("target/huffhash.jsa"), "of another JVM");

        assertThat(started(Cli.of(own.toString(), SMALL)))
                .contains("-XX:SharedArchiveFile=" + archive)
                .endsWith("-jar", jarOf(own), SMALL);
        assertThat(Cli.of(own.toString(), SMALL).run()).isEqualTo(printed(SIGNATURE));
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
    void theJavaThatMadeTheArchiveIsUsedUnlessAnotherIsWanted(String before, boolean used)
            throws Exception {
        Path own = Launcher.built(jar, folder.resolve("own"));
        String other = "mkdir -p other/bin; printf '#!/bin/sh\necho other\n' >other/bin/java;";

        Outcome outcome =
                Cli.sh(
                                other
                                        + " chmod +x other/bin/java; "
                                        + before
                                        + "; PATH=$2/bin:$PATH; \"$1\" file",
                                own.toString(),
                                printingJava.toString())
                        .in(folder)
                        .run();

        assertThat(outcome.out()).startsWith(used ? "other" : "-XX:+UseSerialGC");
    }

    /** What the script starts: the arguments of the JVM. */
    private List<String> started(Cli command) throws IOException, InterruptedException {
        Outcome outcome = command.with("JAVA_HOME", printingJava.toString()).run();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out().lines().toList();
    }

    /** The jar beside a script, where it is looked for from the folder of the test. */
    private static String jarOf(Path script) {
        return script.resolveSibling("target/huffhash.jar").toString();
    }

    /** $1 is the script, $2 and $3 are the arguments. */
    private Outcome inShell(String command, String first, String second)
            throws IOException, InterruptedException {
        return Cli.sh(command, script.toString(), first, second).in(folder).run();
    }
}
