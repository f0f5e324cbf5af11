package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Times every call of the allocators of one run and follows the live bytes. That is too slow for
 * the timed runs, so profiles have runs of their own.
 */
final class Profiler implements BenchmarkRun.Observer {
    /** Percentiles are at most 1 % too high. */
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Heap heap;
    private final AtomicLong live = new AtomicLong();
    private FreeSpace freeAtEnd = FreeSpace.NONE;

    /** Guarded by this. */
    private final List<ProfilingAllocator> allocators = new ArrayList<>();

    Profiler(Heap heap) {
        this.heap = heap;
    }

    @Override
    public synchronized Allocator wrap(ThreadAllocator worker) {
        var allocator = new ProfilingAllocator(worker);
        allocators.add(allocator);
        return allocator;
    }

    /** {@inheritDoc} What was allocated until now is live. */
    @Override
    public synchronized void onStart() {
        for (ProfilingAllocator each : allocators) {
            each.nanos.reset();
            each.requestedBytes = 0;
            each.usableBytes = 0;
        }
    }

    @Override
    public void onEnd() {
        freeAtEnd = heap.freeSpace();
    }

    @Override
    public void onReset() {
        live.set(0);
    }

    /** The profile, once everything has been freed. */
    synchronized AllocationProfile profile() {
        var nanos = new Histogram(SIGNIFICANT_DIGITS);
        allocators.forEach(each -> nanos.add(each.nanos));
        double requested = allocators.stream().mapToLong(each -> each.requestedBytes).sum();
        long usable = allocators.stream().mapToLong(each -> each.usableBytes).sum();
        return new AllocationProfile(
                nanos.getValueAtPercentile(50),
                nanos.getValueAtPercentile(99),
                nanos.getMaxValue(),
                usable == 0 ? 0 : (usable - requested) / usable,
                freeAtEnd.fragmentation(),
                allocators.stream().mapToLong(each -> each.peakLiveBytes).max().orElse(0),
                heap.peakBytes(),
                heap.capacity() - heap.freeSpace().totalBytes());
    }

    /**
     * The results. Times are those of single requests and frees, and contain the clock's own.
     *
     * @param p50Nanos half of the calls took no longer
     * @param p99Nanos 99 of 100 took no longer
     * @param internalFragmentation the share of the usable bytes that was not requested
     * @param externalFragmentation at the end, before anything was freed: the share of the free
     *     bytes outside the largest free piece
     * @param peakLiveBytes the most bytes requested and not yet freed
     * @param peakReservedBytes the most bytes of the heap that were live or in a worker's cache
     * @param leakedBytes the bytes that were not free once everything had been freed
     */
    record AllocationProfile(
            long p50Nanos,
            long p99Nanos,
            long maxNanos,
            double internalFragmentation,
            double externalFragmentation,
            long peakLiveBytes,
            long peakReservedBytes,
            long leakedBytes) {}

    /** One worker's allocator. A piece's size is kept in the piece. */
    private final class ProfilingAllocator implements Allocator {
        private final ThreadAllocator worker;
        private final HeapMemory memory = heap.memory();
        private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
        private long requestedBytes;
        private long usableBytes;
        private long peakLiveBytes;

        private ProfilingAllocator(ThreadAllocator worker) {
            this.worker = worker;
        }

        @Override
        public long allocate(long bytes) {
            long start = System.nanoTime();
            long offset = worker.allocate(bytes);
            nanos.recordValue(System.nanoTime() - start);
            if (offset != HeapMemory.NULL) {
                memory.set(offset, bytes);
                requestedBytes += bytes;
                usableBytes += worker.usableSize(offset, bytes);
                peakLiveBytes = Math.max(peakLiveBytes, live.addAndGet(bytes));
            }
            return offset;
        }

        @Override
        public void free(long offset) {
            live.addAndGet(-memory.get(offset));
            long start = System.nanoTime();
            worker.free(offset);
            nanos.recordValue(System.nanoTime() - start);
        }
    }
}
