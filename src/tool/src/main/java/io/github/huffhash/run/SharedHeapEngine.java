package io.github.huffhash.run;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.HeapWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.OrderedResults;
import io.github.huffhash.io.ResultSink;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.PoolHeap;
import io.github.huffhash.memory.Reservation;
import io.github.huffhash.memory.ThreadAllocator;
import java.io.IOException;

/**
 * The threads and pools modes: a thread takes a block, waits until the heap admits it, and works on
 * it there.
 *
 * <p>Threads are reused: there are as many as cores, and two at least. How many blocks are in the
 * heap at once is for the heap to say, in pools mode for the batch as well.
 */
final class SharedHeapEngine implements Engine {
    /** How many results may wait for a slower one. */
    static final int WINDOW = 1024;

    private final Mode mode;
    private final int threads;
    private final EngineSettings settings;

    /**
     * An engine.
     *
     * @param mode {@link Mode#THREADS} or {@link Mode#POOLS}
     * @param threads how many threads work
     */
    SharedHeapEngine(Mode mode, int threads, EngineSettings settings) {
        this.mode = mode;
        this.threads = threads;
        this.settings = settings;
    }

    /** As many threads as cores, and two at least. */
    static int defaultThreads() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        try (Heap heap = newHeap()) {
            return new Run<>(heap, source, work, sink).run();
        }
    }

    private Heap newHeap() {
        return mode == Mode.POOLS
                ? PoolHeap.create(settings.heapBytes(), settings.poolBytes(), settings.batchSize())
                : FirstFitHeap.ofThreads(settings.heapBytes());
    }

    private final class Run<R> {
        private final Heap heap;
        private final BlockSource source;
        private final BlockWork<R> work;
        private final OrderedResults<R> results;
        private final Crew crew;

        /** Held by the thread whose turn it is to read: blocks are admitted in order. */
        private final Object turn = new Object();

        /** Blocks and bytes read. Guarded by the turn. */
        private long blocks;

        private long bytes;

        private final InFlight inFlight = new InFlight();

        Run(Heap heap, BlockSource source, BlockWork<R> work, ResultSink<R> sink) {
            this.heap = heap;
            this.source = source;
            this.work = work;
            results = new OrderedResults<>(sink, WINDOW);
            crew = new Crew(mode.label(), threads, () -> new Member().run());
        }

        RunStatistics run() throws IOException {
            crew.hire();
            crew.await();
            return new RunStatistics(
                    bytes,
                    blocks,
                    threads,
                    heap.counters(),
                    heap.peakBytes(),
                    inFlight.phaseNanos());
        }

        /** One thread's part of the run. */
        private final class Member {
            private final ThreadAllocator allocator = heap.attach();
            private final PhaseClock clock = new PhaseClock(settings.timed());
            private final HeapWorker<R> worker =
                    work.newHeapWorker(heap.memory(), allocator, clock);
            private final byte[] buffer = new byte[work.blockBytes()];
            private final HeapDemand wholeBlock = work.demand(buffer.length);
            private long index;
            private int length;
            private Reservation reservation = () -> {};

            void run() throws IOException, InterruptedException {
                while (take()) {
                    crew.hire();
                    clock.start();
                    R result = work();
                    results.put(index, result);
                }
                inFlight.add(clock);
            }

            private R work() {
                try (var _ = reservation) {
                    long data = allocator.allocate(length);
                    heap.memory().write(data, buffer, length);
                    clock.lap(Phase.READ);
                    return worker.work(data, length);
                }
            }

            /** Reads the next block and has it admitted; false at the end of the input. */
            private boolean take() throws IOException, InterruptedException {
                synchronized (turn) {
                    clock.start();
                    length = source.read(buffer, buffer.length);
                    clock.lap(Phase.READ);
                    if (length == 0) {
                        return false;
                    }
                    index = blocks++;
                    bytes += length;
                    HeapDemand demand = length == buffer.length ? wholeBlock : work.demand(length);
                    reservation = allocator.reserve(demand, index);
                    return true;
                }
            }
        }
    }
}
