package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String[] ODD_NAMES = {"compare", "@x", "-s", "--"};

    /** The signature of a file that consists of one letter a. */
    private static final String SIGNATURE = "Final signature: 98";

    @TempDir private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : ODD_NAMES) {
            Files.writeString(folder.resolve(name), "a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"./compare", "-- compare", "@x", "-- -s", "-- --"})
    void whatIsNoSubcommandAndNoOptionIsAFile(String arguments) throws Exception {
        assertThat(run(arguments)).isEqualTo(printed(SIGNATURE));
    }

    @Test
    void aWordIsASubcommandOnlyAsTheFirstArgument() throws Exception {
        assertThat(run("@x compare -- -s compare"))
                .isEqualTo(
                        printed(
                                SIGNATURE + "  @x",
                                SIGNATURE + "  compare",
                                SIGNATURE + "  -s",
                                SIGNATURE + "  compare"));
    }

    @Test
    void aFileCalledLikeTheHelpOptionDoesNotTurnAnotherFileIntoASubcommand() throws Exception {
        Files.writeString(folder.resolve("-h"), "a");

        assertThat(run("-s compare -- -h"))
                .isEqualTo(printed(SIGNATURE + "  compare", SIGNATURE + "  -h"));
    }

    @Test
    void theFirstArgumentIsTheSubcommandThoughAFileHasItsName() throws Exception {
        Outcome outcome = run("compare --runs=1 --modes=fast compare");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("compare: 1 byte, 1 block of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"comp", "@nobody"})
    void otherWordsAreFiles(String word) throws Exception {
        assertThat(run(word)).isEqualTo(failed(word + ": no such file"));
    }

    @Test
    void optionsMayFollowFiles() throws Exception {
        assertThat(run("@x -t")).isEqualTo(printed(SIGNATURE).andSaid("Lock acquisitions: 8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-B 1K -B 1", "--block-size=1M -B1 --block-size 1"})
    void theLastOfARepeatedOptionCounts(String options) throws Exception {
        Files.writeString(folder.resolve("aaa"), "aaa");

        assertThat(run(options + " aaa")).isEqualTo(printed("Final signature: 294"));
    }

    @Test
    void theLastDebugLevelCounts() throws Exception {
        assertThat(run("--debug=2 --debug=1 @x")).isEqualTo(printed("Block 0 hash: 98", SIGNATURE));
    }

    @Test
    void theValueOfARepeatedOptionIsCheckedEvenIfItDoesNotCount() throws Exception {
        assertThat(run("-B x -B 1 @x").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, unknown option --nope",
        "--block 1K, unknown option --block",
        "---, unknown option ---",
        "-1, unknown option -1",
        "-0.5, unknown option -0.5",
        "-0x1F, unknown option -0x1F",
    })
    void anUnknownOptionIsAnErrorAndNothingIsPrinted(String arguments, String message)
            throws Exception {
        assertThat(run("@x " + arguments)).isEqualTo(failed(message + "; see huffhash --help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-t ", "--json --time "})
    void withoutAFileThereIsOneLineOfUsage(String options) throws Exception {
        assertThat(Cli.sh("printf a | huffhash " + options).run())
                .isEqualTo(
                        failed(
                                "no FILE; usage: huffhash [MODE] [OPTIONS] FILE..., - is standard"
                                        + " input; see huffhash --help"));
    }

    /** The last one counts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "huffhash -z <@x | huffhash -d",
                "huffhash -zc @x | huffhash -cd",
                "huffhash compress -19c @x | huffhash compress -19 -d",
                "huffhash @x -c -d -z | huffhash -z -fd -",
                "huffhash decompress -zc -- @x | huffhash -dT 2"
            })
    void theLettersDAndZMeanDecompressAndCompressWhereverTheyStand(String pipe) throws Exception {
        assertThat(Cli.sh(pipe).in(folder).run()).isEqualTo(new Outcome(0, "a", ""));
    }

    @Test
    void aLevelIsTakenAndSaidToBeTheOnlyOne() throws Exception {
        assertThat(Cli.sh("huffhash compress -v -19 <@x | huffhash -d").in(folder).run().err())
                .startsWith("huffhash: there is one level, which -1 to -19 all mean\n");
        assertThat(Cli.sh("huffhash compress -20 <@x | huffhash -d").in(folder).run())
                .isEqualTo(new Outcome(0, "a", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huffhash compress", "huffhash -z"})
    void tarCreatesAndExtracts(String compressor) throws Exception {
        assertThat(
                        Cli.sh(
                                        "PATH=$PWD:$PATH; { echo '#!/bin/sh'; echo \"$1"
                                            + " \\\"\\$@\\\"\"; } >huffhash; chmod +x huffhash; tar"
                                            + " -I \"$2\" -cf a.tar @x && rm @x && tar -I \"$2\""
                                            + " -xf a.tar && cat @x",
                                        Cli.commandLine(),
                                        compressor)
                                .in(folder)
                                .run())
                .isEqualTo(new Outcome(0, "a", ""));
    }

    @Test
    void tarDoesNotStoreASignature() throws Exception {
        Outcome outcome =
                Cli.sh(
                                "{ echo '#!/bin/sh'; echo \"$1 \\\"\\$@\\\"\"; } >hh; chmod +x hh;"
                                        + " tar -I ./hh -cf a.tar @x",
                                Cli.commandLine())
                        .in(folder)
                        .run();

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).startsWith("huffhash: no FILE; usage: ");
    }

    @ParameterizedTest
    @CsvSource({
        "@x -B, -B/--block-size needs a value: SIZE, huffhash",
        "@x --debug, --debug needs a value: 1|2, huffhash",
        "@x -sT, -T/--workers needs a value: N, huffhash",
        "-T -s @x, -T/--workers needs a value: N, huffhash",
        "compress @x -o, -o needs a value: FILE, huffhash compress",
        "compress @x -fo, -o needs a value: FILE, huffhash compress",
        "compress -o --rm @x, -o needs a value: FILE, huffhash compress",
        "-d -o, -o needs a value: FILE, huffhash decompress",
        "hzstd @x -o, -o needs a value: FILE, hzstd",
        "hzstd -d -M, --memory/-M/--memlimit needs a value: SIZE, hzstd",
        "compare @x --runs, --runs needs a value: N, huffhash compare",
        "explain @x --html, --html needs a value: REPORT, huffhash explain",
        "lab latency --seed, --seed needs a value: N, huffhash lab",
    })
    void anOptionWithoutItsValueSaysThatItNeedsOne(String arguments, String message, String program)
            throws Exception {
        assertThat(run(arguments)).isEqualTo(failed(message + "; see " + program + " --help"));
    }

    @ParameterizedTest
    @CsvSource({
        "compare -o, unknown option -o, compare",
        "explain --nope, unknown option --nope, explain",
        "compress --nope -o, unknown option --nope, compress",
    })
    void anUnknownOptionIsNamedThoughSomethingIsMissingToo(
            String arguments, String message, String command) throws Exception {
        assertThat(run(arguments))
                .isEqualTo(failed(message + "; see huffhash " + command + " --help"));
    }

    @ParameterizedTest
    @CsvSource({
        "-T x @x, '--workers': 'x' is not a whole number, huffhash",
        "-T 1.5 @x, '--workers': '1.5' is not a whole number, huffhash",
        "-T 99999999999 @x, '--workers': '99999999999' is too large, huffhash",
        "-T -99999999999 @x, '--workers': '-99999999999' is too small, huffhash",
        "'compare -T 1,,2 @x', '--workers': '' is not a whole number, huffhash compare",
        "lab latency --seed x, '--seed': 'x' is not a whole number, huffhash lab",
        "lab latency --seed 1e3, '--seed': '1e3' is not a whole number, huffhash lab",
        "lab latency --seed 9223372036854775808, '--seed': '9223372036854775808' is too large,"
                + " huffhash lab",
    })
    void whatIsNoNumberIsRefusedInWordsForPeople(String arguments, String message, String program)
            throws Exception {
        assertThat(run(arguments))
                .isEqualTo(
                        failed(
                                "Invalid value for option %s; see %s --help"
                                        .formatted(message, program)));
    }

    private Outcome run(String arguments) throws IOException, InterruptedException {
        return Cli.huffhash(arguments.split(" ", -1)).in(folder).run();
    }
}
