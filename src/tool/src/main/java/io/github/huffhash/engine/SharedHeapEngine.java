package io.github.huffhash.engine;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.HeapWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.heap.HeapDemand;
import io.github.huffhash.heap.HeapStatistics;
import io.github.huffhash.heap.LockedAllocator;
import io.github.huffhash.heap.PoolAllocator;
import io.github.huffhash.heap.SharedAllocator;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.OrderedResults;
import io.github.huffhash.io.ResultSink;
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
        long poolsBytes = mode == Mode.POOLS ? settings.poolsBytes() : 0;
        var space = new HeapSpace(settings.heapBytes(), poolsBytes);
        return new Run<>(space, source, work, sink).run();
    }

    private final class Run<R> {
        private final HeapSpace space;
        private final BlockSource source;
        private final BlockWork<R> work;
        private final OrderedResults<R> results;
        private final Crew crew;

        /** Blocks in a batch: the next batch begins when all of them are done. */
        private final int batch;

        /**
         * Held by the thread whose turn it is to read and to wait for the heap: blocks are admitted
         * in order. A thread that finds that a batch cannot begin yet waits for the end of another
         * one's turn: that of the last thread at work on the batch before, which begins it itself.
         */
        private final Object turn = new Object();

        /** Blocks and bytes read. Guarded by the turn. */
        private long blocks;

        private long bytes;

        private final InFlight inFlight = new InFlight();

        Run(HeapSpace space, BlockSource source, BlockWork<R> work, ResultSink<R> sink) {
            this.space = space;
            this.source = source;
            this.work = work;
            results = new OrderedResults<>(sink, WINDOW);
            batch = settings.batchSize();
            crew = new Crew(mode.label(), threads, () -> new Member().run());
        }

        RunStatistics run() throws IOException {
            crew.hire();
            crew.await();
            long pools = mode == Mode.POOLS ? Math.min(batch, blocks) : 0;
            HeapStatistics total =
                    inFlight.heapStatistics()
                            .plus(space.heap().statistics())
                            .plusPeak(pools * settings.poolBytes());
            return new RunStatistics(bytes, blocks, threads, total, inFlight.phaseNanos());
        }

        private SharedAllocator newAllocator() {
            var locked =
                    new LockedAllocator(
                            space.heap(), space.lock(), Thread.currentThread().threadId());
            return mode == Mode.POOLS
                    ? new PoolAllocator(locked, settings.poolBytes(), settings.batchSize())
                    : locked;
        }

        /** One thread's part of the run. */
        private final class Member {
            private final SharedAllocator allocator = newAllocator();
            private final PhaseClock clock = new PhaseClock(settings.timed());
            private final HeapWorker<R> worker =
                    work.newHeapWorker(space.memory(), allocator, clock);
            private final byte[] buffer = new byte[work.blockBytes()];
            private final HeapDemand wholeBlock = allocator.shareOf(work.demand(buffer.length));
            private long index;
            private int length;

            void run() throws IOException, InterruptedException {
                while (take()) {
                    crew.hire();
                    clock.start();
                    long data = allocator.allocateBlock(length);
                    space.memory().write(data, buffer, length);
                    clock.lap(Phase.READ);
                    R result = worker.work(data, length);
                    inFlight.end();
                    results.put(index, result);
                }
                inFlight.add(allocator.statistics(), clock);
            }

            /** Reads the next block and has it admitted; false at the end of the input. */
            private boolean take() throws IOException, InterruptedException {
                synchronized (turn) {
                    while (mode == Mode.POOLS && blocks % batch == 0 && !inFlight.isEmpty()) {
                        turn.wait();
                    }
                    clock.start();
                    length = source.read(buffer, buffer.length);
                    clock.lap(Phase.READ);
                    turn.notifyAll();
                    if (length == 0) {
                        return false;
                    }
                    index = blocks++;
                    bytes += length;
                    HeapDemand share =
                            length == buffer.length
                                    ? wholeBlock
                                    : allocator.shareOf(work.demand(length));
                    share.checkFits(space.heap(), length);
                    int place = (int) (index % batch);
                    inFlight.begin(_ -> allocator.admit(share, place));
                    return true;
                }
            }
        }
    }
}
