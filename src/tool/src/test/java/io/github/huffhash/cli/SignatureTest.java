package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import io.github.huffhash.cli.TestFiles.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final String SMALL = TestFiles.path("uniform_1025B.bin");
    private static final String SMALL_LINE = "Final signature: 815763391";

    @TempDir private Path folder;

    @Test
    void oneFileHasNoNameBehindItsSignature() throws Exception {
        assertThat(Cli.huffhash(SMALL).run()).isEqualTo(printed(SMALL_LINE));
    }

    @Test
    void severalFilesHaveTheirNamesBehindTheirSignatures() throws Exception {
        assertThat(allOf("")).isEqualTo(allPrinted());
    }

    @Test
    void singleModeGivesTheSameSignaturesAndTakesNoLock() throws Exception {
        assertThat(allOf("-s")).isEqualTo(allPrinted());
    }

    @Test
    void threadsModeGivesTheSameSignaturesAndTheReferencesLockCounts() throws Exception {
        assertThat(allOf("-t")).isEqualTo(allPrinted().andSaid(locks(Golden::threadsLocks)));
    }

    @Test
    void poolsModeGivesTheSameSignaturesAndTheReferencesLockCounts() throws Exception {
        assertThat(allOf("-e")).isEqualTo(allPrinted().andSaid(locks(Golden::poolsLocks)));
    }

    @ParameterizedTest
    @CsvSource({"--single,", "--threads,1020", "--pools,116", "--optimized,116"})
    void eachModeHasLongNames(String flag, Integer locks) throws Exception {
        Outcome outcome = Cli.huffhash(flag, SMALL).run();

        Outcome expected = printed(SMALL_LINE);
        assertThat(outcome)
                .isEqualTo(
                        locks == null ? expected : expected.andSaid("Lock acquisitions: " + locks));
    }

    @Test
    void theSameModeMayBeGivenTwice() throws Exception {
        assertThat(Cli.huffhash("-e", "--pools", "--optimized", SMALL, "-e").run())
                .isEqualTo(printed(SMALL_LINE).andSaid("Lock acquisitions: 116"));
    }

    @ParameterizedTest
    @CsvSource({"-s -t, --single or --threads", "-te, --threads or --pools"})
    void twoModesAreAnError(String flags, String named) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(flags.split(" ", -1)));
        arguments.add(SMALL);

        assertThat(Cli.huffhash(arguments.toArray(String[]::new)).run())
                .isEqualTo(Outcome.failed("choose one mode: " + named + "; see huffhash --help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-s -", "-- -"})
    void standardInputIsReadFromAPipe(String arguments) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(SMALL));

        assertThat(Cli.huffhash(arguments.split(" ", -1)).withInput(bytes).run())
                .isEqualTo(printed(SMALL_LINE));
    }

    @Test
    void standardInputIsReadFromAPipeThatHasLittleAtATime() throws Exception {
        String script = "{ head -c 1000 \"$1\"; tail -c +1001 \"$1\"; } | huffhash -t -";

        assertThat(Cli.sh(script, SMALL).run())
                .isEqualTo(printed(SMALL_LINE).andSaid("Lock acquisitions: 1020"));
    }

    @Test
    void standardInputIsReadFromARedirectedFile() throws Exception {
        assertThat(Cli.sh("huffhash - <\"$1\"; huffhash - \"$1\" <\"$1\"", SMALL).run())
                .isEqualTo(printed(SMALL_LINE, SMALL_LINE + "  -", SMALL_LINE + "  " + SMALL));
    }

    @Test
    void standardInputNamedTwiceIsAtItsEndTheSecondTime() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(SMALL));

        assertThat(Cli.huffhash("-", "-").withInput(bytes).run())
                .isEqualTo(printed(SMALL_LINE + "  -", "Final signature: 0  -"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-e", "-T2"})
    void anEmptyFileHasSignatureZero(String mode) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        Outcome outcome = Cli.huffhash(mode, empty.toString()).run();

        boolean locks = mode.equals("-e");
        Outcome zero = printed("Final signature: 0");
        assertThat(outcome).isEqualTo(locks ? zero.andSaid("Lock acquisitions: 0") : zero);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-T2"})
    void aFileOfTheKernelWithSizeZeroIsReadToItsEnd(String mode) throws Exception {
        TestFiles.assumeExists("/proc/version");
        Path copy = folder.resolve("version");
        Files.write(copy, Files.readAllBytes(Path.of("/proc/version")));

        Outcome outcome = Cli.huffhash(mode, "/proc/version").run();

        assertThat(outcome).isEqualTo(Cli.huffhash(mode, copy.toString()).run());
        assertThat(outcome.out()).isNotEqualTo("Final signature: 0\n");
    }

    @Test
    void aPipeGivenByNameIsReadToItsEnd() throws Exception {
        String script = "mkfifo pipe && { cat \"$1\" >pipe & huffhash pipe; }";

        assertThat(Cli.sh(script, SMALL).in(folder).run()).isEqualTo(printed(SMALL_LINE));
    }

    @ParameterizedTest
    @CsvSource({"1,133920", "1M,850421562"})
    void theBlockSizeIsPartOfTheSignature(String size, long signature) throws Exception {
        Outcome fast = Cli.huffhash("-B", size, SMALL).run();
        Outcome single = Cli.huffhash("-s", "--block-size=" + size, SMALL).run();

        assertThat(fast).isEqualTo(printed("Final signature: " + signature));
        assertThat(single).isEqualTo(fast);
    }

    private static Outcome allOf(String mode) throws IOException, InterruptedException {
        Stream<String> paths = TestFiles.golden().stream().map(golden -> golden.path().toString());
        Stream<String> flags = mode.isEmpty() ? Stream.empty() : Stream.of(mode);
        return Cli.huffhash(Stream.concat(flags, paths).toArray(String[]::new)).run();
    }

    private static Outcome allPrinted() {
        return printed(
                TestFiles.golden().stream()
                        .map(golden ->
                                "Final signature: " + golden.signature() + "  " + golden.path())
                        .toArray(String[]::new));
    }

    private static String[] locks(ToLongFunction<Golden> count) {
        return TestFiles.golden().stream()
                .map(golden -> "Lock acquisitions: " + count.applyAsLong(golden))
                .toArray(String[]::new);
    }
}
