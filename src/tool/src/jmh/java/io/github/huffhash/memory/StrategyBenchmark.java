package io.github.huffhash.memory;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import io.github.huffhash.memory.strategy.Strategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * The requests that the trees of 1 KB blocks make of each strategy of the laboratory, in bytes of
 * those blocks.
 *
 * <p>Left out: the arena, which gives nothing back until all threads stop; larger pieces, frees by
 * another thread, and what is left of a heap that has been used for long: {@code huffhash lab} has
 * all of these.
 */
public class StrategyBenchmark extends MegabytesPerSecond {
    private static final long HEAP_BYTES = 64 << 20;

    /** Which one is measured. */
    @Param({
        "FIRST_FIT",
        "BUMP_POOLS",
        "STRIPED",
        "OPPORTUNISTIC",
        "SIZE_CLASS",
        "SLAB",
        "SLAB_POOL",
        "MALLOC",
        "JAVA"
    })
    public Strategy strategy;

    private Heap space;
    private Requests requests;

    /** Makes the heap and records the requests. */
    @Setup
    public void open(Data data) {
        space = strategy.open(HEAP_BYTES);
        requests = Requests.of(data);
    }

    /** Gives the heap back. */
    @TearDown
    public void close() {
        space.close();
    }

    /** One thread's way into the heap. */
    @State(Scope.Thread)
    public static class Worker {
        private final long[] offsets = Requests.scratch();
        private ThreadAllocator allocator;

        /** Opens it. */
        @Setup
        public void open(StrategyBenchmark shared) {
            allocator = shared.space.attach();
        }

        void blocks(Requests requests, RequestCounter counter) {
            for (int i = 0; i < Data.BLOCKS; i++) {
                requests.make(i, allocator, offsets);
                counter.requests += requests.count(i);
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
