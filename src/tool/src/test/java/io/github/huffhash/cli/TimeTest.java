package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {
    private static final String FILE = TestFiles.path("uniform_100KB.bin");

    @Test
    void fastModeHasTimesAndNeitherHeapNorLock() throws Exception {
        assertThat(figures("--time", FILE))
                .containsEntry("mode", "fast")
                .containsEntry("bytes", "102,400")
                .containsEntry("blocks", "100")
                .containsKeys("wall time", "CPU time", "read", "count", "tree and hash")
                .doesNotContainKeys("heap peak", "lock acquisitions", "pool hits");
    }

    @Test
    void singleModeHasTheTimeOfEachPhaseAndTheHeapsPeak() throws Exception {
        assertThat(figures("--time", "-s", TestFiles.path("uniform_1KB.bin")))
                .containsEntry("mode", "single")
                .containsEntry("bytes", "1,024")
                .containsEntry("blocks", "1")
                .containsEntry("heap peak", "27,184")
                .containsKeys("wall time", "CPU time", "read", "count", "tree", "hash")
                .doesNotContainKeys("lock acquisitions", "had to wait", "pool hits");
    }

    @Test
    void threadsModeHasTheLockAndItsWaitsToo() throws Exception {
        assertThat(figures("--time", "-t", FILE))
                .containsEntry("mode", "threads")
                .containsEntry("lock acquisitions", "101,004")
                .containsKeys("wall time", "CPU time", "read", "count", "tree", "hash")
                .containsKeys("had to wait", "total wait", "heap peak")
                .doesNotContainKeys("pool hits", "pool fallbacks");
    }

    @Test
    void poolsModeHasEverything() throws Exception {
        // 11,204 = 2 for each of 100 blocks and 2 for each request that did not fit a pool
        assertThat(figures("--timing", "-e", FILE))
                .containsEntry("mode", "pools")
                .containsEntry("lock acquisitions", "11,204")
                .containsEntry("pool fallbacks", "5,502")
                .containsEntry("pool hits", "44,900")
                .containsKeys("wall time", "CPU time", "read", "count", "tree", "hash")
                .containsKeys("had to wait", "total wait", "heap peak");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-e", "-T2"})
    void anEmptyInputHasFiguresToo(String mode) throws Exception {
        Outcome outcome = Cli.huffhash("--time", mode, "-").run();

        assertThat(outcome.out()).isEqualTo("Final signature: 0\n");
        assertThat(figuresOf(outcome)).containsEntry("bytes", "0").containsEntry("blocks", "0");
        assertThat(outcome.err()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void theTableFollowsTheSignatureAndTheLockAcquisitions() throws Exception {
        Outcome outcome = Cli.huffhash("--time", "-t", FILE).run();

        assertThat(outcome.out()).isEqualTo("Final signature: 885197386\n");
        assertThat(outcome.err()).startsWith("Lock acquisitions: 101004\n");
    }

    @ParameterizedTest
    @CsvSource({"'',", "-t,Lock acquisitions: 101004"})
    void withoutTheOptionThereIsNoTable(String mode, String err) throws Exception {
        String[] arguments = mode.isEmpty() ? new String[] {FILE} : new String[] {mode, FILE};

        assertThat(Cli.huffhash(arguments).run().err())
                .isEqualTo(err == null ? "" : Cli.lines(err));
    }

    @Test
    void theTablesOfSeveralFilesSayWhichFileTheyAreOf() throws Exception {
        String other = TestFiles.path("one_byte.bin");

        Outcome outcome = Cli.huffhash("--time", FILE, other).run();

        assertThat(outcome.err()).containsSubsequence(FILE, "102,400", other, "bytes");
    }

    private static Map<String, String> figures(String... arguments) throws Exception {
        return figuresOf(Cli.huffhash(arguments).run());
    }

    /** The first figure of each line of the table, by the line's name. */
    private static Map<String, String> figuresOf(Outcome outcome) {
        assertThat(outcome.exitCode()).isZero();
        Map<String, String> figures = new TreeMap<>();
        for (String line : outcome.err().lines().toList()) {
            if (!line.startsWith("Lock acquisitions: ")) {
                List<String> cells = List.of(line.strip().split(" {2,}", -1));
                assertThat(line).hasSizeLessThanOrEqualTo(80);
                assertThat(cells).hasSizeBetween(2, 3);
                figures.put(cells.get(0), cells.get(1));
            }
        }
        return figures;
    }
}
