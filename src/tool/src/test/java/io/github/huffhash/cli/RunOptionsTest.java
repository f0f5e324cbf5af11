package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.ThreadRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

class RunOptionsTest {
    @Test
    void theDefaultsAreTheReferences() {
        RunSettings settings = settings(Mode.POOLS);

        assertThat(blockBytes()).isEqualTo(1024);
        assertThat(settings.heapBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(settings.poolBytes()).isEqualTo(16 * 1024);
        assertThat(settings.batchSize()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1K,1024", "1M,1048576", "1048576,1048576", "1023,1023"})
    void aBlockHasFromOneByteToOneMebibyte(String size, int bytes) {
        assertThat(blockBytes("-B", size)).isEqualTo(bytes);
        assertThat(blockBytes("--block-size=" + size)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1048577", "2M", "1G", "8589934591G"})
    void noOtherBlockSizeWillDo(String size) {
        assertThatThrownBy(() -> blockBytes("-B", size))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--block-size must be from 1 to 1048576, not ");
    }

    @Test
    void noWorkersAndZeroWorkersAreAllCores() {
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(settings(Mode.FAST).workers()).isEqualTo(cores);
        assertThat(settings(Mode.FAST, "-T", "0").workers()).isEqualTo(cores);
        assertThat(settings(Mode.FAST, "-T", "3").workers()).isEqualTo(3);
    }

    @Test
    void ofWorkersNobodyAskedForNoneIsWithoutABlock() {
        int cores = Runtime.getRuntime().availableProcessors();

        for (RunSettings byDefault :
                List.of(settings(Mode.PROCESSES), settings(Mode.PROCESSES, "-T", "0"))) {
            assertThat(byDefault.workersFor(1)).isEqualTo(1);
            assertThat(byDefault.workersFor(1L << 40)).isEqualTo(cores);
            assertThat(byDefault.workersFor(0)).as("an unknown number").isEqualTo(cores);
        }
        assertThat(settings(Mode.PROCESSES, "-T", "3").workersFor(1)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, Integer.MIN_VALUE, 1025, Integer.MAX_VALUE})
    void aNumberOfWorkersIsNotNegativeAndNotThousands(int workers) {
        assertThatThrownBy(() -> settings(Mode.FAST, "--workers=" + workers))
                .isInstanceOf(UsageException.class)
                .hasMessage("--workers must be from 0 to 1024, not " + workers);
    }

    @Test
    void aSingleThreadIsNotAskedForByNumber() {
        for (String workers : new String[] {"0", "1", "2", "-1"}) {
            assertThatThrownBy(() -> settings(Mode.SINGLE, "-T", workers))
                    .as("-T %s", workers)
                    .isInstanceOf(UsageException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THREADS", "POOLS"})
    void threadsInAHeapAreAsManyAsAskedForElseTwoAtLeast(Mode mode) {
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(ThreadRun.of(mode, settings(mode)).threads()).isEqualTo(Math.max(2, cores));
        for (int threads : new int[] {1, 3, 1024}) {
            assertThat(ThreadRun.of(mode, settings(mode, "-T" + threads)).threads())
                    .isEqualTo(threads);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--unbounded -T4, '--unbounded has a thread for each block, not --workers'",
        "--unbounded --allocator=slab, --unbounded goes with first-fit and first-fit-walk only",
    })
    void withoutBoundsThereIsTheReferencesHeapAndAThreadForEachBlock(
            String options, String message) {
        assertThat(settings(Mode.THREADS, "--unbounded").unbounded()).isTrue();
        assertThatThrownBy(() -> settings(Mode.THREADS, options.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--workers=2, SINGLE, 'the default mode, --threads, --pools and --processes'",
        "--unbounded=true, POOLS, --threads",
        "--heap-size=1M, FAST, '--single, --threads, --pools and --processes'",
        "--pool-size=1K, SINGLE, --pools",
        "--batch-size=2, PROCESSES, --pools",
        "--allocator=slab, POOLS, --single and --threads",
    })
    void whatMeansNothingInAModeIsRefused(String option, Mode mode, String modes) {
        String name = option.substring(0, option.indexOf('='));

        assertThatThrownBy(() -> settings(mode, option))
                .isInstanceOf(UsageException.class)
                .hasMessage(name + " goes with " + modes + " only");
    }

    @ParameterizedTest
    @CsvSource({
        "--heap-size=0, --heap-size must be from 1 to 2147483648, not 0",
        "--heap-size=2097153K, --heap-size must be from 1 to 2147483648",
        "--pool-size=0, --pool-size must be from 16 to 17179869184",
        "--pool-size=15, --pool-size must be from 16 to 17179869184",
        "--pool-size=17G, --pool-size must be from 16 to 17179869184",
        "--batch-size=0, --batch-size must be from 1 to 65536",
        "--batch-size=-1, --batch-size must be from 1 to 65536",
        "--batch-size=65537, --batch-size must be from 1 to 65536"
    })
    void sizesHaveTheirBounds(String option, String message) {
        assertThatThrownBy(() -> settings(Mode.POOLS, option))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--heap-size=2G, 2147483648, 16384, 50",
        "--heap-size=1, 1, 16384, 50",
        "--pool-size=16, 2097152, 16, 50",
        "--pool-size=31, 2097152, 16, 50",
        "--batch-size=65536, 2097152, 16384, 65536",
        "--batch-size=1, 2097152, 16384, 1"
    })
    void sizesWithinTheirBoundsAreTaken(String option, long heap, long pool, int batch) {
        RunSettings settings = settings(Mode.POOLS, option);

        assertThat(settings.heapBytes()).isEqualTo(heap);
        assertThat(settings.poolBytes()).isEqualTo(pool);
        assertThat(settings.batchSize()).isEqualTo(batch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--heap-size=-1",
                "--heap-size=",
                "--heap-size=lots",
                "--heap-size=99999999999999999999",
                "--pool-size=-16",
                "--pool-size=1.5K",
                "--block-size=-1",
                "--block-size=",
                "--block-size=x",
                "--batch-size=1K",
                "--batch-size=",
                "--batch-size=99999999999",
                "-T=x",
                "-T=1.5"
            })
    void whatIsNoNumberIsRefusedAtOnce(String option) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("Invalid value for option");
    }

    private static RunSettings settings(Mode mode, String... arguments) {
        return RunOptions.settings(parse(arguments), mode, false);
    }

    private static int blockBytes(String... arguments) {
        return RunOptions.blockBytes(parse(arguments));
    }

    private static ParseResult parse(String... arguments) {
        CommandSpec spec = CommandSpec.create();
        RunOptions.addTo(spec);
        return new CommandLine(spec).parseArgs(arguments);
    }
}
