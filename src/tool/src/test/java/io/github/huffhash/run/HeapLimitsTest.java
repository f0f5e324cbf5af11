package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.huffhash.Seeds;
import io.github.huffhash.memory.HeapTooSmallException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heaps that hold one block and not a byte more, and heaps that do not. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HeapLimitsTest {
    private static final int[] LENGTHS = {1, 15, 16, 17, 128, 255, 256, 257, 1000, 1023, 1024};

    @EachHeapMode
    void aHeapThatHoldsOneBlockIsEnoughForManyOfThem(Mode mode) throws IOException {
        long heapBytes = Expected.smallestHeap(mode, 1024, 16 << 10, 2);
        byte[] input = TestBytes.uniform(20_500);
        TestRun run = TestRun.of(mode, TestRun.settings(heapBytes, 16 << 10, 2), input);
        assertThat(run.hashes()).isEqualTo(Expected.of(input, 1024).hashes());
        assertThat(run.statistics().heapPeakBytes()).isBetween(1L, heapBytes);
    }

    @EachHeapMode
    void anInputShorterThanABlockNeedsAHeapForItsOwnLengthOnly(Mode mode) throws IOException {
        for (int length : LENGTHS) {
            byte[] input = TestBytes.uniform(length);
            long heapBytes = Expected.smallestHeap(mode, length, 256, 3);
            TestRun run = TestRun.of(mode, TestRun.settings(heapBytes, 256, 3), input);
            assertThat(run.hashes())
                    .as("%d bytes", length)
                    .isEqualTo(Expected.of(input, 1024).hashes());
        }
    }

    @EachHeapMode
    void aHeapOfSixteenBytesLessIsTooSmallAndTheFailureSaysWhatItTakes(Mode mode) {
        for (int length : LENGTHS) {
            long smallest = Expected.smallestHeap(mode, length, 256, 3);
            var failure = failure(mode, TestRun.settings(smallest - 16, 256, 3), length);
            assertThat(failure.requiredBytes()).as("%d bytes", length).isEqualTo(smallest);
            assertThat(failure)
                    .hasMessage(
                            "a heap of %d bytes is too small: it takes %d for %sone block of %d"
                                    + " bytes",
                            smallest - 16,
                            smallest,
                            mode == Mode.POOLS ? "the pools and " : "",
                            length);
        }
    }

    @EachHeapMode
    void whatItTakesDoesNotDependOnHowMuchTooSmallTheHeapIs(Mode mode) {
        Random random = Seeds.random();
        long smallest = Expected.smallestHeap(mode, 1024, 256, 3);
        for (int i = 0; i < 40; i++) {
            long heapBytes = random.nextLong(smallest);
            var failure = failure(mode, TestRun.settings(heapBytes, 256, 3), 1024);
            assertThat(failure.requiredBytes())
                    .as("required instead of a heap of %d bytes", heapBytes)
                    .isEqualTo(smallest);
        }
    }

    @EachHeapMode
    void aBlockThatCannotFitIsFoundOutBeforeAnythingIsDelivered(Mode mode) {
        long heapBytes = Expected.smallestHeap(mode, 1024, 256, 3) - 16;
        assertThat(failure(mode, TestRun.settings(heapBytes, 256, 3), 100_000)).isNotNull();
    }

    /** 2064 bytes take the min-heap, 32 each of the up to 511 nodes: 18416 bytes take them all. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0, 50",
        "16, 1",
        "32, 4",
        "48, 2",
        "2032, 3",
        "2048, 2",
        "2064, 1",
        "2064, 5",
        "2080, 2",
        "2096, 2",
        "16384, 1",
        "16384, 7",
        "18400, 3",
        "18416, 1",
        "18416, 3",
        "18432, 2",
        "40000, 2"
    })
    void poolsAroundTheirLimitsLeaveExactlyEnoughOrSixteenBytesTooLittle(
            long poolBytes, int batchSize) throws IOException {
        byte[] input = new byte[10_000];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i; // every block has all symbols, and its tree the most nodes
        }
        var expected = Expected.of(input, 1024);
        long smallest = Expected.smallestHeap(Mode.POOLS, 1024, poolBytes, batchSize);

        var enough = TestRun.settings(smallest, poolBytes, batchSize);
        TestRun run = TestRun.of(Mode.POOLS, enough, input);
        var heap = run.statistics().heap();
        assertThat(run.hashes()).isEqualTo(expected.hashes());
        assertThat(heap.lockAcquisitions())
                .isEqualTo(expected.lockAcquisitions(Mode.POOLS, poolBytes));
        assertThat(heap.cacheMisses()).isEqualTo(expected.poolFallbacks(poolBytes));
        assertThat(heap.cacheHits() + heap.cacheMisses())
                .isEqualTo(expected.requests() - expected.hashes().length);

        var tooLittle = TestRun.settings(smallest - 16, poolBytes, batchSize);
        assertThat(failure(Mode.POOLS, tooLittle, 1024).requiredBytes()).isEqualTo(smallest);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 1024, 50 * (16 << 10)})
    void poolsThatFillTheHeapAloneAreTooLargeAndTheFailureSaysWhatItTakes(long heapBytes) {
        var failure = failure(Mode.POOLS, TestRun.settings(heapBytes, 16 << 10, 50), 1024);
        assertThat(failure.requiredBytes())
                .isEqualTo(Expected.smallestHeap(Mode.POOLS, 1024, 16 << 10, 50));
    }

    @ParameterizedTest
    @CsvSource({"4611686018427387904, 4", "4611686018427387904, 2", "9223372036854775792, 3"})
    void poolsThatTogetherExceedAllNumbersAreTooLarge(long poolBytes, int batchSize) {
        var settings = TestRun.settings(2 << 20, poolBytes, batchSize);
        assertThat(failure(Mode.POOLS, settings, 1024).requiredBytes()).isGreaterThan(2 << 20);
    }

    @EachHeapMode
    void theLargestBlocksFitAHeapThatIsLargeEnough(Mode mode) throws IOException {
        int blockBytes = 1 << 20;
        byte[] input = new byte[2 * blockBytes + 1];
        Arrays.fill(input, 0, blockBytes, (byte) 'x');
        System.arraycopy(TestBytes.uniform(blockBytes), 0, input, blockBytes, blockBytes);
        long heapBytes = Expected.smallestHeap(mode, blockBytes, 16 << 10, 2);
        var settings = TestRun.settings(heapBytes, 16 << 10, 2);
        TestRun run = TestRun.of(mode, settings, new MemorySource(input), blockBytes);
        assertThat(run.hashes()).isEqualTo(Expected.of(input, blockBytes).hashes());
    }

    /** The failure of a run over {@code length} bytes, which delivers nothing. */
    private static HeapTooSmallException failure(Mode mode, RunSettings settings, int length) {
        var sink = new TestRun.HashSink();
        var source = new MemorySource(TestBytes.uniform(length));
        var failure =
                catchThrowableOfType(
                        HeapTooSmallException.class,
                        () ->
                                TestRun.in(mode, settings)
                                        .run(source, new SignatureWork(1024, 0), sink));
        assertThat(failure).as("failure of %s with %s", mode, settings).isNotNull();
        assertThat(sink.hashes()).isEmpty();
        TestRun.assertNoThreadIsLeft();
        return failure;
    }
}
