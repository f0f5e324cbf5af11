package io.github.huffhash.run;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapFullException;
import io.github.huffhash.memory.HeapTooSmallException;
import io.github.huffhash.memory.Reservation;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.tree.ReferenceTree;
import java.util.function.LongFunction;

/**
 * Works on blocks in a simulated heap: each is admitted, done, and its reservation closed. A block
 * that finds no room is done again when it has the heap alone: a full heap makes it late, and
 * nothing else.
 *
 * @param <R> the results
 */
final class HeapWorker<R> implements BlockRun.Worker<R> {
    private final BlockWork<R> work;
    private final LongFunction<Heap> heapOfBytes;
    private final ThreadAllocator allocator;
    private final BlockWork.Worker<R> worker;
    private final PhaseClock clock;
    private final HeapDemand wholeBlock;
    private final long heapBytes;
    private Reservation reservation = () -> {};

    /**
     * A worker for the calling thread.
     *
     * @param heapOfBytes makes another heap of the same kind, to find out how large it has to be
     */
    HeapWorker(Heap heap, BlockWork<R> work, PhaseClock clock, LongFunction<Heap> heapOfBytes) {
        this.work = work;
        this.heapOfBytes = heapOfBytes;
        this.clock = clock;
        heapBytes = heap.bytes();
        allocator = heap.attach();
        worker = work.newWorker(new ReferenceTree(heap.memory(), allocator), clock);
        wholeBlock = ReferenceTree.demand(work.blockBytes());
    }

    @Override
    public void admit(long index, int length) throws InterruptedException {
        HeapDemand demand = length == work.blockBytes() ? wholeBlock : ReferenceTree.demand(length);
        reservation = allocator.reserve(demand, index);
    }

    @Override
    public Counters counters() {
        return allocator.counters();
    }

    @Override
    public R work(byte[] bytes, int length) throws InterruptedException {
        try (var _ = reservation) {
            return worker.work(bytes, length);
        } catch (HeapFullException _) {
            // again below, without the reservation
        }
        clock.start();
        try (var _ = allocator.reserveExclusively()) {
            clock.lap(Phase.WAIT);
            return worker.work(bytes, length);
        } catch (HeapFullException _) {
            throw new HeapTooSmallException(
                    "one block of " + length + " bytes", roomFor(bytes, length), heapBytes);
        }
    }

    /** The power of two that is a heap large enough for this block. */
    private long roomFor(byte[] bytes, int length) {
        long size = heapBytes;
        while (true) {
            size = Long.highestOneBit(size) * 2;
            try (Heap heap = heapOfBytes.apply(size)) {
                var tree = new ReferenceTree(heap.memory(), heap.attach());
                work.newWorker(tree, new PhaseClock(false)).work(bytes, length);
                return size;
            } catch (HeapFullException _) {
                // not large enough
            }
        }
    }
}
