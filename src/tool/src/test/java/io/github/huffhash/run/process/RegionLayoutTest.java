package io.github.huffhash.run.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.process.Region.Cost;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the parts of a region lie, and that a worker does not attach to anything else. */
@Timeout(30)
class RegionLayoutTest {
    private static final int LINE = 128;
    private static final int PAGE = 4096;

    static Stream<RegionLayout> sizes() {
        return Stream.of(
                new RegionLayout(1, 32, 1, 0, 1),
                new RegionLayout(1, 48, 1, 12, 4),
                new RegionLayout(2, 2 << 20, 1024, 12, 256),
                new RegionLayout(5, 27_664, 1024, 12, 20),
                new RegionLayout(7, 100_003, 1000, 13, 29),
                new RegionLayout(3, 4096, 128, 80, 12),
                new RegionLayout(64, 3 << 20, 1 << 20, 12, 8));
    }

    private static MemorySegment memory(RegionLayout size) {
        return Arena.ofAuto().allocate(size.bytes(), PAGE);
    }

    /** The numbers of the bytes that {@code action} changes. */
    private static int[] changed(MemorySegment memory, Runnable action) {
        byte[] before = memory.toArray(JAVA_BYTE);
        action.run();
        byte[] after = memory.toArray(JAVA_BYTE);
        return IntStream.range(0, after.length).filter(i -> before[i] != after[i]).toArray();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void thePartsFollowEachOtherAndBeginOnLinesAndThePage(RegionLayout size) {
        assertThat(size.slotsAt() % LINE).isZero();
        assertThat(size.slotBytes() % LINE).isZero();
        assertThat(size.slotBytes()).isGreaterThan(size.resultBytes() + (long) size.blockBytes());
        assertThat(size.controlAt()).isEqualTo(size.slotsAt() + size.slots() * size.slotBytes());
        assertThat(size.heapAt() % PAGE).isZero();
        assertThat(size.heapAt())
                .isBetween(
                        size.controlAt() + size.controlBytes(),
                        size.controlAt() + size.controlBytes() + PAGE - 1);
        assertThat(size.bytes()).isEqualTo(size.heapAt() + size.heapBytes());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyPartCanBeFullWithoutTouchingAnother(RegionLayout size) {
        MemorySegment memory = memory(size);
        Region region = Region.create(memory, size);
        byte[] block = new byte[size.blockBytes()];
        for (int slot = 0; slot < size.slots(); slot++) {
            Arrays.fill(block, (byte) (slot + 1));
            region.publish(slot, block, block.length);
        }
        for (int slot = 0; slot < size.slots(); slot++) {
            region.result(slot).put(new byte[size.resultBytes()]);
            region.done(slot, cost(slot));
        }
        for (int worker = 0; worker < size.workers(); worker++) {
            region.channel(worker).set(Channel.State.WORKING);
            region.channel(worker).failed(Integer.toString(worker).repeat(500));
        }
        region.lock().acquire(-1);
        fillHeap(region);

        for (int slot = 0; slot < size.slots(); slot++) {
            assertThat(region.isDone(slot)).isTrue();
            assertThat(region.length(slot)).isEqualTo(block.length);
            assertThat(region.cost(slot)).isEqualTo(cost(slot));
            assertThat(region.read(slot, block)).isEqualTo(block.length);
            assertThat(block).containsOnly(slot + 1);
        }
        for (int worker = 0; worker < size.workers(); worker++) {
            assertThat(region.channel(worker).message()).matches("(%d)+\\d?".formatted(worker));
        }
        assertThat(region.generation()).isZero();
        assertThat(IntStream.range(0, size.slots()).mapToLong(_ -> region.claim()))
                .containsExactlyElementsOf(LongStream.range(0, size.slots()).boxed().toList());
    }

    private static Cost cost(int slot) {
        var lock = new LockUse(slot + 1L, slot + 2L, slot + 3L, slot + 4L, slot + 5L);
        return new Cost(slot, lock, slot + 6L, RegionTest.times(slot + 7L));
    }

    private static void fillHeap(Region region) {
        var heap = region.heapMemory();
        for (long at = 0; at + Long.BYTES <= heap.size(); at += Long.BYTES) {
            heap.set(at, -1);
        }
    }

    @Test
    void theLockAndTheCountersHaveLinesOfTheirOwn() {
        var size = new RegionLayout(2, 4096, 64, 12, 8);
        MemorySegment memory = memory(size);
        Region region = Region.create(memory, size);

        int lock = onlyLine(changed(memory, () -> region.lock().acquire(1)));
        region.publish(0, new byte[1], 1);
        int claimed = onlyLine(changed(memory, region::claim));
        int[] publishing = changed(memory, () -> region.publish(1, new byte[] {1}, 1));
        int published = publishing[0] / LINE;
        int generation = changed(memory, () -> region.restart(1))[0] / LINE;

        assertThat(generation).as("of the header").isZero();
        assertThat(List.of(lock, claimed, published)).containsExactly(1, 2, 3);
        assertThat(Arrays.stream(publishing).skip(1)).allMatch(at -> at >= size.slotsAt());
    }

    private static int onlyLine(int[] bytes) {
        assertThat(Arrays.stream(bytes).map(at -> at / LINE).distinct()).hasSize(1);
        assertThat(bytes[0] % LINE).isLessThan(Long.BYTES);
        return bytes[0] / LINE;
    }

    @Test
    void eachChannelHasThreeLinesOfItsOwn() {
        var size = new RegionLayout(4, 4096, 64, 12, 8);
        MemorySegment memory = memory(size);
        Region region = Region.create(memory, size);

        for (int worker = 0; worker < 4; worker++) {
            int number = worker;
            int[] bytes = changed(memory, () -> region.channel(number).failed("x".repeat(1000)));

            assertThat(bytes[0] / LINE).isEqualTo(4 + 3 * worker);
            assertThat(bytes[bytes.length - 1] / LINE).isEqualTo(6 + 3 * worker);
        }
    }

    @Test
    void whoAttachesSeesTheSameRegion() throws IOException {
        var size = new RegionLayout(2, 100_003, 1000, 13, 29);
        MemorySegment memory = memory(size);
        Region made = Region.create(memory, size);
        made.publish(0, new byte[] {1, 2, 3}, 3);

        Region attached = Region.attach(memory, "r");

        assertThat(attached.layout()).isEqualTo(size);
        assertThat(attached.claim()).isZero();
        assertThat(attached.length(0)).isEqualTo(3);
        assertThat(made.claim()).isEqualTo(-1);
    }

    /** Offsets of the header's words. */
    private static MemorySegment withWord(int index, long value) {
        var size = new RegionLayout(2, 4096, 64, 12, 8);
        MemorySegment memory = memory(size);
        Region.create(memory, size);
        memory.setAtIndex(ValueLayout.JAVA_LONG, index, value);
        return memory;
    }

    private static void assertRefused(MemorySegment memory, String... words) {
        assertThatThrownBy(() -> Region.attach(memory, "the file"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the file: ")
                .hasMessageContainingAll(words);
    }

    @Test
    void memoryWithoutTheMagicIsRefused() {
        assertRefused(withWord(0, 0), "not a region");
        assertRefused(withWord(0, RegionLayout.MAGIC + 1), "not a region");
    }

    @Test
    void anotherVersionIsRefusedByNumber() {
        assertRefused(withWord(1, 2), "version 2", "knows 4");
        assertRefused(withWord(1, 0), "version 0", "knows 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 16, 511, 512, 5000})
    void aTruncatedRegionIsRefused(int bytes) {
        MemorySegment whole = withWord(0, RegionLayout.MAGIC);

        assertRefused(whole.asSlice(0, bytes), "region");
        assertRefused(whole.asSlice(0, whole.byteSize() - 1), "region");
    }

    @Test
    void aHeaderThatSpeaksOfAnotherSizeIsRefused() {
        for (int word = 2; word <= 6; word++) {
            assertRefused(withWord(word, 1_000_000), "bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40})
    void aHeaderWithImpossibleSizesIsRefused(long value) {
        for (int word = 2; word <= 6; word++) {
            assertRefused(withWord(word, value), "region");
        }
    }

    @Test
    void aNumberThatIsTooLargeIsNotTakenForASmallOne() {
        assertRefused(withWord(2, 2 + (1L << 32)), "region");
        assertRefused(withWord(6, 8 + (1L << 32)), "region");
    }
}
