package io.github.huffhash.run;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.ArrayWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.OrderedResults;
import io.github.huffhash.io.ResultSink;
import io.github.huffhash.memory.Counters;
import java.io.IOException;
import java.util.Map;

/**
 * All cores, primitive arrays. Workers take turns to read a run of blocks, each into its own
 * buffer, so one reads while the others work and memory does not depend on the size of the input.
 */
final class FastEngine implements Engine {
    /**
     * Bytes a worker takes at a time: long enough to make taking turns cheap, short enough to share
     * a small file.
     */
    private static final int RUN_BYTES = 64 << 10;

    /** How many results per worker may wait for a slower one. */
    private static final int WINDOW_PER_WORKER = 16;

    private final EngineSettings settings;

    FastEngine(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        return new Run<>(source, work, sink).run();
    }

    private final class Run<R> {
        private final BlockSource source;
        private final BlockWork<R> work;
        private final OrderedResults<R> results;
        private final int runBytes;
        private final Crew crew = new Crew(Mode.FAST.label(), settings.workers(), this::work);

        /** Bytes read so far. Guarded by the source. */
        private long bytes;

        /** Blocks and runs read so far. Guarded by the source. */
        private long blocks;

        private long runs;

        /** Whether the input has ended. Guarded by the source. */
        private boolean ended;

        /** Summed over workers. Guarded by itself. */
        private final Map<Phase, Long> phaseNanos = PhaseClock.sums();

        Run(BlockSource source, BlockWork<R> work, ResultSink<R> sink) {
            this.source = source;
            this.work = work;
            this.results = new OrderedResults<>(sink, WINDOW_PER_WORKER * settings.workers());
            this.runBytes = Math.max(1, RUN_BYTES / work.blockBytes()) * work.blockBytes();
        }

        RunStatistics run() throws IOException {
            crew.hire();
            crew.await();
            return new RunStatistics(
                    bytes, blocks, settings.workers(), Counters.NONE, 0, phaseNanos);
        }

        private void work() throws IOException, InterruptedException {
            var clock = new PhaseClock(settings.timed());
            ArrayWorker<R> worker = work.newArrayWorker(clock);
            byte[] buffer = new byte[runBytes];
            while (true) {
                long index;
                int length;
                synchronized (source) {
                    clock.start();
                    length = ended ? 0 : source.read(buffer, runBytes);
                    clock.lap(Phase.READ);
                    ended = length == 0;
                    bytes += length;
                    blocks += Math.ceilDiv(length, work.blockBytes());
                    index = runs++;
                }
                if (length == 0) {
                    break;
                }
                if (length == runBytes) {
                    crew.hire();
                }
                results.put(index, worker.work(buffer, length));
            }
            synchronized (phaseNanos) {
                clock.addTo(phaseNanos);
            }
        }
    }
}
