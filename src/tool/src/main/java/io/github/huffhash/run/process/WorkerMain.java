package io.github.huffhash.run.process;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.LockedAllocator;
import io.github.huffhash.run.BlockWork;
import io.github.huffhash.run.PhaseClock;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.tree.ReferenceTree;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A worker process: claims blocks in a shared region and works on them in its heap, until it is
 * killed or its standard input ends. Arguments: the region's file, the worker's number, the {@link
 * BlockWork.Kind}.
 */
public final class WorkerMain {
    /** Exit code of a worker that could not go on, and has said why. */
    static final int FAILED = 1;

    private static final long LONGEST_NAP_NANOS = 10_000_000;

    /** How long after its region a parent may end. */
    private static final long PARENT_END_NANOS = 1_000_000_000;

    private WorkerMain() {}

    /** The process. */
    public static void main(String[] args) {
        run(args, Region::lock);
    }

    /**
     * Works until the process ends.
     *
     * @param lockOf gives the lock of the region's heap
     */
    static void run(String[] args, Function<Region, HeapLock> lockOf) {
        Path path = Path.of(args[0]);
        int worker = Integer.parseInt(args[1]);
        var kind = BlockWork.Kind.valueOf(args[2]);
        OwnJvm.endWithParent();
        try (Arena arena = Arena.ofShared()) {
            Region region = Region.attach(RegionFile.map(path, arena), path.toString());
            try {
                work(region, lockOf.apply(region), worker, kind);
            } catch (RuntimeException | Error e) {
                region.channel(worker).failed(reason(e));
            }
        } catch (IOException e) {
            // if the parent has ended, and its region with it, the watch ends this process first
            LockSupport.parkNanos(PARENT_END_NANOS);
            System.err.println("huffhash: worker " + worker + ": " + reason(e, path));
        } catch (InternalError _) {
            // the region was cut short, there is no channel left to say so: the parent will notice
        }
        Runtime.getRuntime().halt(FAILED);
    }

    /** What was thrown is a surprise: its class says as much as its message, if it has one. */
    static String reason(Throwable e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    private static String reason(IOException e, Path path) {
        return e instanceof FileSystemException
                ? path + ": " + FileFailure.reason(e)
                : FileFailure.reason(e);
    }

    private static void work(Region region, HeapLock lock, int worker, BlockWork.Kind kind) {
        BlockWork<?> work =
                kind.create(region.layout().blockBytes(), ProcessHandle.current().pid());
        new Loop<>(region, worker, work, lock).run();
    }

    private static final class Loop<R> {
        private final Region region;
        private final int worker;
        private final BlockWork<R> work;
        private final FirstFitAllocator list;
        private final LockedAllocator allocator;
        private final byte[] bytes;
        private final Backoff backoff = new Backoff(LONGEST_NAP_NANOS);
        private final PhaseClock clock;
        private Counters before = Counters.NONE;

        /** The block that was claimed last, or −1. */
        private long claimed;

        Loop(Region region, int worker, BlockWork<R> work, HeapLock lock) {
            this.region = region;
            this.worker = worker;
            this.work = work;
            clock = new PhaseClock(region.isTimed());
            list = region.heap();
            allocator = FirstFitHeap.attach(list, lock, worker + 1);
            bytes = new byte[region.layout().blockBytes()];
        }

        void run() {
            var tree = new ReferenceTree(region.heapMemory(), allocator);
            BlockWork.Worker<R> blockWorker = work.newWorker(tree, clock);
            Channel channel = region.channel(worker);
            channel.set(Channel.State.IDLE);
            while (true) {
                long waitNanos = awaitNanos(() -> claim(channel));
                if (region.isReady(claimed)) {
                    channel.set(Channel.State.WORKING);
                    workOn(waitNanos, blockWorker);
                }
            }
        }

        private boolean claim(Channel channel) {
            claimed = region.claim();
            if (claimed < 0) {
                channel.set(Channel.State.IDLE);
            }
            return claimed >= 0;
        }

        private void workOn(long waitNanos, BlockWork.Worker<R> blockWorker) {
            int length = region.read(claimed, bytes);
            HeapDemand demand = ReferenceTree.demand(length);
            long queued = waitNanos + awaitNanos(() -> allocator.admit(demand));
            work.write(blockWorker.work(bytes, length), region.result(claimed));
            region.done(claimed, cost(queued));
        }

        /** Waits until a step succeeds; returns for how long, 0 if it does at once. */
        private long awaitNanos(BooleanSupplier step) {
            if (step.getAsBoolean()) {
                return 0;
            }
            long start = System.nanoTime();
            do {
                backoff.pause();
            } while (!step.getAsBoolean());
            backoff.reset();
            return System.nanoTime() - start;
        }

        /** What allocator and clock have counted since the last block. */
        private Region.Cost cost(long queued) {
            Counters now = allocator.counters().withSteps(list.stepsWalked());
            Counters added = now.minus(before);
            before = now;
            Map<Phase, Long> phases = clock.take();
            phases.merge(Phase.WAIT, queued, Long::sum);
            return new Region.Cost(worker, added.lock(), added.stepsWalked(), phases);
        }
    }
}
