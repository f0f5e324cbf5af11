package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.EnumSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy refuses: sizes that are none, and frees of what is not live. */
@Timeout(60)
class StrategyRefusalTest {
    private static final long HEAP_BYTES = StrategyContractTest.HEAP_BYTES;

    @ParameterizedTest
    @EnumSource
    void aSizeThatIsNoSizeThrows(Strategy strategy) {
        try (var space = strategy.open(HEAP_BYTES)) {
            var worker = space.attach();
            LongStream.of(0, -1, -16, Long.MIN_VALUE, Long.MAX_VALUE)
                    .forEach(bytes ->
                            assertThatExceptionOfType(IllegalArgumentException.class)
                                    .isThrownBy(() -> worker.allocate(bytes)));
            StrategyContractTest.assertEverythingIsFree(space);
        }
    }

    @ParameterizedTest
    @MethodSource("strategiesThatCheckFrees")
    void aDoubleFreeThrowsWhereThatIsPromised(HeapKind strategy) {
        for (long bytes : StrategyContractTest.SIZES) {
            try (var space = strategy.open(HEAP_BYTES)) {
                var worker = space.attach();
                var other = space.attach();
                long guard = worker.allocate(bytes);
                long piece = worker.allocate(bytes);
                worker.free(piece);
                assertFreeFails(worker, piece);
                assertFreeFails(other, piece);
                other.free(guard);
                assertFreeFails(other, guard);
                assertFreeFails(worker, guard);
                StrategyContractTest.assertEverythingIsFree(space);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategiesThatCheckFrees")
    void aForeignPointerThrowsWhereThatIsPromised(HeapKind strategy) {
        try (var space = strategy.open(HEAP_BYTES)) {
            var worker = space.attach();
            long piece = worker.allocate(700);
            for (long by = 1; by < 700; by++) {
                assertFreeFails(worker, piece + by);
            }
            assertFreeFails(worker, piece + 8192);
            assertFreeFails(worker, piece + (1L << 36));
            assertFreeFails(worker, piece - (1L << 36));
            LongStream.of(NULL, -16, -64, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 63)
                    .forEach(offset -> assertFreeFails(worker, offset));
            LongStream.of(HEAP_BYTES, HEAP_BYTES + 64, 1L << 31, 1L << 35)
                    .map(offset -> strategy.hasHeap() ? offset : offset << 16)
                    .forEach(offset -> assertFreeFails(worker, offset));
            worker.free(piece);
            assertThat(worker.counters().frees()).isEqualTo(1);
            StrategyContractTest.assertEverythingIsFree(space);
        }
    }

    @Test
    void aPointerThatWasNeverHandedOutThrowsEvenWherePiecesHaveNoState() {
        try (var arena = Strategy.ARENA.open(64 << 10)) {
            var worker = arena.attach();
            worker.free(worker.allocate(100));
            LongStream.of(-16, 8, 112).forEach(offset -> assertFreeFails(worker, offset));
        }
        try (var pools = Strategy.BUMP_POOLS.open(64 << 10)) { // the lower half is pools
            var worker = pools.attach();
            worker.free(worker.allocate(100));
            LongStream.of(-16, 8, 32 << 10).forEach(offset -> assertFreeFails(worker, offset));
        }
    }

    /** All but those of which docs/allocators.md says that they do not. */
    private static Stream<HeapKind> strategiesThatCheckFrees() {
        return Stream.concat(
                EnumSet.complementOf(
                        EnumSet.of(Strategy.BUMP_POOLS, Strategy.ARENA, Strategy.MALLOC))
                        .stream(),
                Variant.TIERS.stream());
    }

    private static void assertFreeFails(ThreadAllocator worker, long offset) {
        var before = worker.counters();
        assertThatExceptionOfType(InvalidFreeException.class)
                .as("free of %d", offset)
                .isThrownBy(() -> worker.free(offset))
                .withMessageStartingWith("invalid free of offset " + offset + ":");
        assertThat(worker.counters().frees()).isEqualTo(before.frees());
    }
}
