package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstFitAllocatorTest extends AllocatorContract {
    @Override
    ThreadAllocator over(TestHeap testHeap) {
        return testHeap.unlocked();
    }

    @Test
    void anAllocatedChunkStartsWithItsSizeAndTheMagic() {
        var heap = TestHeap.ofBytes(1024);
        long offset = heap.allocator().allocate(33);
        assertThat(heap.memory().get(offset - 16)).isEqualTo(48);
        assertThat(heap.memory().get(offset - 8)).isEqualTo(0xDEADBEEFL);
    }

    @Test
    void aFreeChunkStartsWithItsSizeAndTheNextOne() {
        var heap = TestHeap.ofBytes(1024);
        long first = heap.allocator().allocate(64);
        long second = heap.allocator().allocate(64);
        heap.allocator().free(first);
        assertThat(heap.memory().get(first - 16)).isEqualTo(64);
        assertThat(heap.memory().get(first - 8)).isEqualTo(second + 64);
        assertThat(heap.memory().get(second + 64)).isEqualTo(1024 - 160 - 16);
        assertThat(heap.memory().get(second + 64 + 8)).isEqualTo(HeapMemory.NULL);
    }

    @Test
    void aRestOfSixteenBytesStaysWithTheChunk() {
        var heap = TestHeap.ofBytes(16 + 64);
        long offset = heap.allocator().allocate(48);
        assertThat(heap.memory().get(offset - 16)).isEqualTo(64);
        assertThat(heap.allocator().liveBytes()).isEqualTo(80);
    }

    @Test
    void aRestOfThirtyTwoBytesIsSplitOff() {
        var heap = TestHeap.ofBytes(16 + 64);
        long offset = heap.allocator().allocate(32);
        assertThat(heap.memory().get(offset - 16)).isEqualTo(32);
        assertThat(heap.allocator().allocate(16)).isEqualTo(16 + 32 + 16);
    }

    @Test
    void bytesBelowTheBaseAndBehindTheLastWholeSixteenAreLeftAlone() {
        var memory = HeapMemory.ofBytes(1000);
        for (long at = 0; at < 1000; at += Long.BYTES) {
            memory.set(at, 0x5A);
        }
        var heap = TestHeap.in(memory, 64);
        assertThat(heap.allocator().base()).isEqualTo(64);
        assertThat(heap.allocator().capacity()).isEqualTo(992 - 64);
        assertThatThrownBy(() -> heap.allocator().free(992))
                .isInstanceOf(InvalidFreeException.class)
                .hasMessageContaining("outside the heap");
        var shadow = new ShadowMap(1000);
        var chunks = new LiveChunks(heap.unlocked(), heap.memory(), shadow, 1);
        while (chunks.allocate(1)) {
            assertThat(chunks.count()).isLessThan(64);
        }
        assertThat(chunks.count()).isEqualTo((992 - 64) / 32);
        chunks.freeAll();
        assertThat(Arrays.copyOf(heap.snapshot(), 8)).containsOnly(0x5A);
        assertThat(memory.get(992)).isEqualTo(0x5A);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 16, 24, 31})
    void aHeapWithoutRoomForOneChunkHasNothingToGive(long bytes) {
        var allocator = TestHeap.in(HeapMemory.ofBytes(256 + bytes), 256).allocator();
        assertThat(allocator.allocate(1)).isEqualTo(HeapMemory.NULL);
        assertThat(allocator.capacity()).isLessThan(32);
        assertThat(allocator.freeSpace()).isEqualTo(new FreeSpace(allocator.capacity(), 0));
    }

    @Test
    void theSmallestHeapHoldsOneChunk() {
        var heap = TestHeap.ofBytes(32);
        assertThat(heap.isOneFreeChunk()).isTrue();
        assertThat(heap.allocator().allocate(16)).isEqualTo(16);
        assertThat(heap.isOneFreeChunk()).isFalse();
        assertThat(heap.allocator().allocate(1)).isEqualTo(HeapMemory.NULL);
        heap.allocator().free(16);
        assertThat(heap.isOneFreeChunk()).isTrue();
    }
}
