package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Seeds;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapMemoryTest {
    private static final int BYTES = 4096;

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAndNothingElseChanges(MemoryKind kind, @TempDir Path folder) {
        Random random = Seeds.random();
        try (var arena = Arena.ofConfined()) {
            var memory = HeapMemory.of(kind.allocate(arena, folder, BYTES));
            assertThat(memory.size()).isEqualTo(BYTES);
            byte[] expected = new byte[BYTES];
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(100) + 1];
                random.nextBytes(bytes);
                int length = random.nextInt(bytes.length + 1);
                int offset = random.nextInt(BYTES - length + 1);
                if (random.nextBoolean()) {
                    memory.write(offset, bytes, length);
                    System.arraycopy(bytes, 0, expected, offset, length);
                } else {
                    int from = random.nextInt(bytes.length - length + 1);
                    memory.write(offset, ByteBuffer.wrap(bytes, from, length));
                    System.arraycopy(bytes, from, expected, offset, length);
                }
            }
            byte[] all = new byte[BYTES + 1];
            memory.read(0, all, BYTES);
            assertThat(Arrays.copyOf(all, BYTES)).isEqualTo(expected);
            assertThat(all[BYTES]).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wordsTogetherLieWhereEachWouldLie(MemoryKind kind, @TempDir Path folder) {
        try (var arena = Arena.ofConfined()) {
            var memory = HeapMemory.of(kind.allocate(arena, folder, BYTES));
            memory.write(64, new long[] {1, -2, 3, 4}, 3);
            assertThat(LongStream.of(56, 64, 72, 80, 88).map(memory::get))
                    .containsExactly(0L, 1L, -2L, 3L, 0L);
            memory.set(72, 5);
            long[] words = new long[4];
            memory.read(64, words, 3);
            assertThat(words).containsExactly(1, 5, 3, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotInTheMemoryIsNotReadOrWritten(MemoryKind kind, @TempDir Path folder) {
        try (var arena = Arena.ofConfined()) {
            var memory = HeapMemory.of(kind.allocate(arena, folder, BYTES));
            for (long offset : new long[] {HeapMemory.NULL, BYTES, 1L << 35, Long.MIN_VALUE}) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.get(offset));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.set(offset, 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE - 255, Integer.MAX_VALUE - 7, 1L << 31, 3L << 30})
    void memoryOfAnyLengthIsReadToItsEnd(long bytes, @TempDir Path folder) throws IOException {
        long last = (bytes - Long.BYTES) & -Long.BYTES;
        try (var arena = Arena.ofConfined()) {
            Path sparse = Files.createTempFile(folder, "heap", ".bin");
            var memory = HeapMemory.of(MemoryKind.map(arena, sparse, bytes));
            memory.set(last, 4711);
            assertThat(memory.get(last)).isEqualTo(4711);
            assertThat(memory.size()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 4096, 2 << 20})
    void newMemoryIsAllZeroAndNotLongerThanAskedFor(long bytes) {
        var memory = HeapMemory.allocate(bytes);
        assertThat(memory.size()).isEqualTo(bytes);
        byte[] all = new byte[(int) bytes + 1];
        memory.read(0, all, (int) bytes);
        assertThat(all).containsOnly(0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.read(0, all, all.length));
    }

    @Test
    void aWordLiesWhereItWasPut() {
        long[] words = new long[4];
        var memory = HeapMemory.of(MemorySegment.ofArray(words));
        memory.set(16, 0x0123456789ABCDEFL);
        assertThat(words).containsExactly(0, 0, 0x0123456789ABCDEFL, 0);
        assertThat(memory.get(16)).isEqualTo(0x0123456789ABCDEFL);
    }

    @Test
    void memoryWithoutEightByteAlignmentIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> HeapMemory.of(MemorySegment.ofArray(new byte[64])));
    }
}
