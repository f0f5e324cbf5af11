package io.github.huffhash.memory;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * The requests that the trees of 1 KB blocks make of a heap of 2 MiB that nobody shares, in bytes
 * of those blocks.
 *
 * <p>Left out: the trees themselves, which write into what they get, and so fetch its cache lines;
 * and a heap that has been in use for long by many blocks at once, in whose gaps the first fit has
 * to search.
 */
public class FirstFitBenchmark extends MegabytesPerSecond {
    private static final long HEAP_BYTES = 2 << 20;

    private final long[] offsets = Requests.scratch();
    private final ThreadAllocator heap = FirstFitHeap.ofOneThread(HEAP_BYTES, false).attach();
    private Requests requests;

    /** Records the requests. */
    @Setup
    public void record(Data data) {
        requests = Requests.of(data);
    }

    /** One block after the other, each with its bytes and its tree. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_BLOCKS)
    public void blocks(RequestCounter counter) {
        for (int i = 0; i < Data.BLOCKS; i++) {
            requests.make(i, heap, offsets);
            counter.requests += requests.count(i);
        }
    }
}
