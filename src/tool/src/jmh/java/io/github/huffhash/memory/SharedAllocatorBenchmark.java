package io.github.huffhash.memory;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import io.github.huffhash.tree.ReferenceTree;
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
    private static final long HEAP_BYTES = 2 << 20;
    private static final long POOL_BYTES = 16 << 10;
    private static final int POOLS = 50;

    /** The kinds of heap. */
    public enum Kind {
        /** Every request takes the lock. */
        LOCKED,

        /** Most requests are served by a pool. */
        POOL;

        Heap open() {
            return switch (this) {
                case LOCKED -> FirstFitHeap.ofThreads(HEAP_BYTES, false);
                case POOL -> new PoolHeap(HEAP_BYTES, POOL_BYTES, POOLS);
            };
        }
    }

    /** Which one is measured. */
    @Param public Kind kind;

    private final AtomicInteger workers = new AtomicInteger();
    private Heap heap;
    private Requests requests;

    /** Makes the heap and records the requests. */
    @Setup
    public void open(Data data) {
        heap = kind.open();
        requests = Requests.of(data);
    }

    /** One thread's way into the heap. */
    @State(Scope.Thread)
    public static class Worker {
        private final long[] offsets = Requests.scratch();
        private ThreadAllocator allocator;
        private HeapDemand demand;

        /** The number of its blocks: none is the first of a batch, which would wait. */
        private int block;

        /** Opens it. */
        @Setup
        public void open(SharedAllocatorBenchmark shared) {
            block = 1 + shared.workers.getAndIncrement() % (POOLS - 1);
            allocator = shared.heap.attach();
            demand = ReferenceTree.demand(Data.BLOCK_BYTES);
        }

        void blocks(Requests requests, RequestCounter counter) throws InterruptedException {
            for (int i = 0; i < Data.BLOCKS; i++) {
                try (var _ = allocator.reserve(demand, block)) {
                    requests.make(i, allocator, offsets);
                }
                counter.requests += requests.count(i);
            }
        }
    }

    /** Alone in the heap. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void alone(Worker worker, RequestCounter counter) throws InterruptedException {
        worker.blocks(requests, counter);
    }

    /** Two threads; the result is of both together. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void two(Worker worker, RequestCounter counter) throws InterruptedException {
        worker.blocks(requests, counter);
    }
}
