package io.github.huffhash.cli;

import io.github.huffhash.engine.EngineSettings;
import io.github.huffhash.engine.Mode;
import io.github.huffhash.huffman.HeapTree;
import picocli.CommandLine.Option;

/** The sizes and numbers that an engine is set up with. */
final class EngineOptions {
    private static final long MAX_HEAP_BYTES = 16L << 30;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_BATCH_SIZE = 1 << 16;

    @Option(
            names = {"-B", "--block-size"},
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Cut the input into blocks of SIZE: 1 to 1M (default 1K).")
    private long blockSize = 1024;

    @Option(
            names = {"-T", "--workers"},
            paramLabel = "N",
            description = "Workers of the fast and processes modes (default 0: all cores).")
    private int workers = -1;

    @Option(
            names = "--heap-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Size of the simulated heap (default 2M).")
    private long heapSize = EngineSettings.DEFAULT_HEAP_BYTES;

    @Option(
            names = "--pool-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Size of a pool (default 16K).")
    private long poolSize = EngineSettings.DEFAULT_POOL_BYTES;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Blocks, and pools, in a batch (default 50).")
    private int batchSize = EngineSettings.DEFAULT_BATCH_SIZE;

    int blockSize() {
        check("--block-size", blockSize, 1, HeapTree.MAX_BLOCK_BYTES);
        return (int) blockSize;
    }

    /** Settings for one mode alone: what it does not have must not be asked of it. */
    EngineSettings settings(Mode mode, boolean timed) {
        if (workers >= 0 && mode != Mode.FAST && mode != Mode.PROCESSES) {
            throw new UsageException(
                    "--workers does not go with --" + mode.label() + ": there the heap decides");
        }
        return settings(timed);
    }

    /** Settings for any mode. */
    EngineSettings settings(boolean timed) {
        check("--workers", Math.max(workers, -1), -1, MAX_WORKERS);
        check("--heap-size", heapSize, 1, MAX_HEAP_BYTES);
        check("--pool-size", poolSize, 16, MAX_HEAP_BYTES);
        check("--batch-size", batchSize, 1, MAX_BATCH_SIZE);
        int threads = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
        return new EngineSettings(threads, heapSize, poolSize & -16, batchSize, timed);
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(
                    "%s must be from %d to %d, not %d".formatted(option, least, most, value));
        }
    }
}
