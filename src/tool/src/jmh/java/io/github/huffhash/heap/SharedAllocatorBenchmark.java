package io.github.huffhash.heap;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import io.github.huffhash.tree.HeapTree;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * The requests that the trees of 1 KB blocks make of a heap of 2 MiB that others share, in bytes of
 * those blocks.
 *
 * <p>Left out: the trees themselves. With them, a thread spends part of its time outside of the
 * lock, so that two get into each other's way less often than here.
 */
public class SharedAllocatorBenchmark extends MegabytesPerSecond {
    private static final long POOL_BYTES = 16 << 10;
    private static final int POOLS = 50;

    /** The kinds of allocator. */
    public enum Kind {
        /** Every request takes the lock. */
        LOCKED(0),

        /** Most requests are served by a pool. */
        POOL(POOLS * POOL_BYTES);

        private final long poolsBytes;

        Kind(long poolsBytes) {
            this.poolsBytes = poolsBytes;
        }

        SharedAllocator open(FirstFitAllocator heap, HeapLock lock, int owner) {
            var locked = new LockedAllocator(heap, lock, owner);
            return switch (this) {
                case LOCKED -> locked;
                case POOL -> new PoolAllocator(locked, POOL_BYTES, POOLS);
            };
        }
    }

    /** Which one is measured. */
    @Param public Kind kind;

    private final AtomicInteger workers = new AtomicInteger();
    private final HeapLock lock = HeapLock.ofThreads();
    private FirstFitAllocator heap;
    private Requests requests;

    /** Makes the heap and records the requests. */
    @Setup
    public void open(Data data) {
        heap = FirstFitBenchmark.newHeap(kind.poolsBytes);
        requests = Requests.of(data);
    }

    /** One thread's way into the heap. */
    @State(Scope.Thread)
    public static class Worker {
        private final long[] offsets = Requests.scratch();
        private SharedAllocator allocator;
        private HeapDemand share;
        private int place;

        /** Opens it. */
        @Setup
        public void open(SharedAllocatorBenchmark shared) {
            place = shared.workers.getAndIncrement() % POOLS;
            allocator = shared.kind.open(shared.heap, shared.lock, place + 1);
            share = allocator.shareOf(HeapTree.demand(Data.BLOCK_BYTES));
        }

        void blocks(Requests requests, RequestCounter counter) {
            for (int i = 0; i < Data.BLOCKS; i++) {
                if (!allocator.admit(share, place)) {
                    throw new IllegalStateException("a block was not admitted");
                }
                long bytes = allocator.allocateBlock(Data.BLOCK_BYTES);
                requests.make(i, allocator, offsets);
                allocator.free(bytes);
                counter.requests += 2 + requests.count(i);
            }
        }
    }

    /** Alone in the heap. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void alone(Worker worker, RequestCounter counter) {
        worker.blocks(requests, counter);
    }

    /** Two threads; the result is of both together. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void two(Worker worker, RequestCounter counter) {
        worker.blocks(requests, counter);
    }
}
