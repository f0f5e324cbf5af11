package io.github.huffhash.run;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.PoolHeap;
import io.github.huffhash.memory.UnboundedHeap;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.List;
import org.apache.commons.io.function.IOConsumer;

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

    /**
     * A run with as many threads as were asked for, else as the mode has by default: cores, and two
     * at least in a heap.
     */
    public static ThreadRun of(Mode mode, RunSettings settings) {
        int threads =
                switch (mode) {
                    case FAST -> settings.workers();
                    case SINGLE -> 1;
                    default ->
                            settings.unbounded()
                                    ? Integer.MAX_VALUE
                                    : settings.exactWorkers()
                                            ? settings.workers()
                                            : Math.max(
                                                    2, Runtime.getRuntime().availableProcessors());
                };
        return new ThreadRun(mode, threads, settings);
    }

    /** Whether every block has a thread of its own. */
    boolean isUnbounded() {
        return settings.unbounded();
    }

    /** Whether all threads are started at once, rather than as the input turns out to be long. */
    boolean startsAll() {
        return mode != Mode.FAST && settings.exactWorkers() && !isUnbounded();
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, IOConsumer<R> sink)
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
        boolean sampled = settings.timed() && mode != Mode.SINGLE;
        try (Heap heap = open(settings.heapBytes());
                var sampler =
                        new LockSampler(sampled ? heap.locks() : List.of(), heap::liveBytes)) {
            return new BlockRun<>(
                            this,
                            blockBytes,
                            blockBytes,
                            clock -> new HeapWorker<>(heap, work, clock, this::open),
                            source,
                            sink)
                    .run()
                    .withHeap(heap.counters(), heap.peakBytes(), sampler);
        }
    }

    private Heap open(long bytes) {
        if (mode == Mode.POOLS) {
            return new PoolHeap(bytes, settings.poolBytes(), settings.batchSize());
        }
        if (!settings.allocator().isFirstFit()) {
            return settings.allocator().open(bytes);
        }
        boolean walks = settings.allocator() == Strategy.FIRST_FIT_WALK;
        if (isUnbounded()) {
            return new UnboundedHeap(bytes, walks);
        }
        return mode == Mode.SINGLE
                ? FirstFitHeap.ofOneThread(bytes, walks)
                : FirstFitHeap.ofThreads(bytes, walks);
    }
}
