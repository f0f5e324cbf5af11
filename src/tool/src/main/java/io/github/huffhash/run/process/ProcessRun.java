package io.github.huffhash.run.process;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.run.BlockWork;
import io.github.huffhash.run.LockSampler;
import io.github.huffhash.run.Run;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.RunStatistics;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.commons.io.function.IOConsumer;

/**
 * Worker processes over one heap in shared memory. One thread of the parent reads blocks into slots
 * of the region, the workers claim them, the caller's thread takes the results in order and looks
 * after the workers.
 *
 * <p>When a worker dies, whatever it was doing, all workers are replaced: the heap it may have left
 * in the middle of a change begins again empty, and every block without a result is done again.
 *
 * @param warnings is told when workers had to be replaced
 * @param directories where the region may be, see {@link RegionFile#create}
 * @param command starts a worker, given how many bytes of input are expected, or 0; the worker's
 *     arguments follow it
 */
public record ProcessRun(
        RunSettings settings,
        Consumer<String> warnings,
        List<Path> directories,
        LongFunction<List<String>> command)
        implements Run {
    /** Blocks of this many bytes together are in the region at once, or a few a worker. */
    private static final int SLOTS_BYTES = 256 << 10;

    private static final int MAX_SLOTS = 256;

    /** The most bytes of blocks: the region's words are in its first two gigabytes. */
    private static final int MAX_SLOTS_BYTES = 1 << 30;

    /** Up to this many bytes a worker has four slots, so that it need not wait for a slower one. */
    private static final int MAX_AMPLE_SLOTS_BYTES = 8 << 20;

    /** A run whose workers run this JVM's program and class path. */
    public ProcessRun(RunSettings settings, Consumer<String> warnings) {
        this(settings, warnings, RegionFile.directories(), WorkerTeam::command);
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, IOConsumer<R> sink)
            throws IOException {
        int blockBytes = work.blockBytes();
        long blocks = Math.ceilDiv(source.expected(), blockBytes);
        int workers = settings.workersFor(blocks);
        var layout =
                new RegionLayout(
                        workers,
                        settings.heapBytes(),
                        blockBytes,
                        work.maxResultBytes(),
                        slots(workers, blockBytes, blocks));
        try (var file = RegionFile.create(directories, layout.bytes(), false);
                Arena arena = Arena.ofShared()) {
            Region region = Region.create(file.map(arena), layout);
            if (settings.timed()) {
                region.time();
            }
            List<HeapLock> sampled = settings.timed() ? List.of(region.lock()) : List.of();
            try (var team =
                            new WorkerTeam(
                                    command.apply(source.expected()),
                                    file.path(),
                                    work.kind(),
                                    workers);
                    var sampler = new LockSampler(sampled, region.heap()::liveBytes)) {
                return new RunSupervisor<>(region, team, source, work, sink, warnings).run(sampler);
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
}
