package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSizeTest {
    private static final String FILE = TestFiles.path("uniform_1025B.bin");
    private static final String SIGNATURE = "Final signature: 815763391\n";

    /** 1,040 for the block, 32 and 2,064 for the queue, 48 for each of 511 nodes. */
    private static final long ONE_BLOCK = 27664;

    private static final Pattern TAKES = Pattern.compile(" takes ([0-9]+) ");

    @ParameterizedTest
    @CsvSource({"-s,1", "-s,16K", "-t,27663"})
    void aHeapTooSmallForOneBlockSaysHowMuchItTakes(String mode, String size) throws Exception {
        Outcome outcome = run(mode, "--heap-size=" + size);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("huffhash: " + FILE + ": a heap of ")
                .contains(" takes " + ONE_BLOCK + " for one block of 1024 bytes")
                .endsWith("; see --heap-size\n")
                .containsOnlyOnce("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s", "-t"})
    void aHeapOfExactlyThatSizeWillDo(String mode) throws Exception {
        Outcome outcome = run(mode, "--heap-size=" + ONE_BLOCK);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo(SIGNATURE);
    }

    /** 31 is not a multiple of 16: pools are rounded down. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--heap-size=100",
                "--heap-size=819232",
                "--heap-size=100 --batch-size=1 --pool-size=16",
                "--heap-size=1000 --batch-size=3 --pool-size=31",
                "--batch-size=128"
            })
    void aHeapTooSmallForPoolsAndABlockSaysHowMuchExactlyWillDo(String sizes) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(sizes.split(" ", -1)));
        arguments.add("-e");
        Outcome refused = run(arguments.toArray(String[]::new));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).endsWith("; see --heap-size\n").containsOnlyOnce("\n");
        Matcher takes = TAKES.matcher(refused.err());
        assertThat(takes.find()).as(refused.err()).isTrue();

        arguments.add("--heap-size=" + takes.group(1));
        Outcome accepted = run(arguments.toArray(String[]::new));

        assertThat(accepted.out()).as("%s, then %s", refused, accepted).isEqualTo(SIGNATURE);
    }

    @Test
    void whatAModeDoesNotHaveIsRefused() throws Exception {
        assertThat(run("--heap-size=1").err()).contains("--heap-size goes with --single, ");
        assertThat(run("-s", "--pool-size=16G").err())
                .isEqualTo("huffhash: --pool-size goes with --pools only; see huffhash --help\n");
    }

    @Test
    void aHeapThatHoldsOneBlockAtATimeChangesNoFigure() throws Exception {
        String file = TestFiles.path("skewed_100KB.bin");

        assertThat(Cli.huffhash("-t", "--heap-size=" + ONE_BLOCK, file).run())
                .isEqualTo(
                        printed("Final signature: 1221426022").andSaid("Lock acquisitions: 22716"));
        assertThat(Cli.huffhash("-e", "--heap-size=32K", "--batch-size=1", file).run())
                .isEqualTo(
                        printed("Final signature: 1221426022").andSaid("Lock acquisitions: 200"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-T 0 -s | --workers goes with the default mode, --threads, --pools and"
                        + " --processes only",
                "-T 1025 -t | --workers must be from 0 to 1024, not 1025",
                "-T 65 -m | --workers must be from 0 to 64 for processes, not 65",
                "--unbounded -e | --unbounded goes with --threads only",
                "-T -1 | --workers must be from 0 to 1024, not -1",
                "--batch-size=0 -e | --batch-size must be from 1 to 65536, not 0"
            })
    void sizesOutOfBoundsAreAnError(String arguments, String message) throws Exception {
        assertThat(run(arguments.split(" ", -1)))
                .isEqualTo(failed(message + "; see huffhash --help"));
    }

    @ParameterizedTest
    @CsvSource({"-B=,--block-size", "-B=-1,--block-size", "-T=two,--workers"})
    void sizesThatAreNoNumbersAreAnError(String argument, String option) throws Exception {
        Outcome outcome = run(argument);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).matches("huffhash: [^\n]*" + option + "[^\n]*\n");
    }

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(FILE);
        return Cli.huffhash(all.toArray(String[]::new)).run();
    }
}
