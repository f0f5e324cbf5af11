package io.github.huffhash.run;

import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.PoolHeap;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;

/**
 * The modes within one process: threads, and mostly a heap that they share.
 *
 * @param mode any but {@link Mode#PROCESSES}
 * @param threads how many threads work
 */
public record ThreadRun(Mode mode, int threads, RunSettings settings) implements Run {
    /**
     * Bytes a thread of the fast mode takes at a time: long enough to make taking turns cheap,
     * short enough to share a small file.
     */
    private static final int FAST_PIECE_BYTES = 64 << 10;

    /** A run with as many threads as the mode has by default: cores, and two at least in a heap. */
    public static ThreadRun of(Mode mode, RunSettings settings) {
        int threads =
                switch (mode) {
                    case FAST -> settings.workers();
                    case SINGLE -> 1;
                    default -> Math.max(2, Runtime.getRuntime().availableProcessors());
                };
        return new ThreadRun(mode, threads, settings);
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        int blockBytes = work.blockBytes();
        if (mode == Mode.FAST) {
            int pieceBytes = Math.max(1, FAST_PIECE_BYTES / blockBytes) * blockBytes;
            return new BlockRun<>(
                            this,
                            pieceBytes,
                            blockBytes,
                            clock -> work.newWorker(clock)::work,
                            source,
                            sink)
                    .run();
        }
        try (Heap heap = open(settings.heapBytes())) {
            return new BlockRun<>(
                            this,
                            blockBytes,
                            blockBytes,
                            clock -> new HeapWorker<>(heap, work, clock, this::open),
                            source,
                            sink)
                    .run()
                    .withHeap(heap.counters(), heap.peakBytes());
        }
    }

    private Heap open(long bytes) {
        if (mode == Mode.POOLS) {
            return new PoolHeap(bytes, settings.poolBytes(), settings.batchSize());
        }
        if (settings.allocator() != Strategy.FIRST_FIT) {
            return settings.allocator().open(bytes);
        }
        return mode == Mode.SINGLE
                ? FirstFitHeap.ofOneThread(bytes)
                : FirstFitHeap.ofThreads(bytes);
    }
}
