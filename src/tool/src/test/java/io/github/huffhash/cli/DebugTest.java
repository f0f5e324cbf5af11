package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebugTest {
    private static final String SMALL = TestFiles.path("uniform_1025B.bin");

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-e", "-T2"})
    void levelOneGivesTheHashOfEachBlockBeforeTheSignature(String mode) throws Exception {
        assertThat(Cli.huffhash(mode, "--debug=1", SMALL).run().out())
                .isEqualTo(
                        Cli.lines(
                                "Block 0 hash: 815763189",
                                "Block 1 hash: 202",
                                "Final signature: 815763391"));
    }

    @ParameterizedTest
    @CsvSource({"-t,1020", "-e,116"})
    void levelTwoGivesProcessZeroInTheModesWithThreads(String mode, int locks) throws Exception {
        assertThat(Cli.huffhash(mode, "--debug", "2", SMALL).run())
                .isEqualTo(
                        printed(
                                        "[PID 0] Block 0 hash: 815763189",
                                        "[PID 0] Block 1 hash: 202",
                                        "Final signature: 815763391")
                                .andSaid("Lock acquisitions: " + locks));
    }

    @Test
    void levelTwoGivesTheProgramsOwnProcessInSingleMode() throws Exception {
        try (Running running = Cli.huffhash("-s", "--debug=2", SMALL).start()) {
            long pid = running.pid();
            running.endInput();

            assertThat(running.await())
                    .isEqualTo(
                            printed(
                                    "[PID " + pid + "] Block 0 hash: 815763189",
                                    "[PID " + pid + "] Block 1 hash: 202",
                                    "Final signature: 815763391"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t", "--workers=4"})
    void theBlocksOfALongFileComeInOrder(String mode) throws Exception {
        String file = TestFiles.path("uniform_1MB.bin");

        List<String> lines = Cli.huffhash(mode, "--debug=1", file).run().out().lines().toList();

        assertThat(lines).hasSize(1025).last().isEqualTo("Final signature: 674073439");
        assertThat(lines.subList(0, 1024).stream().map(line -> line.replaceAll(" hash: .*", "")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1024).mapToObj(i -> "Block " + i).toList());
        long sum =
                lines.stream()
                        .limit(1024)
                        .mapToLong(line -> Long.parseLong(line.replaceAll(".*: ", "")))
                        .sum();
        assertThat(sum % 2147483647).isEqualTo(674073439);
    }

    @Test
    void theBlocksOfEachFileAreCountedFromZero() throws Exception {
        String one = TestFiles.path("one_byte.bin");

        assertThat(Cli.huffhash("--debug=1", one, one).run())
                .isEqualTo(
                        printed(
                                "Block 0 hash: 66",
                                "Final signature: 66  " + one,
                                "Block 0 hash: 66",
                                "Final signature: 66  " + one));
    }

    @Test
    void anEmptyInputHasNoBlocks() throws Exception {
        assertThat(Cli.huffhash("--debug=2", "-").run()).isEqualTo(printed("Final signature: 0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -1})
    void thereIsNoOtherLevel(int level) throws Exception {
        assertThat(Cli.huffhash("--debug=" + level, SMALL).run())
                .isEqualTo(
                        failed("--debug must be 1 or 2, not " + level + "; see huffhash --help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ""})
    void aLevelIsANumber(String level) throws Exception {
        Outcome outcome = Cli.huffhash("--debug=" + level, SMALL).run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]*--debug[^\n]*; see huffhash --help\n");
    }
}
