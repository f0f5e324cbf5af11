package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Seeds;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapMemoryTest {
    private static final int BYTES = 4096;
    private static final int WORDS = BYTES / Long.BYTES;

    @ParameterizedTest
    @EnumSource
    void aWordThatIsStoredIsLoadedAndNoOtherChanges(MemoryKind kind, @TempDir Path folder) {
        Random random = Seeds.random();
        try (var arena = Arena.ofConfined()) {
            var memory = kind.allocate(arena, folder, BYTES);
            assertThat(memory.size()).isEqualTo(BYTES);
            long[] expected = new long[WORDS];
            for (int i = 0; i < 2000; i++) {
                int word = random.nextInt(WORDS);
                long value = random.nextLong();
                expected[word] = value;
                memory.set((long) word * Long.BYTES, value);
            }
            for (int word = 0; word < WORDS; word++) {
                assertThat(memory.get((long) word * Long.BYTES)).isEqualTo(expected[word]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWordThatIsNotInTheMemoryIsNeitherLoadedNorStored(MemoryKind kind, @TempDir Path folder) {
        long[] outside = {
            HeapMemory.NULL, -8, BYTES, BYTES + 8, 1L << 34, 1L << 35, 1L << 36, Long.MIN_VALUE
        };
        try (var arena = Arena.ofConfined()) {
            var memory = kind.allocate(arena, folder, BYTES);
            for (long offset : outside) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.get(offset))
                        .withMessage("out of bounds: the word at %d of 4096 bytes", offset);
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.set(offset, 1))
                        .withMessageContaining(Long.toString(offset));
            }
            for (long offset = 0; offset < BYTES; offset += Long.BYTES) {
                assertThat(memory.get(offset)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {16, Integer.MAX_VALUE - 255, HeapMemory.MAX_MAPPED_BYTES})
    void aMappedFileIsReadToItsEnd(long bytes, @TempDir Path folder) throws IOException {
        long last = (bytes - Long.BYTES) & -Long.BYTES;
        try (var arena = Arena.ofConfined()) {
            Path sparse = Files.createTempFile(folder, "heap", ".bin");
            var memory = HeapMemory.of(MemoryKind.map(arena, sparse, bytes));
            memory.set(last, 4711);
            assertThat(memory.get(last)).isEqualTo(4711);
            assertThat(memory.size()).isEqualTo(bytes);
        }
    }

    @Test
    void aFileOfTheLargestSizeLacksItsLastWords(@TempDir Path folder) throws IOException {
        try (var arena = Arena.ofConfined()) {
            Path sparse = Files.createTempFile(folder, "heap", ".bin");
            var memory = HeapMemory.of(MemoryKind.map(arena, sparse, HeapMemory.MAX_BYTES));
            memory.set(HeapMemory.MAX_MAPPED_BYTES - 8, 4711);
            assertThat(memory.get(HeapMemory.MAX_MAPPED_BYTES - 8)).isEqualTo(4711);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.get(HeapMemory.MAX_MAPPED_BYTES));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 15, 4096, 2 << 20})
    void newMemoryIsAllZeroAndHasAsManyWholeWordsAsAskedFor(long bytes) {
        var memory = HeapMemory.ofBytes(bytes);
        long end = bytes & -Long.BYTES;
        assertThat(memory.size()).isEqualTo(bytes);
        for (long offset = 0; offset < end; offset += Long.BYTES) {
            assertThat(memory.get(offset)).isZero();
        }
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.get(end));
    }

    @Test
    void anythingIsLoadedFromNativeMemoryAsItLiesThere() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(32, Long.BYTES);
            segment.set(java.lang.foreign.ValueLayout.JAVA_LONG, 16, 0x0123456789ABCDEFL);
            assertThat(HeapMemory.of(segment).get(16)).isEqualTo(0x0123456789ABCDEFL);
        }
    }

    @Test
    void aWordIsSetIfItIsWhatWasExpected() {
        try (var arena = Arena.ofConfined()) {
            var words = new SharedWords(arena.allocate(BYTES, Long.BYTES));
            words.setRelease(16, 7);
            assertThat(words.compareAndSet(16, 6, 8)).isFalse();
            assertThat(words.getAcquire(16)).isEqualTo(7);
            assertThat(words.compareAndSet(16, 7, 9)).isTrue();
            assertThat(words.get(16)).isEqualTo(9);
            assertThat(words.get(8)).isZero();
        }
    }
}
