package io.github.huffhash.memory;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds every offset and every count to a model that walks a list. */
class FirstFitPlacementTest {
    private static final int STEPS = 20_000;

    /** A step takes about as long as its walk: the largest heap's list is the longest. */
    private static final long REFERENCE_HEAP = 2 << 20;

    @ParameterizedTest
    @ValueSource(longs = {32, 48, 64, 80, 96, 200, 1000, 4096, 65_536, REFERENCE_HEAP})
    void everyOffsetIsTheModels(long heapBytes) {
        new Comparison(HeapMemory.ofBytes(heapBytes), 0, Seeds.random()).run(STEPS);
    }

    @ParameterizedTest
    @EnumSource
    void theKindOfMemoryMakesNoDifference(MemoryKind kind, @TempDir Path folder) {
        try (var arena = Arena.ofConfined()) {
            var memory = kind.allocate(arena, folder, 20_000);
            for (long at = 0; at < 20_000; at += Long.BYTES) {
                memory.set(at, 0xA5A5A5A5A5A5A5A5L);
            }
            new Comparison(memory, 0, Seeds.random()).run(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 1024, 65_536 - 4096, 65_536 - 32})
    void aHeapAboveABaseIsPlacedAlike(long base) {
        new Comparison(HeapMemory.ofBytes(65_536), base, Seeds.random()).run(STEPS);
    }

    @Test
    void allocatorsAttachedToOneHeapPlaceAsOne() {
        long end = 65_536;
        var memory = HeapMemory.ofBytes(end);
        var control = HeapMemory.ofBytes(FirstFitAllocator.controlBytes(end));
        new FirstFitAllocator(memory, 32, end, control, false).begin();
        var attached =
                Stream.generate(() -> new FirstFitAllocator(memory, 32, end, control, false))
                        .limit(3)
                        .toList();
        new Comparison(attached, 32, end, Seeds.random()).run(STEPS);
    }

    @Test
    void blocksLikeThoseOfARunArePlacedAlike() {
        Random random = Seeds.random();
        var comparison = new Comparison(HeapMemory.ofBytes(2 << 20), 0, random);
        for (int round = 0; round < 20; round++) {
            for (int block = 0; block < 8; block++) {
                comparison.allocate(1024);
                comparison.allocate(16);
                comparison.allocate(2048);
            }
            for (int node = 0; node < 1000; node++) {
                comparison.allocate(32);
            }
            for (int i = 0; i < 900; i++) {
                comparison.freeAny();
            }
        }
        comparison.freeAll();
    }

    /** A heap and the model, step by step. */
    private static final class Comparison {
        private final long heapBytes;
        private final List<FirstFitAllocator> allocators;
        private final FirstFitModel model;
        private final Random random;
        private final List<Long> live = new ArrayList<>();

        Comparison(HeapMemory memory, long base, Random random) {
            this(List.of(TestHeap.in(memory, base).allocator()), base, memory.size(), random);
        }

        /** Each step is taken by any of several allocators over one heap. */
        Comparison(List<FirstFitAllocator> allocators, long base, long end, Random random) {
            this.heapBytes = end - base;
            this.allocators = allocators;
            this.model = new FirstFitModel(base, end);
            this.random = random;
        }

        private FirstFitAllocator any() {
            return allocators.get(random.nextInt(allocators.size()));
        }

        /** Random requests, in phases that fill the heap and phases that empty it. */
        void run(int steps) {
            int percentAllocations = 70;
            for (int i = 0; i < steps; i++) {
                if (i % 500 == 0) {
                    percentAllocations = 30 + random.nextInt(50);
                }
                if (live.isEmpty() || random.nextInt(100) < percentAllocations) {
                    allocate(randomSize());
                } else {
                    freeAny();
                }
            }
            freeAll();
        }

        private long randomSize() {
            return switch (random.nextInt(8)) {
                case 0 -> 16;
                case 1, 2 -> 32;
                case 3 -> 1024;
                case 4 -> 2048;
                case 5 -> 1 + random.nextLong(heapBytes);
                default -> 1 + random.nextInt(100);
            };
        }

        void allocate(long bytes) {
            long expected = model.allocate(bytes);
            assertThat(any().allocate(bytes)).isEqualTo(expected);
            if (expected != NULL) {
                live.add(expected);
            }
            assertSameStatistics();
        }

        void freeAny() {
            int index = random.nextInt(live.size());
            long offset = live.set(index, live.getLast());
            live.removeLast();
            any().free(offset);
            model.free(offset);
            assertSameStatistics();
        }

        void freeAll() {
            while (!live.isEmpty()) {
                freeAny();
            }
            long all = any().capacity();
            assertThat(any().freeSpace()).isEqualTo(new FreeSpace(all, all < 32 ? 0 : all));
        }

        private void assertSameStatistics() {
            assertThat(any().liveBytes()).isEqualTo(model.liveBytes());
            assertThat(any().peakBytes()).isEqualTo(model.peakBytes());
        }
    }
}
