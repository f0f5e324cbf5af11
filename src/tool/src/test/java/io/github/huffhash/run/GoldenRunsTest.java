package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.io.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mode gives the signatures and the lock counts of the reference. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class GoldenRunsTest {
    private static final Path TESTDATA = Path.of("testdata");

    /**
     * A line of the table.
     *
     * @param file its name; it may be too large to be kept
     */
    record Row(String file, int bytes, long signature, long poolsLocks, long threadsLocks) {
        static Row parse(String line) {
            List<String> fields = List.of(line.split("\t", -1));
            return new Row(
                    fields.get(0),
                    Integer.parseInt(fields.get(1)),
                    Long.parseLong(fields.get(3)),
                    Long.parseLong(fields.get(4)),
                    Long.parseLong(fields.get(5)));
        }

        long locks(Mode mode) {
            return switch (mode) {
                case THREADS, PROCESSES -> threadsLocks;
                case POOLS -> poolsLocks;
                case SINGLE, FAST -> 0;
            };
        }

        TestRun run(Mode mode) throws IOException {
            Path path = TESTDATA.resolve(file);
            if (!Files.exists(path)) {
                return TestRun.of(mode, generate());
            }
            try (var input = Input.open(path.toString())) {
                return TestRun.of(mode, TestRun.settings(), input, 1024);
            }
        }

        private byte[] generate() {
            if (file.startsWith("uniform_")) {
                return TestBytes.uniform(bytes);
            }
            assertThat(file).startsWith("skewed_");
            return TestBytes.skewed(bytes);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(TESTDATA.resolve("signatures.tsv"));
        assertThat(lines.getFirst())
                .isEqualTo(
                        "file\tbytes\tsha256\tsignature\tpools_lock_acquisitions"
                                + "\tthreads_lock_acquisitions");
        assertThat(lines).hasSizeGreaterThan(16);
        return lines.stream().skip(1).map(Row::parse);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyModeGivesTheReferencesSignatureAndLockCount(Row row) throws IOException {
        for (Mode mode : List.of(Mode.SINGLE, Mode.THREADS, Mode.POOLS, Mode.FAST)) {
            TestRun run = row.run(mode);
            assertThat(run.signature()).as("signature, %s", mode).isEqualTo(row.signature);
            assertThat(run.lockAcquisitions()).as("locks, %s", mode).isEqualTo(row.locks(mode));
            assertThat(run.statistics().bytes()).as("bytes, %s", mode).isEqualTo(row.bytes);
            assertThat(run.statistics().blocks())
                    .as("blocks, %s", mode)
                    .isEqualTo(Math.ceilDiv(row.bytes, 1024));
        }
    }

    @EachMode
    void theBlocksOfSmallFilesHaveTheReferencesHashes(Mode mode) throws IOException {
        assertThat(TestRun.of(mode, TestBytes.uniform(1025)).hashes())
                .containsExactly(815_763_189, 202);
        assertThat(TestRun.of(mode, testdata("alternating_2KB.bin")).hashes())
                .containsExactly(1_003_583, 1_003_583);
        assertThat(TestRun.of(mode, testdata("all_symbols_256B.bin")).hashes())
                .containsExactly(90_270_473);
    }

    @EachMode
    void hashesComeInBlockOrder(Mode mode) throws IOException {
        byte[] input = TestBytes.uniform(1_000_001);
        assertThat(TestRun.of(mode, input).hashes()).isEqualTo(Expected.of(input, 1024).hashes());
    }

    @EachMode
    void anEmptyInputHasNoBlocks(Mode mode) throws IOException {
        TestRun run = TestRun.of(mode, new byte[0]);
        assertThat(run.hashes()).isEmpty();
        assertThat(run.signature()).isZero();
        assertThat(run.lockAcquisitions()).isZero();
        assertThat(run.statistics().bytes()).isZero();
        assertThat(run.statistics().blocks()).isZero();
    }

    @Test
    void poolsTakeTheLockNineTimesInTenLessOftenThanThreads() throws IOException {
        byte[] input = testdata("uniform_100KB.bin");
        assertThat(TestRun.of(Mode.THREADS, input).lockAcquisitions()).isEqualTo(101_004);
        assertThat(TestRun.of(Mode.POOLS, input).lockAcquisitions()).isEqualTo(11_204);
    }

    private static byte[] testdata(String name) throws IOException {
        return Files.readAllBytes(TESTDATA.resolve(name));
    }
}
