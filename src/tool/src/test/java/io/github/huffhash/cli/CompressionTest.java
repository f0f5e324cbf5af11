package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import io.github.huffhash.cli.CompressCommand.Compression;
import io.github.huffhash.io.Input;
import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.tree.ReferenceTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files made in heap modes and without: in every mode, by any number of workers, what one call
 * makes.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CompressionTest {
    private static final CompressOptions USUAL = CompressOptions.DEFAULT;

    private final Random random = Seeds.random();

    @TempDir private Path folder;

    private static RunSettings settings(int workers, long heapBytes, long poolBytes, int batch) {
        return new RunSettings(
                workers, true, heapBytes, poolBytes, batch, false, Strategy.FIRST_FIT, false);
    }

    private static RunSettings settings(int workers) {
        return settings(
                workers,
                RunSettings.DEFAULT_HEAP_BYTES,
                RunSettings.DEFAULT_POOL_BYTES,
                RunSettings.DEFAULT_BATCH_SIZE);
    }

    private byte[] compress(
            byte[] content, Mode mode, RunSettings settings, CompressOptions options)
            throws IOException {
        Path file = Files.write(folder.resolve("content"), content);
        var out = new ByteArrayOutputStream();
        try (Input input = Input.open(file.toString())) {
            var result = new Compression(mode, settings, options).code(input, out);
            assertThat(result.in()).isEqualTo(content.length);
            assertThat(result.out()).isEqualTo(out.size());
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyModeWritesTheSameBytes(Mode mode) throws IOException {
        for (int size : new int[] {0, 1, 1024, 131_072, 131_073, 2_000_000}) {
            byte[] content = Samples.skewed(random, size, 1 + random.nextInt(256), 1.05);
            for (var options :
                    new CompressOptions[] {
                        USUAL, USUAL.seekable(150_000).withUnitBytes(20_000).withoutChecksum()
                    }) {
                assertThat(compress(content, mode, settings(2), options))
                        .as("%d bytes, %s", size, options)
                        .isEqualTo(Huffhash.compress(content, options));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"FAST", "PROCESSES"})
    void anyNumberOfWorkersWritesTheSameBytes(Mode mode) throws IOException {
        byte[] content = Samples.skewed(random, 1_000_000, 200, 1.04);
        byte[] expected = Huffhash.compress(content, USUAL.withUnitBytes(5000));
        for (int workers : new int[] {1, 3, 7}) {
            assertThat(compress(content, mode, settings(workers), USUAL.withUnitBytes(5000)))
                    .isEqualTo(expected);
        }
    }

    /** A heap that holds one unit and no more makes a run slow, but never fails it. */
    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SINGLE", "THREADS", "POOLS", "PROCESSES"})
    void aHeapThatHoldsJustOneUnitIsEnough(Mode mode) throws IOException {
        byte[] content = Samples.skewed(random, 1_500_000, 256, 1.01);
        for (int unitBytes : new int[] {1024, 50_000, 131_072}) {
            CompressOptions options = USUAL.withUnitBytes(unitBytes);
            long heapBytes = ReferenceTree.demand(unitBytes).footprint();
            long poolBytes = 16;
            int batch = 3;
            long pools = mode == Mode.POOLS ? batch * poolBytes : 0;
            assertThat(
                            compress(
                                    content,
                                    mode,
                                    settings(2, heapBytes + pools, poolBytes, batch),
                                    options))
                    .isEqualTo(Huffhash.compress(content, options));
        }
    }

    @Test
    void aHeapTooSmallForOneUnitIsAnError() {
        byte[] content = new byte[131_072];
        long heapBytes = ReferenceTree.demand(content.length).footprint();
        assertThatThrownBy(() ->
                        compress(content, Mode.THREADS, settings(2, heapBytes - 16, 16, 1), USUAL))
                .isInstanceOf(HeapTooSmallException.class)
                .hasMessageContaining("one block of 131072 bytes");
    }
}
