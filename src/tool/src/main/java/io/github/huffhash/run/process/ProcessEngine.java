package io.github.huffhash.run.process;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.run.BlockSource;
import io.github.huffhash.run.BlockWork;
import io.github.huffhash.run.Engine;
import io.github.huffhash.run.EngineSettings;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ResultSink;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import io.github.huffhash.run.WorkerThreads;
import io.github.huffhash.tree.ReferenceTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Worker processes over one heap in shared memory. One thread of the parent reads blocks into slots
 * of the region, the workers claim them, the caller's thread takes the results in order and looks
 * after the workers.
 *
 * <p>When a worker dies, whatever it was doing, all workers are replaced: the heap it may have left
 * in the middle of a change begins again empty, and every block without a result is done again.
 */
public final class ProcessEngine implements Engine {
    /** Blocks of this many bytes together are in the region at once, or a few a worker. */
    private static final int SLOTS_BYTES = 256 << 10;

    private static final int MAX_SLOTS = 256;

    /** More than this nobody gets: the region's words are in its first two gigabytes. */
    private static final int MAX_SLOTS_BYTES = 1 << 30;

    /** Up to this many bytes a worker has four slots, so that it need not wait for a slower one. */
    private static final int MAX_AMPLE_SLOTS_BYTES = 8 << 20;

    /**
     * How often in a row workers may be replaced without a single block done in between; those that
     * die of nothing they did do not count.
     */
    private static final int MAX_VAIN_RESTARTS = 3;

    private static final long LONGEST_NAP_NANOS = 2_000_000;

    /** Exit codes after HUP, INT and TERM. */
    private static final Set<Integer> ASKED_TO_END = Set.of(128 + 1, 128 + 2, 128 + 15);

    private static final long SHUTDOWN_NANOS = 300_000_000;

    private final EngineSettings settings;
    private final Consumer<String> warnings;
    private final List<Path> directories;
    private final Path java;
    private final List<String> options;

    /**
     * An engine whose workers run this JVM's program and class path.
     *
     * @param warnings is told when workers had to be replaced
     */
    public ProcessEngine(EngineSettings settings, Consumer<String> warnings) {
        this(
                settings,
                warnings,
                RegionFile.directories(),
                WorkerTeam.ownJava(),
                WorkerTeam.ownOptions());
    }

    ProcessEngine(
            EngineSettings settings,
            Consumer<String> warnings,
            List<Path> directories,
            Path java,
            List<String> options) {
        this.settings = settings;
        this.warnings = warnings;
        this.directories = directories;
        this.java = java;
        this.options = options;
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        int blockBytes = work.blockBytes();
        long blocks = Math.ceilDiv(source.expected(), blockBytes);
        int workers = settings.workersFor(blocks);
        var layout =
                new RegionLayout(
                        workers,
                        settings.heapBytes(),
                        blockBytes,
                        work.codec().maxBytes(),
                        slots(workers, blockBytes, blocks));
        try (var file = RegionFile.create(directories, layout.bytes());
                Arena arena = Arena.ofShared()) {
            Region region = Region.create(RegionFile.map(file.path(), arena), layout);
            try (var team = new WorkerTeam(java, options, file.path(), work.kind(), workers)) {
                return new Run<>(region, team, source, work, sink).run();
            }
        } catch (InternalError e) {
            // what the JVM makes of mapped memory that is no longer there
            throw new IOException("the shared memory was cut short while it was in use", e);
        }
    }

    /**
     * How many blocks are in the region at once.
     *
     * @param blocks how many the input has, or 0 if that is not known
     */
    static int slots(int workers, int blockBytes, long blocks) {
        boolean ample = 4L * workers * blockBytes <= MAX_AMPLE_SLOTS_BYTES;
        int slots =
                Math.max((ample ? 4 : 2) * workers, Math.min(MAX_SLOTS, SLOTS_BYTES / blockBytes));
        int most = (int) Math.min(blocks == 0 ? slots : blocks, MAX_SLOTS_BYTES / blockBytes);
        return Math.min(slots, most);
    }

    private final class Run<R> {
        private final Region region;
        private final WorkerTeam team;
        private final BlockSource source;
        private final BlockWork<R> work;
        private final ResultSink<R> sink;

        /** Slots that hold no block. */
        private final Semaphore free;

        private final WorkerThreads reader =
                new WorkerThreads(Mode.PROCESSES.label(), 1, this::read);

        /** Written by the reader. */
        private volatile long published;

        /** Written by the reader, once the input has ended and the last block is published. */
        private volatile boolean ended;

        private long next;
        private long bytes;
        private int vainRestarts;
        private long nextAtRestart;
        private long peakBytes;
        private final WorkerStatistics[] workers;

        Run(
                Region region,
                WorkerTeam team,
                BlockSource source,
                BlockWork<R> work,
                ResultSink<R> sink) {
            this.region = region;
            this.team = team;
            this.source = source;
            this.work = work;
            this.sink = sink;
            free = new Semaphore(region.layout().slots());
            workers = new WorkerStatistics[region.layout().workers()];
            Arrays.fill(workers, WorkerStatistics.NONE);
        }

        RunStatistics run() throws IOException {
            try (reader) {
                team.start();
                reader.start();
                collect();
            }
            reader.await();
            noteUse();
            return new RunStatistics(
                    bytes,
                    next,
                    workers.length,
                    heapCounters(),
                    peakBytes,
                    Map.of(),
                    List.of(workers));
        }

        private void read() throws IOException, InterruptedException {
            byte[] buffer = new byte[work.blockBytes()];
            HeapDemand wholeBlock = ReferenceTree.demand(buffer.length);
            FirstFitAllocator heap = region.heap();
            for (long block = 0; ; block++) {
                free.acquire();
                int length = source.read(buffer, buffer.length);
                if (length == 0) {
                    break;
                }
                HeapDemand demand =
                        length == buffer.length ? wholeBlock : ReferenceTree.demand(length);
                demand.checkFits(heap);
                region.publish(block, buffer, length);
                published = block + 1;
            }
            ended = true;
        }

        private void collect() throws IOException {
            var backoff = new Backoff(LONGEST_NAP_NANOS);
            while (!(ended && next == published) && !reader.hasFailed()) {
                if (next < published && region.isDone(next)) {
                    take();
                    backoff.reset();
                } else {
                    Optional<WorkerTeam.Death> death = team.death();
                    if (death.isPresent()) {
                        replaceWorkers(death.get());
                    }
                    backoff.pause();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedIOException("interrupted");
                }
            }
        }

        private void take() throws IOException {
            Region.Cost cost = region.cost(next);
            R result = work.codec().read(region.result(next));
            bytes += region.length(next);
            int worker = cost.worker();
            workers[worker] =
                    workers[worker].plusBlock(
                            cost.acquisitions(), cost.contended(), cost.waitNanos());
            next++;
            free.release();
            sink.accept(result);
        }

        private void replaceWorkers(WorkerTeam.Death death) throws IOException {
            if (ASKED_TO_END.contains(death.exitCode())) {
                // probably the whole group of processes was, and this one is about to end
                LockSupport.parkNanos(SHUTDOWN_NANOS);
            }
            noteUse();
            team.close();
            String who = "worker %d (process %d)".formatted(death.worker() + 1, death.pid());
            Channel channel = region.channel(death.worker());
            if (channel.state() == Channel.State.FAILED) {
                throw new IOException(who + " failed: " + channel.message());
            }
            if (death.exitCode() == WorkerMain.FAILED) {
                throw new IOException(who + " could not start");
            }
            if (!wasIdle(death.worker())) {
                vainRestarts = next == nextAtRestart ? vainRestarts + 1 : 1;
                nextAtRestart = next;
            }
            if (vainRestarts > MAX_VAIN_RESTARTS) {
                throw new IOException(
                        "workers keep dying, the last with exit code "
                                + death.exitCode()
                                + ": gave up");
            }
            warnings.accept(
                    who + " died (exit code " + death.exitCode() + "); its work is done again");
            region.restart(next);
            team.start();
        }

        /**
         * Whether a worker had started well and found nothing to do. Its death says nothing about
         * the work, and there is a whole start of a JVM between two of them: replacing such workers
         * for ever is not a busy loop.
         */
        private boolean wasIdle(int worker) {
            return next == published && region.channel(worker).state() == Channel.State.IDLE;
        }

        /** What would be forgotten with the workers and their heap. */
        private void noteUse() {
            peakBytes = Math.max(peakBytes, region.heap().peakBytes());
            for (int worker = 0; worker < workers.length; worker++) {
                workers[worker] = workers[worker].plusCpu(team.cpuNanos(worker));
            }
        }

        private Counters heapCounters() {
            Counters sum = Counters.NONE;
            for (WorkerStatistics worker : workers) {
                sum = sum.plus(worker.counters());
            }
            return sum;
        }
    }
}
