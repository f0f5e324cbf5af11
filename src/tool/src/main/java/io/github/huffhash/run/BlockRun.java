package io.github.huffhash.run;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.commons.io.function.IOConsumer;

/**
 * Threads over the blocks of an input. They take turns at reading; the thread that has read a piece
 * waits, still in its turn, until the piece is admitted, then works on it while another reads. The
 * results go to the sink in order. Memory does not depend on the size of the input.
 *
 * @param <R> the results
 */
final class BlockRun<R> {
    /** How many results a thread may be ahead of the slowest, and how many bytes. */
    private static final int WINDOW_PER_THREAD = 16;

    private static final int WINDOW_BYTES = 1 << 20;

    /**
     * What one thread does with pieces.
     *
     * @param <R> the results
     */
    interface Worker<R> {
        /**
         * Waits until a piece may be worked on. Called in the order of the input, by one thread at
         * a time.
         *
         * @param index number of the piece, from 0
         * @param length its bytes
         */
        default void admit(long index, int length) throws InterruptedException {}

        /** Works on the piece admitted last: the first {@code length} of {@code bytes}. */
        R work(byte[] bytes, int length) throws InterruptedException;

        /** What its allocator did. */
        default Counters counters() {
            return Counters.NONE;
        }
    }

    private final ThreadRun run;
    private final int pieceBytes;
    private final int blockBytes;
    private final Function<PhaseClock, Worker<R>> newWorker;
    private final BlockSource source;
    private final OrderedResults<R> results;
    private final WorkerThreads workers;

    /** Held to read, and to wait for admission. */
    private final Object turn = new Object();

    /** Bytes, blocks and pieces read. Guarded by the turn, as is the next. */
    private long bytes;

    private long blocks;
    private long pieces;

    /** Whether the input has ended: it is not asked again. */
    private boolean inputEnded;

    /** Summed over threads that have ended. Guarded by the next, as it is itself. */
    private final Map<Phase, Long> phaseNanos = new EnumMap<>(Phase.class);

    private final List<WorkerStatistics> ended = new ArrayList<>();

    /**
     * A run.
     *
     * @param run says how many threads there may be; one is the caller
     * @param pieceBytes how many bytes a thread takes at a time
     * @param blockBytes bytes of a block, of which a piece has one or more
     * @param newWorker is called by each thread for itself
     */
    BlockRun(
            ThreadRun run,
            int pieceBytes,
            int blockBytes,
            Function<PhaseClock, Worker<R>> newWorker,
            BlockSource source,
            IOConsumer<R> sink) {
        this.run = run;
        this.pieceBytes = pieceBytes;
        this.blockBytes = blockBytes;
        this.newWorker = newWorker;
        this.source = source;
        int window =
                Math.clamp(
                        1L * WINDOW_PER_THREAD * run.threads(),
                        WINDOW_BYTES / pieceBytes,
                        Integer.MAX_VALUE);
        results = new OrderedResults<>(sink, window);
        workers = new WorkerThreads(run.mode().label(), run.threads(), this::work);
    }

    /**
     * Runs to the end of the input. The first failure of reading, working or the sink stops the run
     * and is thrown; no thread is left then.
     */
    RunStatistics run() throws IOException {
        if (run.threads() == 1 || !workers.start()) {
            workAlone();
        }
        for (int i = 1; run.startsAll() && i < run.threads(); i++) {
            workers.start();
        }
        workers.await();
        if (run.isUnbounded()) {
            ended.removeIf(thread -> thread.blocks() == 0); // the one that has found the end
        }
        int threads = run.isUnbounded() ? ended.size() : run.threads();
        return new RunStatistics(
                bytes,
                blocks,
                threads,
                Counters.NONE,
                0,
                OptionalDouble.empty(),
                phaseNanos,
                ended,
                0,
                List.of());
    }

    private void workAlone() throws IOException {
        try {
            work();
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private void work() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long cpuBefore = cpuNanos();
        var clock = new PhaseClock(run.settings().timed());
        Worker<R> worker = newWorker.apply(clock);
        byte[] buffer = new byte[pieceBytes];
        long done = 0;
        boolean goesOn = true;
        while (goesOn) {
            long index;
            int length;
            clock.start();
            synchronized (turn) {
                clock.setBlock(blocks);
                lapWait(clock);
                length = read(buffer, clock);
                if (length == 0) {
                    break;
                }
                index = pieces++;
                clock.start();
                worker.admit(index, length);
                lapWait(clock);
            }
            done += Math.ceilDiv(length, blockBytes);
            if (length == pieceBytes && run.threads() > 1 && !run.startsAll()) {
                // there may be more to do
                goesOn = !workers.startAnother() || !run.isUnbounded();
            }
            R result = worker.work(buffer, length);
            clock.start();
            results.put(index, result);
            lapWait(clock);
        }
        long lifetime = System.nanoTime() - start;
        LockUse lock = worker.counters().lock();
        long queued = clock.nanos(Phase.WAIT);
        // Processor time that went into reading and into looking at the lock counts twice: a
        // thread was without a core for at least this long.
        long used = lock.waitNanos() + queued + clock.nanos(Phase.READ) + cpuNanos() - cpuBefore;
        long withoutCore = run.settings().timed() ? Math.max(0, lifetime - used) : 0;
        synchronized (ended) {
            clock.addTo(phaseNanos);
            ended.add(new WorkerStatistics(done, lock, queued, withoutCore, lifetime, 0));
        }
    }

    /** One thread waits for no other. */
    private void lapWait(PhaseClock clock) {
        if (run.threads() > 1) {
            clock.lap(Phase.WAIT);
        }
    }

    /** Processor time of this thread so far; 0 where it is not asked for, as that loads classes. */
    private long cpuNanos() {
        return run.settings().timed()
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : 0;
    }

    private int read(byte[] buffer, PhaseClock clock) throws IOException {
        if (inputEnded) {
            return 0;
        }
        clock.start();
        int length = source.read(buffer, pieceBytes);
        clock.lap(Phase.READ);
        inputEnded = length == 0;
        bytes += length;
        blocks += Math.ceilDiv(length, blockBytes);
        return length;
    }
}
