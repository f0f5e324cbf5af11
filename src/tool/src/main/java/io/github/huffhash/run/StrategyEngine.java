package io.github.huffhash.run;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.HeapWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.OrderedResults;
import io.github.huffhash.io.ResultSink;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapFullException;
import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.memory.strategy.BlockAllocator;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The single and threads modes over a heap that is shared by any strategy.
 *
 * <p>Only first fit can promise a block its room before it begins. Here a block just begins, unless
 * as many are under way as could fill the heap. Should it find no room, it gives back what it has
 * and is done once all others have ended, alone in a heap from which nobody keeps anything: a full
 * heap makes it late and nothing else.
 */
final class StrategyEngine implements Engine {
    private final Mode mode;
    private final int threads;
    private final EngineSettings settings;

    /**
     * An engine.
     *
     * @param mode for the names of the threads
     * @param threads how many there are
     */
    StrategyEngine(Mode mode, int threads, EngineSettings settings) {
        this.mode = mode;
        this.threads = threads;
        this.settings = settings;
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        try (var space = settings.allocator().open(settings.heapBytes())) {
            return new Run<>(space, source, work, sink).run();
        }
    }

    private final class Run<R> {
        private final Heap space;
        private final BlockSource source;
        private final BlockWork<R> work;
        private final OrderedResults<R> results;
        private final Crew crew;

        /** Held to read, and to be alone in the heap: nobody else begins meanwhile. */
        private final ReentrantLock turn = new ReentrantLock();

        /** Blocks and bytes read. Guarded by the turn. */
        private long blocks;

        private long bytes;

        private final InFlight inFlight = new InFlight();

        Run(Heap space, BlockSource source, BlockWork<R> work, ResultSink<R> sink) {
            this.space = space;
            this.source = source;
            this.work = work;
            results = new OrderedResults<>(sink, SharedHeapEngine.WINDOW);
            crew = new Crew(mode.label(), threads, () -> new Member().run());
        }

        RunStatistics run() throws IOException {
            crew.hire();
            crew.await();
            return new RunStatistics(
                    bytes,
                    blocks,
                    threads,
                    space.counters(),
                    space.peakBytes(),
                    inFlight.phaseNanos());
        }

        /** One thread's part of the run. */
        private final class Member {
            private final PhaseClock clock = new PhaseClock(settings.timed());
            private final Worker<R> worker = new Worker<>(space, work, clock);
            private final byte[] buffer = new byte[work.blockBytes()];
            private long index;
            private int length;

            void run() throws IOException, InterruptedException {
                while (take()) {
                    crew.hire();
                    Optional<R> result = worker.work(buffer, length);
                    inFlight.end();
                    results.put(index, result.isPresent() ? result.get() : workAlone());
                }
                inFlight.add(clock);
            }

            /** Reads the next block; false at the end of the input. */
            private boolean take() throws IOException, InterruptedException {
                turn.lockInterruptibly();
                try {
                    clock.start();
                    length = source.read(buffer, buffer.length);
                    clock.lap(Phase.READ);
                    if (length == 0) {
                        return false;
                    }
                    index = blocks++;
                    bytes += length;
                    long most = settings.heapBytes() / work.demand(length).footprint();
                    inFlight.begin(others -> others < Math.max(1, most));
                    return true;
                } finally {
                    turn.unlock();
                }
            }

            private R workAlone() throws InterruptedException {
                turn.lockInterruptibly();
                try {
                    inFlight.await(others -> others == 0);
                    space.recycle();
                    return worker.work(buffer, length).orElseThrow(this::tooSmall);
                } finally {
                    turn.unlock();
                }
            }

            private HeapTooSmallException tooSmall() {
                return new HeapTooSmallException(
                        "one block of " + length + " bytes",
                        roomFor(buffer, length),
                        settings.heapBytes());
            }
        }

        /** The power of two that is a heap large enough for this block. */
        private long roomFor(byte[] buffer, int length) {
            Strategy strategy = settings.allocator();
            long heapBytes = settings.heapBytes();
            while (true) {
                heapBytes = Long.highestOneBit(heapBytes) * 2;
                try (var larger = strategy.open(heapBytes)) {
                    if (new Worker<>(larger, work, new PhaseClock(false))
                            .work(buffer, length)
                            .isPresent()) {
                        return heapBytes;
                    }
                }
            }
        }
    }

    /** Works on blocks one after another, as far as there is room. */
    private static final class Worker<R> {
        private final Heap space;
        private final BlockWork<R> work;
        private final PhaseClock clock;
        private final BlockAllocator allocator;
        private HeapWorker<R> heapWorker;

        Worker(Heap space, BlockWork<R> work, PhaseClock clock) {
            this.space = space;
            this.work = work;
            this.clock = clock;
            allocator = new BlockAllocator(space.attach());
            heapWorker = work.newHeapWorker(space.memory(), allocator, clock);
        }

        /** The result, or nothing if there was no room. */
        Optional<R> work(byte[] bytes, int length) {
            try {
                clock.start();
                long data = allocator.allocate(length);
                space.memory().write(data, bytes, length);
                clock.lap(Phase.READ);
                return Optional.of(heapWorker.work(data, length));
            } catch (HeapFullException _) {
                // one that was stopped halfway cannot be asked again
                heapWorker = work.newHeapWorker(space.memory(), allocator, clock);
                return Optional.empty();
            }
        }
    }
}
