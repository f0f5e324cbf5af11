package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "nobody -h", "-sh", "-hv"})
    void helpIsTheSameHoweverItIsAskedFor(String arguments) throws Exception {
        Outcome outcome = run(arguments);

        assertIsHelp(outcome);
        assertThat(outcome.out())
                .contains("huffhash compare [OPTIONS] FILE", "Commands:\n  compress  ")
                .contains("-s, --single", "-t, --threads", "-e, --pools, --optimized")
                .contains("-B, --block-size=SIZE", "-T, --workers=N", "--heap-size=SIZE")
                .contains("--debug=1|2", "--time, --timing", "--json", "--[no-]progress")
                .contains("--version", "Exit status", "Examples:\n  huffhash ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare --help", "compare nobody -h"})
    void aSubcommandHasHelpOfItsOwn(String arguments) throws Exception {
        Outcome outcome = run(arguments);

        assertIsHelp(outcome);
        assertThat(outcome.out())
                .contains("Usage: huffhash compare ", "--runs=N", "--modes=MODE", "--json")
                .contains("Exit status", "Examples:\n  huffhash compare ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "decompress", "test", "list"})
    void theCommandsForFilesHaveHelpOfTheirOwn(String command) throws Exception {
        Outcome outcome = run(command + " nobody --help");

        assertIsHelp(outcome);
        assertThat(outcome.out())
                .contains("Usage: huffhash " + command + " [OPTIONS] [FILE...]", "-q, --quiet")
                .contains("Exit status", "Examples:\n  huffhash " + command);
        assertThat(run("--help").out()).contains("\n  " + command + "  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "compress",
                "decompress",
                "test",
                "list",
                "compare",
                "explain",
                "lab",
                "hzstd"
            })
    void noLineOfHelpEndsWithinAName(String command) throws Exception {
        assertThat(run((command + " --help").strip()).out().lines())
                .noneMatch(line -> line.endsWith(" .") || line.endsWith(" F."));
    }

    @Test
    void helpHasACommandToo() throws Exception {
        assertThat(run("help compress")).isEqualTo(run("compress --help"));
        assertThat(run("help")).isEqualTo(run("--help"));
    }

    @ParameterizedTest
    @CsvSource({
        "comprss x, compress",
        "decompresss, decompress",
        "lsit, list",
        "help tets, test",
        "help nobody,"
    })
    void aMistypedCommandIsNamed(String arguments, String meant) throws Exception {
        Outcome outcome = run(arguments);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("huffhash: there is no command or file '")
                .endsWith(
                        meant == null
                                ? "'; see huffhash --help\n"
                                : "'; did you mean huffhash " + meant + "?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version -"})
    void theVersionIsOneLine(String arguments) throws Exception {
        Outcome outcome = run(arguments);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).matches("huffhash [^\n]+\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version -v", "-vV"})
    void theVersionOfEverythingIsTwoLines(String arguments) throws Exception {
        Outcome outcome = run(arguments);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    @Test
    void theVersionCanBeHadOfASubcommandToo() throws Exception {
        assertThat(run("compare --version")).isEqualTo(run("--version"));
    }

    private static void assertIsHelp(Outcome outcome) {
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(outcome.out()).doesNotContain("\u001b");
    }

    private static Outcome run(String arguments) throws IOException, InterruptedException {
        return Cli.huffhash(arguments.split(" ", -1)).run();
    }
}
