package io.github.huffhash.run.process;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.recording.Recording;
import io.github.huffhash.run.BlockWork;
import io.github.huffhash.run.LockSampler;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import io.github.huffhash.run.WorkerThreads;
import io.github.huffhash.tree.ReferenceTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.io.function.IOConsumer;

/**
 * One run over a region: a thread reads blocks into slots, the caller's thread takes the results in
 * order and replaces workers that die.
 *
 * @param <R> the results
 */
final class RunSupervisor<R> {
    /**
     * How often in a row workers may be replaced without a single block done in between; deaths of
     * idle workers do not count.
     */
    private static final int MAX_VAIN_RESTARTS = 3;

    private static final long LONGEST_NAP_NANOS = 2_000_000;

    /** The run waits for so long for a block before it says that a worker is stopped. */
    private static final long STOPPED_NANOS = 5_000_000_000L;

    /** Exit codes after HUP, INT and TERM. */
    private static final Set<Integer> ASKED_TO_END = Set.of(128 + 1, 128 + 2, 128 + 15);

    private static final long SHUTDOWN_NANOS = 300_000_000;

    private final Region region;
    private final WorkerTeam team;
    private final BlockSource source;
    private final BlockWork<R> work;
    private final IOConsumer<R> sink;
    private final Consumer<String> warnings;

    /** Slots that hold no block. */
    private final Semaphore free;

    private final WorkerThreads reader = new WorkerThreads(Mode.PROCESSES.label(), 1, this::read);

    /** Written by the reader. */
    private volatile long published;

    /** Written by the reader, once the input has ended and the last block is published. */
    private volatile boolean ended;

    private long next;
    private long bytes;
    private int vainRestarts;
    private long nextAtRestart;
    private long peakBytes;
    private long steps;
    private final Map<Phase, Long> phaseNanos = new EnumMap<>(Phase.class);
    private final long startedAt = System.nanoTime();

    /** When each worker was ready for the first time, or 0, and how many have been. */
    private final long[] readyAt;

    private int ready;

    private final WorkerStatistics[] workers;

    /**
     * A run whose workers are not yet started.
     *
     * @param warnings is told when workers had to be replaced
     */
    RunSupervisor(
            Region region,
            WorkerTeam team,
            BlockSource source,
            BlockWork<R> work,
            IOConsumer<R> sink,
            Consumer<String> warnings) {
        this.region = region;
        this.team = team;
        this.source = source;
        this.work = work;
        this.sink = sink;
        this.warnings = warnings;
        free = new Semaphore(region.layout().slots());
        workers = new WorkerStatistics[region.layout().workers()];
        readyAt = new long[workers.length];
        Arrays.fill(workers, WorkerStatistics.NONE);
    }

    /**
     * Runs to the end of the input; no worker is left then.
     *
     * @param sampler looks at lock and heap meanwhile
     */
    RunStatistics run(LockSampler sampler) throws IOException {
        try (reader) {
            team.start().ifPresent(warnings);
            if (!reader.start()) {
                throw new IOException("cannot start a thread");
            }
            collect();
        }
        reader.await();
        noteUse();
        long end = System.nanoTime();
        List<WorkerStatistics> perWorker =
                IntStream.range(0, workers.length)
                        .filter(worker -> team.has(worker) || workers[worker].blocks() > 0)
                        .mapToObj(worker ->
                                workers[worker].plusTime(
                                        readyAt[worker] == 0 ? 0 : end - readyAt[worker], 0))
                        .toList();
        return new RunStatistics(
                bytes,
                next,
                perWorker.size(),
                heapCounters(),
                peakBytes,
                sampler.heldShare(),
                phaseNanos,
                perWorker,
                (ready == 0 ? end : Arrays.stream(readyAt).max().orElseThrow()) - startedAt,
                sampler.heapUse());
    }

    /** Notes which workers have attached for the first time. */
    private void noteReady() {
        if (ready == team.size()) {
            return;
        }
        for (int worker = 0; worker < workers.length; worker++) {
            if (readyAt[worker] == 0
                    && team.has(worker)
                    && region.channel(worker).state() != Channel.State.STARTING) {
                readyAt[worker] = System.nanoTime();
                ready++;
            }
        }
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
            HeapDemand demand = length == buffer.length ? wholeBlock : ReferenceTree.demand(length);
            demand.checkFits(heap);
            region.publish(block, buffer, length);
            published = block + 1;
        }
        ended = true;
    }

    private void collect() throws IOException {
        var backoff = new Backoff(LONGEST_NAP_NANOS);
        long waitsSince = System.nanoTime();
        boolean warned = false;
        while (!(ended && next == published) && !reader.hasFailed()) {
            boolean waits = next < published;
            if (waits && region.isDone(next)) {
                take();
                backoff.reset();
                waits = false;
            } else {
                Optional<WorkerTeam.WorkerExit> exit = team.exited();
                if (exit.isPresent()) {
                    replaceWorkers(exit.get());
                }
                backoff.pause();
            }
            noteReady();
            long now = System.nanoTime();
            if (!waits) {
                waitsSince = now;
                warned = false;
            } else if (!warned && now - waitsSince >= STOPPED_NANOS) {
                warned = warnIfStopped();
            }
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /** Says that the run waits for a stopped worker; returns whether it has said so. */
    private boolean warnIfStopped() {
        Optional<Long> pid = team.stopped();
        pid.ifPresent(stopped ->
                warnings.accept(
                        "waiting for a stopped worker; kill -CONT " + stopped + " lets it go on"));
        return pid.isPresent();
    }

    private void take() throws IOException {
        Region.Cost cost = region.cost(next);
        R result = work.read(region.result(next));
        bytes += region.length(next);
        int worker = cost.worker();
        long queued = cost.phaseNanos().getOrDefault(Phase.WAIT, 0L);
        workers[worker] = workers[worker].plusBlock(cost.lock(), queued);
        if (region.isTimed()) {
            cost.phaseNanos().forEach((phase, nanos) -> phaseNanos.merge(phase, nanos, Long::sum));
        }
        steps += cost.steps();
        next++;
        free.release();
        sink.accept(result);
    }

    private void replaceWorkers(WorkerTeam.WorkerExit exit) throws IOException {
        if (ASKED_TO_END.contains(exit.exitCode())) {
            // probably the whole group of processes was, and this one is about to end
            LockSupport.parkNanos(SHUTDOWN_NANOS);
        }
        String worker = "worker %d (process %d)".formatted(exit.worker() + 1, exit.pid());
        Channel channel = region.channel(exit.worker());
        boolean neverStarted =
                channel.state() == Channel.State.STARTING && exit.exitCode() == WorkerMain.FAILED;
        if (neverStarted && team.size() > 1) {
            warnings.accept(worker + " could not start; the others do its work");
            team.drop(exit.worker());
            return;
        }
        noteUse();
        team.close();
        if (neverStarted) {
            throw new IOException(worker + " could not start");
        }
        if (channel.state() == Channel.State.FAILED) {
            throw new IOException(worker + " failed: " + channel.message());
        }
        if (!wasIdle(exit.worker())) {
            vainRestarts = next == nextAtRestart ? vainRestarts + 1 : 1;
            nextAtRestart = next;
        }
        if (vainRestarts > MAX_VAIN_RESTARTS) {
            throw new IOException(
                    "workers keep dying, the last with exit code " + exit.exitCode() + ": gave up");
        }
        Recording.workerDied(worker, exit.exitCode());
        warnings.accept(
                worker + " died (exit code " + exit.exitCode() + "); its work is done again");
        region.restart(next);
        team.start().ifPresent(warnings);
    }

    /**
     * Whether a worker had started well and found nothing to do. Its death says nothing about the
     * work, and there is a whole start of a JVM between two of them: replacing such workers for
     * ever is not a busy loop.
     */
    private boolean wasIdle(int worker) {
        return next == published && region.channel(worker).state() == Channel.State.IDLE;
    }

    /** What would be forgotten with the workers and their heap. */
    private void noteUse() {
        peakBytes = Math.max(peakBytes, region.heap().peakBytes());
        for (int worker = 0; worker < workers.length; worker++) {
            workers[worker] = workers[worker].plusTime(0, team.cpuNanos(worker));
        }
    }

    /** One half of the acquisitions was for frees. */
    private Counters heapCounters() {
        LockUse sum =
                Arrays.stream(workers)
                        .map(WorkerStatistics::lock)
                        .reduce(LockUse.NONE, LockUse::plus);
        long requests = sum.acquisitions() / 2;
        return new Counters(requests, 0, requests, sum, 0, 0, 0, 0, 0, steps);
    }
}
