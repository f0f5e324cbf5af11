package io.github.huffhash.memory;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Seeds;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every allocator keeps to. */
abstract class AllocatorContract {
    private static final long HEAP_BYTES = 16 << 10;

    private TestHeap heap = TestHeap.ofBytes(HEAP_BYTES);
    private ThreadAllocator allocator = heap.unlocked();

    /** A new allocator of the class under test, over this heap. */
    abstract ThreadAllocator over(TestHeap testHeap);

    /** Where the first fit begins; below, frees go unchecked. */
    long base() {
        return 0;
    }

    @BeforeEach
    void makeHeap() {
        use(HeapMemory.ofBytes(HEAP_BYTES));
    }

    private void use(HeapMemory memory) {
        heap = TestHeap.in(memory, base());
        allocator = over(heap);
    }

    @ParameterizedTest
    @EnumSource
    void liveChunksAreAlignedAndNeverOverlap(MemoryKind kind, @TempDir Path folder) {
        Random random = Seeds.random();
        try (var arena = Arena.ofConfined()) {
            use(kind.allocate(arena, folder, HEAP_BYTES));
            var chunks = new LiveChunks(allocator, heap.memory(), new ShadowMap(HEAP_BYTES), 1);
            for (int i = 0; i < 5000; i++) {
                if (chunks.count() == 0 || random.nextInt(100) < 55) {
                    chunks.allocate(1 + random.nextInt(1 << random.nextInt(10)));
                } else {
                    chunks.free(random.nextInt(chunks.count()));
                }
            }
            chunks.freeAll();
            assertEverythingIsFree();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 17, 32, 1000})
    void anExhaustedHeapReturnsNullAndStaysUsable(long bytes) {
        var chunks = new LiveChunks(allocator, heap.memory(), new ShadowMap(HEAP_BYTES), 1);
        while (chunks.allocate(bytes)) {
            assertThat(chunks.count()).isLessThan((int) HEAP_BYTES / 16);
        }
        assertThat(chunks.count()).isPositive();
        assertThat(allocator.allocate(bytes)).isEqualTo(NULL);

        chunks.free(chunks.count() - 1);
        assertThat(chunks.allocate(bytes)).isTrue();
        assertThat(chunks.allocate(bytes)).isFalse();

        chunks.freeAll();
        assertEverythingIsFree();
    }

    @Test
    void requestsBeyondTheHeapReturnNullAndChangeNothing() {
        var before = heap.snapshot();
        long capacity = HEAP_BYTES - base() - FirstFitAllocator.HEADER_BYTES;
        for (long bytes : new long[] {capacity + 1, HEAP_BYTES, 1L << 31, 1L << 40, 1L << 62}) {
            assertThat(allocator.allocate(bytes)).as("%d bytes", bytes).isEqualTo(NULL);
        }
        assertThat(heap.snapshot()).isEqualTo(before);
        assertEverythingIsFree();
    }

    @Test
    void oneRequestCanTakeTheWholeHeap() {
        long header = FirstFitAllocator.HEADER_BYTES;
        long offset = allocator.allocate(HEAP_BYTES - base() - header);
        assertThat(offset).isEqualTo(base() + header);
        assertThat(allocator.allocate(HEAP_BYTES - base() - header)).isEqualTo(NULL);
        allocator.free(offset);
        assertEverythingIsFree();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -16, Long.MIN_VALUE, Long.MAX_VALUE})
    void aSizeThatIsNoSizeThrows(long bytes) {
        var before = heap.snapshot();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> allocator.allocate(bytes))
                .withMessageContaining(Long.toString(bytes));
        assertThat(heap.snapshot()).isEqualTo(before);
        assertThat(allocator.counters().allocations()).isZero();
        allocator.free(checkedPiece(64));
    }

    @Test
    void aDoubleFreeThrows() {
        long guard = checkedPiece(64);
        long offset = checkedPiece(64);
        long next = checkedPiece(64);
        allocator.free(offset);
        assertFreeFails(offset);
        allocator.free(next);
        allocator.free(guard);
        assertFreeFails(guard);
        assertEverythingIsFree();
    }

    @Test
    void aDoubleFreeIsFoundWhenCoalescingHasHiddenTheChunk() {
        long first = checkedPiece(64);
        long second = checkedPiece(64);
        long third = checkedPiece(64);
        allocator.free(first);
        allocator.free(second); // now inside the chunk of the first, its header still standing
        assertThat(heap.memory().get(second - Long.BYTES)).isEqualTo(FirstFitAllocator.MAGIC);
        assertFreeFails(second);
        allocator.free(third);
        assertFreeFails(third);
        assertFreeFails(first);
        assertEverythingIsFree();
    }

    @Test
    void aPointerIntoTheMiddleThrowsEvenIfTheBytesThereImitateAHeader() {
        long offset = checkedPiece(256);
        for (long at = offset; at < offset + 256; at += FirstFitAllocator.HEADER_BYTES) {
            heap.memory().set(at, 16);
            heap.memory().set(at + Long.BYTES, FirstFitAllocator.MAGIC);
        }
        for (long interior = offset + 16; interior < offset + 256; interior += 16) {
            assertFreeFails(interior);
        }
        allocator.free(offset);
        assertEverythingIsFree();
    }

    @Test
    void aPointerThatIsNotTheHeapsThrows() {
        long offset = checkedPiece(64);
        LongStream.of(HEAP_BYTES, HEAP_BYTES + 16, 1L << 31, 1L << 32, 1L << 36, 1L << 40)
                .forEach(this::assertFreeFails);
        LongStream.of(NULL, -16, -32, -(1L << 32), Long.MIN_VALUE, Long.MIN_VALUE + 16)
                .forEach(this::assertFreeFails);
        assertFreeFails(Long.MAX_VALUE);
        assertFreeFails(Long.MAX_VALUE - 15);
        allocator.free(offset);
        assertEverythingIsFree();
    }

    @Test
    void aLivePointersAliasModuloTheRangeOfAnIntThrows() {
        long offset = checkedPiece(64);
        assertFreeFails(offset + (1L << 32));
        assertFreeFails(offset + (1L << 36));
        assertFreeFails(offset - (1L << 36));
        allocator.free(offset);
    }

    @Test
    void anUnalignedPointerThrows() {
        long offset = checkedPiece(64);
        for (long by = 1; by < HeapMemory.ALIGNMENT; by++) {
            assertFreeFails(offset + by);
        }
        allocator.free(offset);
        assertEverythingIsFree();
    }

    @Test
    void aPointerThatWasNeverHandedOutThrows() {
        long offset = checkedPiece(64);
        for (long at = offset + 64; at < offset + 1024; at += HeapMemory.ALIGNMENT) {
            assertFreeFails(at);
        }
        assertFreeFails(HEAP_BYTES - 16);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0xDEADBEEL, 0xDEADBEEFL << 32, 0xDEADBEEFDEADBEEFL})
    void anOverwrittenMagicIsDetected(long overwrittenWith) {
        long offset = checkedPiece(64);
        long next = checkedPiece(64);
        heap.memory().set(offset - Long.BYTES, overwrittenWith);
        assertFreeFails(offset);

        heap.memory().set(offset - Long.BYTES, FirstFitAllocator.MAGIC);
        allocator.free(offset);
        allocator.free(next);
        assertEverythingIsFree();
    }

    /** A piece of the first fit's own, whose free is checked; the pool before it is used up. */
    private long checkedPiece(long bytes) {
        while (true) {
            long offset = allocator.allocate(bytes);
            assertThat(offset).isNotEqualTo(NULL);
            if (offset >= base()) {
                return offset;
            }
            allocator.free(offset);
        }
    }

    private void assertFreeFails(long offset) {
        var memoryBefore = heap.snapshot();
        var before = allocator.counters();
        assertThatExceptionOfType(InvalidFreeException.class)
                .isThrownBy(() -> allocator.free(offset))
                .withMessageStartingWith("invalid free of offset " + offset + ": ");
        assertThat(heap.snapshot()).isEqualTo(memoryBefore);
        assertThat(allocator.counters().frees()).isEqualTo(before.frees());
        assertThat(allocator.counters().allocations()).isEqualTo(before.allocations());
    }

    private void assertEverythingIsFree() {
        var counters = allocator.counters();
        assertThat(heap.isOneFreeChunk()).isTrue();
        assertThat(heap.allocator().liveBytes()).isZero();
        assertThat(counters.frees()).isEqualTo(counters.allocations());
    }
}
